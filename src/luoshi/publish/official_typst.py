"""An official document as PDF/A-2b, by Typst. In: `OfficialDocument`, a folder of fonts that the operator may supply. Out: bytes.

The document travels as JSON and is only ever shown as text: nothing that a person writes becomes source.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from luoshi.lexicon.written import day
from luoshi.publish.official import Annex, OfficialDocument
from luoshi.publish.official_words import signature_cells, title_lines

FACES: dict[str, tuple[str, ...]] = {
    "fangsong": ("FangSong_GB2312", "FangSong", "STFangsong", "FandolFang R", "Zhuque Fangsong (technical preview)", "Noto Serif CJK SC"),
    "kaiti": ("KaiTi_GB2312", "KaiTi", "STKaiti", "FandolKai", "LXGW WenKai", "Noto Serif CJK SC"),
    "heiti": ("SimHei", "STHeiti", "Source Han Sans SC", "Noto Sans CJK SC"),
    "biaosong": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong", "Noto Serif CJK SC"),
    "songti": ("SimSun", "NSimSun", "STSong", "Noto Serif CJK SC"),
}
"""By role, the first that is there wins. None is shipped."""
_GLUED = re.compile(r"第?[≥≤＞＜约]?\d[\d.]*(?:%|‰|万|亿|元|个|项|家|名|人|件|亩|条|年|月|日|/)*[，。、；：？！）》]*")
"""1450亿元 · 第9.1项 · 29.2%；"""


def official_pdf(document: OfficialDocument, fonts: Path | None = None) -> bytes:
    """The whole file. fonts: a folder beside the system's fonts."""
    return typst_pdf("official.typ", _tree(document), document.printed_on, fonts)


def typst_pdf(template: str, tree: dict[str, Any], on: date, fonts: Path | None = None) -> bytes:
    """A document of the room's own template. The tree is given the faces that are there."""
    families = frozenset(_found(fonts).families())
    tree = tree | {"faces": {role: _present(names, families) for role, names in FACES.items()}, "families": sorted(families)}
    source = (resources.files("luoshi.publish") / "templates" / template).read_bytes()
    made = typst.compile(source, format="pdf", pdf_standards="a-2b", timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC),
                         font_paths=_found(fonts), sys_inputs={"document": json.dumps(tree, ensure_ascii=False)})
    return bytes(made)


def substitutes(fonts: Path | None = None) -> tuple[str, ...]:
    """Which faces are not the official ones here, in words; nothing where all are."""
    families = frozenset(_found(fonts).families())
    roles = {"fangsong": "仿宋", "kaiti": "楷体", "heiti": "黑体", "biaosong": "小标宋", "songti": "宋体"}
    return tuple(f"{word}用{_present(FACES[role], families)[0]}代替" for role, word in roles.items()
                 if _present(FACES[role], families)[:1] == FACES[role][-1:])


@cache
def _found(fonts: Path | None) -> typst.Fonts:
    """Looked for once in a process: a font put into the folder later is found after the next start."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=[str(fonts)] if fonts else [])


def _present(names: tuple[str, ...], families: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in families) or names[-1:]


def _tree(d: OfficialDocument) -> dict[str, Any]:
    organ, when = signature_cells(d.organ, day(d.signed_on))
    return {
        "mark": d.mark, "mark_points": d.mark_points, "number": d.number, "title": d.title, "addressees": f"{d.addressees}：" if d.addressees else "",
        "attendance": d.attendance,
        "passages": [{"level": p.level, "head": pieces(p.head), "text": pieces(p.text)} for p in d.passages],
        "annex_names": d.annex_names(), "annexes": [_annex(d, i, annex) for i, annex in enumerate(d.annexes)],
        "organ": d.organ, "organ_right": organ, "signed": day(d.signed_on), "day_right": when, "remark": d.remark,
        "copies_to": f"抄送：{d.copies_to}。" if d.copies_to else "", "printer": d.printer, "printed": f"{day(d.printed_on)}印发",
        "year": d.signed_on.year, "month": d.signed_on.month, "day": d.signed_on.day,
    }


def _annex(d: OfficialDocument, index: int, annex: Annex) -> dict[str, Any]:
    return {"label": d.annex_label(index), "title": title_lines(annex.title), "note": annex.note,
            "columns": [{"title": c.title, "mm": c.millimetres, "align": c.align} for c in annex.columns],
            "rows": [[cell or "—" for cell in row] for row in annex.rows]}


def pieces(text: str) -> list[dict[str, Any]]:
    """Text in pieces; a number with its unit is one that never breaks over lines."""
    made: list[dict[str, Any]] = []
    at = 0
    for match in _GLUED.finditer(text):
        if match.start() > at:
            made.append({"text": text[at:match.start()], "glue": False})
        made.append({"text": match[0], "glue": True})
        at = match.end()
    return [*made, {"text": text[at:], "glue": False}] if at < len(text) else made
