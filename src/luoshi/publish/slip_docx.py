"""A slip as .docx: mast, number, table of four columns, receipt below the dashed line. In: `SlipDocument`. Out: the file's bytes."""

from __future__ import annotations

from datetime import date

from luoshi.publish.docx_package import Properties, laid_out
from luoshi.publish.docx_table import FULL, TWIPS_PER_MM
from luoshi.publish.docx_xml import Xml, paragraph, run, w
from luoshi.publish.slip_document import SlipDocument, SlipRow

WIDTHS = (24, 54, 24, 54)
"""Millimetres; together the type area."""
MARGINS = (1417, 1247)
"""25 mm and 22 mm: with the receipt the slip fits one page."""


def slip_docx(slip: SlipDocument, on: date) -> bytes:
    """on: the day that the file says it is of; for one that was issued, the day of issue."""
    elements = [paragraph("GwSlipMark", run(slip.organ)),
                paragraph("GwSlipLine", run(slip.shown_number), w("r", w("tab")), run(slip.shown_day)),
                paragraph("GwTitle", run(slip.title)), _table(slip.rows), paragraph("GwSlipCell", run(slip.note)),
                paragraph("GwSlipCut", run("回　　执")), _table(slip.receipt), paragraph("GwSlipEnd")]
    return laid_out(Properties(f"{slip.title}：{slip.subject}", slip.organ, slip.shown_number, slip.issued_on or on), 26, elements, MARGINS)


def _table(rows: tuple[SlipRow, ...]) -> Xml:
    widths = [round(mm * TWIPS_PER_MM) for mm in WIDTHS]
    widths[-1] += FULL - sum(widths)
    borders = w("tblBorders", *(w(side, val="single", sz=4, space=0, color="000000")
                                for side in ("top", "left", "bottom", "right", "insideH", "insideV")))
    margins = w("tblCellMar", w("left", w=85, type="dxa"), w("right", w=85, type="dxa"))
    properties = w("tblPr", w("tblW", w=FULL, type="dxa"), w("jc", val="center"), borders, w("tblLayout", type="fixed"), margins)
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in widths)),
             *(_row(row, widths, i == 0) for i, row in enumerate(rows)))


def _row(row: SlipRow, widths: list[int], first: bool) -> Xml:
    """The first row is marked as the table's head, so that it would repeat where a long slip needs a second page."""
    height = w("trHeight", val=round((row.room or 8) * TWIPS_PER_MM), hRule="atLeast")
    cells: list[Xml] = []
    for label, words in row.cells:
        wide = len(row.cells) == 1
        cells += [_cell(widths[0], [paragraph("GwSlipHead", run(label))]),
                  _cell(sum(widths[1:]) if wide else widths[1], _content(row, words), span=3 if wide else 1, bottom=row.kind == "room")]
    return w("tr", w("trPr", w("cantSplit"), height, w("tblHeader") if first else None), *cells)


def _content(row: SlipRow, words: tuple[str, ...]) -> list[Xml]:
    made = [paragraph("GwSlipCell", run(line)) for line in words]
    if row.boxes:
        made.append(paragraph("GwSlipCell", run("　".join(row.boxes))))
    if row.sign:
        made.append(paragraph("GwSlipSign", run(row.sign)))
    return made


def _cell(width: int, content: list[Xml], span: int = 1, bottom: bool = False) -> Xml:
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), w("gridSpan", val=span) if span > 1 else None,
                     w("vAlign", val="bottom" if bottom else "center")), *content)
