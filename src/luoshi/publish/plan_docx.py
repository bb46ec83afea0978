"""A plan as a .docx in the layout of an official list: A4 across, the head repeated on every page. In: `Plan`. Out: bytes."""

from __future__ import annotations

from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from luoshi.plan.plan import Plan
from luoshi.publish.docx_packing import pack_docx
from luoshi.publish.docx_styles import font_table, styles
from luoshi.publish.docx_xml import Xml, clean, paragraph, run, w
from luoshi.publish.plan_table import ListCell, PlanTable, cells_of_rows, lay_table

FULL = 13_958
"""Twips between the margins of A4 across."""
MARK = 62


def plan_docx(plan: Plan, shares: PlanTable | None = None) -> bytes:
    """The whole file, the same for the same plan. shares: a table of its own after the list."""
    package = docx.Document()
    _settle(package, plan)
    body = package.element.body
    sect = body.sectPr
    for child in [c for c in body if c is not sect]:
        body.remove(child)
    for table in (lay_table(plan), *((shares,) if shares else ())):
        for line in table.above:
            sect.addprevious(paragraph("GwTitle", run(line)))
        sect.addprevious(w("p"))
        sect.addprevious(_table(table))
        sect.addprevious(w("p"))
    for child in list(sect):
        sect.remove(child)
    sect.extend([w("pgSz", w=16838, h=11906, orient="landscape"),
                 w("pgMar", top=1440, right=1440, bottom=1247, left=1440, header=851, footer=850, gutter=0)])
    return pack_docx(package)


def _settle(package: Any, plan: Plan) -> None:
    element = package.styles.element
    for child in list(element):
        element.remove(child)
    element.extend(styles(MARK))
    for relation in package.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            relation.target_part._blob = etree.tostring(w("fonts", *font_table()), xml_declaration=True, encoding="UTF-8", standalone=True)
    core = package.core_properties
    core.title, core.author, core.language, core.comments = clean(plan.document.title)[:255], "", "zh-CN", ""
    for child in [c for c in core._element if etree.QName(c).localname in {"created", "modified", "lastModifiedBy"}]:
        core._element.remove(child)          # python-docx's own template says 2013


def _table(table: PlanTable) -> Xml:
    whole = sum(column.width for column in table.columns)
    widths = [round(column.width * FULL / whole) for column in table.columns]
    borders = w("tblBorders", *(w(side, val="single", sz=4, space=0, color="000000")
                                for side in ("top", "left", "bottom", "right", "insideH", "insideV")))
    margins = w("tblCellMar", w("left", w=57, type="dxa"), w("right", w=57, type="dxa"))
    head = w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *(
        _cell(widths[at], paragraph("GwTblHead", run(column.header))) for at, column in enumerate(table.columns)))
    return w("tbl", w("tblPr", w("tblW", w=sum(widths), type="dxa"), w("jc", val="center"), borders, w("tblLayout", type="fixed"), margins),
             w("tblGrid", *(w("gridCol", w=width) for width in widths)), head, *_rows(table, widths))


def _rows(table: PlanTable, widths: list[int]) -> list[Xml]:
    """A cell that spans rows is a first cell and one that goes on in every row below it."""
    spans: dict[tuple[int, int], ListCell] = {}
    for _, cells in cells_of_rows(table):
        for cell in cells:
            spans |= {(row, cell.column): cell for row in range(cell.row, cell.row + cell.rows)}
    rows = []
    for row in range(table.rows):
        made = [_body_cell(table, widths, spans[row, at], row) for at in range(len(widths)) if (row, at) in spans]
        rows.append(w("tr", *made))
    return rows


def _body_cell(table: PlanTable, widths: list[int], cell: ListCell, row: int) -> Xml:
    width = sum(widths[cell.column:cell.column + cell.columns])
    merge = None if cell.rows == 1 else w("vMerge", val="restart") if row == cell.row else w("vMerge")
    style = "GwTblCell" if cell.columns > 1 or table.columns[cell.column].align == "left" else "GwTblNum"
    lines = cell.text.split("\n") if row == cell.row else [""]
    runs: list[Xml] = []
    for line in lines:
        runs += ([w("r", w("br"))] if runs else []) + [run(line)]
    return _cell(width, paragraph(style, *runs), merge, w("gridSpan", val=cell.columns) if cell.columns > 1 else None)


def _cell(width: int, content: Xml, merge: Xml | None = None, span: Xml | None = None) -> Xml:
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), span, merge, w("vAlign", val="center")), content)
