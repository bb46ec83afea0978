"""Styles, fonts and settings of an official .docx. In: sizes of `official`. Out: the parts' XML.

python-docx's own template carries theme fonts, 11 pt and spacing after every paragraph, so all of it is replaced.
"""

from __future__ import annotations

from luoshi.publish.docx_xml import Xml, fonts, off, ordered, w
from luoshi.publish.official import PITCH_TWIPS

FANGSONG, KAITI, HEITI, XIAOBIAOSONG, SONGTI = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
OTHER_NAMES = {FANGSONG: "FangSong", KAITI: "KaiTi", HEITI: "SimHei", XIAOBIAOSONG: "FZXiaoBiaoSong-B05S", SONGTI: "SimSun"}
RED = "FF0000"


def size(points: float) -> tuple[Xml, Xml]:
    """Type size, for both kinds of script; Word counts half points."""
    return w("sz", val=round(points * 2)), w("szCs", val=round(points * 2))


def exact(twips: int, **more: int) -> tuple[Xml, Xml]:
    """Lines of an exact height of their own, off the grid."""
    return w("spacing", line=twips, lineRule="exact", **more), off("snapToGrid")


def styles(mark_points: int) -> list[Xml]:
    """Document defaults, then every style; elements of a document are found by their style."""
    return [_defaults(), _style("Normal", default=True), *_text_styles(), *_head_styles(mark_points), *_table_styles(), *_end_styles()]


def _defaults() -> Xml:
    characters = ordered("rPr", w("rFonts", hint="eastAsia", ascii="Times New Roman", hAnsi="Times New Roman", eastAsia=FANGSONG,
                                  cs="Times New Roman"), *size(16), w("lang", val="en-US", eastAsia="zh-CN"))
    lines = ordered("pPr", off("widowControl"), w("kinsoku"), w("overflowPunct"), off("topLinePunct"), off("autoSpaceDE"), off("autoSpaceDN"),
                    w("snapToGrid"), w("spacing", before=0, after=0, line=PITCH_TWIPS, lineRule="exact"), w("jc", val="both"))
    return w("docDefaults", w("rPrDefault", characters), w("pPrDefault", lines))


def _style(name: str, *paragraph: Xml, face: tuple[Xml, ...] = (), default: bool = False) -> Xml:
    own = {"default": "1"} if default else {}
    return w("style", w("name", val=name), None if default else w("basedOn", val="Normal"), w("qFormat"),
             ordered("pPr", *paragraph) if paragraph else None, ordered("rPr", *face) if face else None, type="paragraph", styleId=name, **own)


def _text_styles() -> list[Xml]:
    indent = {"firstLineChars": 200, "firstLine": 632}
    made = [_style("GwBody", w("ind", **indent)), _style("GwNote", w("ind", **indent))]
    for level, face in enumerate((HEITI, KAITI, FANGSONG)):
        made.append(_style(f"GwH{level + 1}", *((w("keepNext"),) if level == 0 else ()), w("ind", **indent), w("outlineLvl", val=level),
                           face=(fonts(face), *size(16))))
    return made


def _head_styles(mark_points: int) -> list[Xml]:
    centre = w("jc", val="center")
    line = w("pBdr", w("bottom", val="single", sz=12, space=11, color=RED))
    return [
        _style("GwMark", *exact(mark_points * 20, before=247), w("jc", val="center"),
               face=(fonts(XIAOBIAOSONG), w("color", val=RED), *size(mark_points))),
        _style("GwDocNo", line, centre),
        _style("GwTitle", w("keepNext"), w("keepLines"), *exact(640), w("jc", val="center"), face=(fonts(XIAOBIAOSONG), *size(22))),
        _style("GwMainTo"),
    ]


def _table_styles() -> list[Xml]:
    return [_style("GwTblHead", *exact(360), w("jc", val="center"), face=(fonts(HEITI), *size(10.5))),
            _style("GwTblCell", *exact(340), w("jc", val="left"), face=size(10.5)),
            _style("GwTblNum", *exact(340), w("jc", val="center"), face=size(10.5)), *_slip_styles()]


def _slip_styles() -> list[Xml]:
    """A working paper with a mast of its own: the table is in 小四, so that it fits one page."""
    line = w("pBdr", w("bottom", val="single", sz=12, space=4, color=RED))
    return [_style("GwSlipMark", *exact(680), w("jc", val="center"), face=(fonts(XIAOBIAOSONG), w("color", val=RED), *size(26))),
            _style("GwSlipLine", line, w("tabs", w("tab", val="right", pos=8844)), *exact(440), w("jc", val="left"), face=size(14)),
            _style("GwSlipHead", *exact(400), w("jc", val="center"), face=(fonts(HEITI), *size(12))),
            _style("GwSlipCell", *exact(400), w("jc", val="left"), face=size(12)),
            _style("GwSlipEnd", *exact(20), face=size(1)),
            _style("GwSlipSign", *exact(400), w("jc", val="right"), face=size(12)),
            _style("GwSlipCut", w("pBdr", w("top", val="dashed", sz=6, space=6, color="000000")), *exact(480, before=200),
                   w("jc", val="center"), face=(fonts(HEITI), *size(14)))]


def _end_styles() -> list[Xml]:
    return [
        _style("GwAttNote"),
        _style("GwSign", w("keepNext"), w("jc", val="right")),
        _style("GwDate", w("ind", rightChars=400, right=1263), w("jc", val="right")),
        _style("GwAttLabel", w("keepNext"), w("pageBreakBefore"), face=(fonts(HEITI), *size(16))),
        _style("GwAttTitle", w("keepNext"), *exact(640), w("jc", val="center"), face=(fonts(XIAOBIAOSONG), *size(22))),
        _style("GwBanji", *exact(560), face=size(14)),
        _style("GwPageNo", *exact(280), face=(fonts(SONGTI, SONGTI), *size(14))),
    ]


def font_table() -> list[Xml]:
    """Every face with its other name; none is embedded."""
    return [w("font", w("altName", val=other), w("charset", val="86"), name=name) for name, other in OTHER_NAMES.items()]
