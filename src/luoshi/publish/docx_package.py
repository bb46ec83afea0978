"""What every official .docx shares: page, grid, page numbers, styles, metadata. In: what it is, its elements. Out: the file's bytes.

No macro, no field but the page number, no outside link; names of fonts only, none embedded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from luoshi.publish.docx_packing import pack_docx
from luoshi.publish.docx_styles import font_table, styles
from luoshi.publish.docx_xml import Xml, clean, paragraph, run, w
from luoshi.publish.official import PITCH_TWIPS

TOP, BOTTOM, BELOW = 2098, 1984, 537
"""37 mm, 35 mm; the middle of the page number lies 7 mm below the type area."""
_CUSTOM = ('<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
           'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
           '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="doc_no"><vt:lpwstr/></property></Properties>')


@dataclass(frozen=True, slots=True)
class Properties:
    """「文件属性」 What the file says of itself."""

    title: str
    author: str
    number: str
    on: date


def laid_out(about: Properties, mark_points: int, elements: list[Xml], margins: tuple[int, int] = (TOP, BOTTOM)) -> bytes:
    """The same bytes for the same document. margins: of top and bottom, in twips, where a working paper has its own."""
    package = docx.Document()
    _settle(package, about, mark_points)
    _page_numbers(package.sections[0])
    body = package.element.body
    sect = body.sectPr
    for child in [c for c in body if c is not sect]:
        body.remove(child)
    for element in elements:
        sect.addprevious(element)
    _page(sect, *margins)
    return pack_docx(package)


def _page(sect: Any, top: int, bottom: int) -> None:
    """A4, type area 156 × 225 mm, 22 lines of 28 characters."""
    for child in list(sect):
        if etree.QName(child).localname not in {"footerReference"}:
            sect.remove(child)
    sect.extend([w("pgSz", w=11906, h=16838), w("pgMar", top=top, right=1474, bottom=bottom, left=1588, header=851, footer=bottom - BELOW, gutter=0),
                 w("cols", space=425), w("docGrid", type="linesAndChars", linePitch=PITCH_TWIPS, charSpace=-849)])


def _page_numbers(section: Any) -> None:
    """— 1 —: on odd pages one cell from the right, on even pages one cell from the left."""
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        element = footer._element
        for child in list(element):
            element.remove(child)
        parts = [w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
        code = w("instrText")
        code.text = " PAGE "
        code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        element.append(paragraph("GwPageNo", run("— "), parts[0], w("r", code), parts[1], run("1"), parts[2], run(" —"),
                                 extra=(w("ind", **{side: 280}), w("jc", val=side))))


def _settle(package: Any, about: Properties, mark_points: int) -> None:
    """Styles, fonts, settings, metadata."""
    _fill(package.styles.element, styles(mark_points))
    for relation in package.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            relation.target_part._blob = etree.tostring(w("fonts", *font_table()), xml_declaration=True, encoding="UTF-8", standalone=True)
    _fill(package.settings.element, [
        w("evenAndOddHeaders"), w("characterSpacingControl", val="compressPunctuation"),
        w("compat", w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)),
        w("themeFontLang", val="en-US", eastAsia="zh-CN")])
    for reltype in (RELATIONSHIP_TYPE.THEME, RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.CUSTOM_XML):
        for key in [k for k, r in package.part.rels.items() if r.reltype == reltype]:
            del package.part.rels[key]
    at = datetime(about.on.year, about.on.month, about.on.day, tzinfo=UTC)
    core = package.core_properties
    core.title, core.author, core.language, core.comments = clean(about.title), clean(about.author), "zh-CN", ""
    core.last_modified_by, core.revision, core.created, core.modified = clean(about.author), 1, at, at
    custom = etree.fromstring(_CUSTOM)
    custom[0][0].text = clean(about.number)
    part = Part(PackURI("/docProps/custom.xml"), "application/vnd.openxmlformats-officedocument.custom-properties+xml",
                etree.tostring(custom, xml_declaration=True, encoding="UTF-8", standalone=True), package.part.package)
    package.part.package.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties")


def _fill(element: Any, children: list[Xml]) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(children)
