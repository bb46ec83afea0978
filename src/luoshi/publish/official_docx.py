"""An official document as .docx. In: `OfficialDocument`. Out: the file's bytes, the same for the same document.

No macro, no field but the page number, no outside link; names of fonts only, none embedded. The twin is `official_typst`.
"""

from __future__ import annotations

from luoshi.lexicon.written import day
from luoshi.publish.docx_package import Properties, laid_out
from luoshi.publish.docx_styles import FANGSONG, HEITI
from luoshi.publish.docx_table import annex_table, end_table
from luoshi.publish.docx_xml import Xml, blank, fonts, paragraph, run, w
from luoshi.publish.official import CELL_TWIPS, OfficialDocument, Passage
from luoshi.publish.official_words import signature_cells, title_lines

SEAL_LINES = 3
"""Blank lines between text and signature, where the seal goes."""


def official_docx(document: OfficialDocument) -> bytes:
    """The whole file."""
    about = Properties("".join(document.title), document.organ, document.number, document.printed_on)
    return laid_out(about, document.mark_points, [*_head(document), *_text(document), *_ending(document), *_annexes(document), *end_table(document)])


def _head(d: OfficialDocument) -> list[Xml]:
    title: list[Xml] = []
    for line in d.title:
        title += ([w("r", w("br"))] if title else []) + [run(line)]
    return [*blank(3), paragraph("GwMark", run(d.mark)), *blank(2), paragraph("GwDocNo", run(d.number)), *blank(2),
            paragraph("GwTitle", *title), *blank(), *([paragraph("GwMainTo", run(f"{d.addressees}："))] if d.addressees else [])]


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
    if d.attendance:
        return [*made, *blank(), *(paragraph("GwBody", run(f"{label}：", fonts(HEITI)), run(names)) for label, names in d.attendance),
                *([paragraph("GwNote", run(f"（{d.remark}）"))] if d.remark else [])]
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
