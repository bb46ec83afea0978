"""An official document as .docx. In: `OfficialDocument`. Out: the file's bytes, the same for the same document.

No macro, no field but the page number, no outside link; names of fonts only, none embedded. The twin is `official_typst`.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from luoshi.lexicon.written import day
from luoshi.publish.docx_styles import FANGSONG, font_table, styles
from luoshi.publish.docx_table import annex_table, end_table
from luoshi.publish.docx_xml import Xml, blank, clean, fonts, paragraph, run, w
from luoshi.publish.official import CELL_TWIPS, PITCH_TWIPS, OfficialDocument, Passage
from luoshi.publish.official_words import signature_cells, title_lines

SEAL_LINES = 3
"""Blank lines between text and signature, where the seal goes."""
_CUSTOM = ('<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
           'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
           '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="doc_no"><vt:lpwstr/></property></Properties>')


def official_docx(document: OfficialDocument) -> bytes:
    """The whole file."""
    package = docx.Document()
    _settle(package, document)
    _page_numbers(package.sections[0])
    body = package.element.body
    sect = body.sectPr
    for child in [c for c in body if c is not sect]:
        body.remove(child)
    for element in (*_head(document), *_text(document), *_ending(document), *_annexes(document), *end_table(document)):
        sect.addprevious(element)
    _page(sect)
    return _packed(package)


def _head(d: OfficialDocument) -> list[Xml]:
    title: list[Xml] = []
    for line in d.title:
        title += ([w("r", w("br"))] if title else []) + [run(line)]
    return [*blank(3), paragraph("GwMark", run(d.mark)), *blank(2), paragraph("GwDocNo", run(d.number)), *blank(2),
            paragraph("GwTitle", *title), *blank(), paragraph("GwMainTo", run(f"{d.addressees}："))]


def _text(d: OfficialDocument) -> list[Xml]:
    return [_passage(passage) for passage in d.passages]


def _passage(passage: Passage) -> Xml:
    if passage.level == "h2":
        return paragraph("GwH2", *([run(passage.head)] if passage.head else []), run(passage.text, fonts(FANGSONG)))
    style = {"body": "GwBody", "h1": "GwH1", "h3": "GwH3"}[passage.level]
    return paragraph(style, run(passage.head + passage.text))


def _ending(d: OfficialDocument) -> list[Xml]:
    made: list[Xml] = []
    if d.annexes:
        made += blank() + [_annex_note(d, i, name) for i, name in enumerate(d.annex_names())]
    organ, when = signature_cells(d.organ, day(d.signed_on))
    made += blank(SEAL_LINES)
    made += [paragraph("GwSign", _bookmark("bookmarkStart"), _bookmark("bookmarkEnd"), run(d.organ), extra=(_right(organ),)),
             paragraph("GwDate", run(day(d.signed_on)), extra=(_right(when),))]
    if d.remark:
        made.append(paragraph("GwNote", run(f"（{d.remark}）")))
    return made


def _annex_note(d: OfficialDocument, index: int, name: str) -> Xml:
    """附件：1.名称, the second number under the first; a turnover under the first character of the name."""
    several = len(d.annexes) > 1
    left, hanging = (6, 4 if index == 0 else 1) if several else (5, 3)
    return paragraph("GwAttNote", run(f"附件：{name}" if index == 0 else name), extra=(
        w("ind", leftChars=left * 100, left=round(left * CELL_TWIPS), hangingChars=hanging * 100, hanging=round(hanging * CELL_TWIPS)),))


def _bookmark(tag: str) -> Xml:
    return w(tag, id=1, name="seal_anchor") if tag == "bookmarkStart" else w(tag, id=1)


def _right(count: float) -> Xml:
    return w("ind", rightChars=round(count * 100), right=round(count * CELL_TWIPS))


def _annexes(d: OfficialDocument) -> list[Xml]:
    made: list[Xml] = []
    for index, annex in enumerate(d.annexes):
        title: list[Xml] = []
        for line in title_lines(annex.title):
            title += ([w("r", w("br"))] if title else []) + [run(line)]
        made += [paragraph("GwAttLabel", run(d.annex_label(index))), *blank(), paragraph("GwAttTitle", *title), *blank(), annex_table(annex)]
        if annex.note:
            made.append(paragraph("GwTblCell", run(f"注：{annex.note}")))
    return made


def _page(sect: Any) -> None:
    """A4, type area 156 × 225 mm, 22 lines of 28 characters."""
    for child in list(sect):
        if etree.QName(child).localname not in {"footerReference"}:
            sect.remove(child)
    sect.extend([w("pgSz", w=11906, h=16838), w("pgMar", top=2098, right=1474, bottom=1984, left=1588, header=851, footer=1447, gutter=0),
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


def _settle(package: Any, d: OfficialDocument) -> None:
    """Styles, fonts, settings, metadata."""
    _fill(package.styles.element, styles(d.mark_points))
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
    at = datetime(d.printed_on.year, d.printed_on.month, d.printed_on.day, tzinfo=UTC)
    core = package.core_properties
    core.title, core.author, core.language, core.comments = clean("".join(d.title)), clean(d.organ), "zh-CN", ""
    core.last_modified_by, core.revision, core.created, core.modified = clean(d.organ), 1, at, at
    custom = etree.fromstring(_CUSTOM)
    custom[0][0].text = clean(d.number)
    part = Part(PackURI("/docProps/custom.xml"), "application/vnd.openxmlformats-officedocument.custom-properties+xml",
                etree.tostring(custom, xml_declaration=True, encoding="UTF-8", standalone=True), package.part.package)
    package.part.package.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties")


def _fill(element: Any, children: list[Xml]) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(children)


def _packed(package: Any) -> bytes:
    """Saved, and packed again with a fixed time in every entry: the same document gives the same bytes."""
    raw, packed = io.BytesIO(), io.BytesIO()
    package.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
