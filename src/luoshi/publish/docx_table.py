"""Tables of an official .docx: an annex's table, and the block at the foot of the last page「版记」. In: nouns. Out: elements."""

from __future__ import annotations

from luoshi.lexicon.written import day
from luoshi.publish.docx_xml import Xml, paragraph, run, w
from luoshi.publish.official import Annex, OfficialDocument

TWIPS_PER_MM = 8844 / 156
FULL = 8844


def annex_table(annex: Annex) -> Xml:
    """The head repeats on every page, a row never splits, an empty cell says —."""
    widths = [round(column.millimetres * TWIPS_PER_MM) for column in annex.columns]
    widths[-1] += FULL - sum(widths)
    head = w("tr", w("trPr", w("cantSplit"), w("tblHeader")),
             *(_cell(width, paragraph("GwTblHead", run(column.title))) for width, column in zip(widths, annex.columns, strict=True)))
    return w("tbl", _properties(widths, w("tblBorders", *(w(side, val="single", sz=4, space=0, color="000000")
                                                            for side in ("top", "left", "bottom", "right", "insideH", "insideV")))),
             w("tblGrid", *(w("gridCol", w=width) for width in widths)), head, *(_row(annex, widths, cells) for cells in annex.rows))


def _row(annex: Annex, widths: list[int], cells: tuple[str, ...]) -> Xml:
    return w("tr", w("trPr", w("cantSplit")), *(
        _cell(width, paragraph("GwTblCell" if column.align == "left" else "GwTblNum", run(text or "—")))
        for width, column, text in zip(widths, annex.columns, cells, strict=True)))


def _cell(width: int, content: Xml) -> Xml:
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="center")), content)


def _properties(widths: list[int], borders: Xml, *floating: Xml) -> Xml:
    margins = w("tblCellMar", w("left", w=57, type="dxa"), w("right", w=57, type="dxa"))
    return w("tblPr", *floating, w("tblW", w=sum(widths), type="dxa"), None if floating else w("jc", val="center"), borders,
             w("tblLayout", type="fixed"), margins)


def end_table(d: OfficialDocument) -> list[Xml]:
    """抄送 above 印发; its last line lies on the bottom of the type area. The empty paragraph after it ends the document."""
    float_ = w("tblpPr", horzAnchor="margin", vertAnchor="margin", tblpXSpec="center", tblpYSpec="bottom")
    borders = w("tblBorders", w("top", val="single", sz=8, space=0, color="000000"), w("bottom", val="single", sz=8, space=0, color="000000"),
                w("insideH", val="single", sz=6, space=0, color="000000"))
    rows = [_end_row(paragraph("GwBanji", run(f"抄送：{d.copies_to}。"), extra=(
        w("ind", leftChars=400, left=1120, hangingChars=300, hanging=840, rightChars=100, right=280),)))] if d.copies_to else []
    rows.append(_end_row(paragraph("GwBanji", run(d.printer), w("r", w("tab")), run(f"{day(d.printed_on)}印发"), extra=(
        w("tabs", w("tab", val="right", pos=FULL - 280)), w("ind", leftChars=100, left=280)))))
    return [w("tbl", _properties([FULL], borders, float_), w("tblGrid", w("gridCol", w=FULL)), *rows), w("p")]


def _end_row(content: Xml) -> Xml:
    margin = w("tcMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa"))
    return w("tr", w("trPr", w("cantSplit")), w("tc", w("tcPr", w("tcW", w=FULL, type="dxa"), margin, w("vAlign", val="center")), content))
