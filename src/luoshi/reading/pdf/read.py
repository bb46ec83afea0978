"""PDF files with a text layer. In: the bytes. Out: `Contents`: paragraphs and tables in reading order, as the pages show them.

The story: open → `sheet.py` (glyphs and lines of each page) → `frames.py` (ruled tables) → `margins.py` (page numbers away)
→ `flow.py` (in reading order, tables joined over pages by `joining.py`) → remarks. `apart.py` runs it in a process of its own.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import pypdfium2.raw as pdfium

from luoshi.provenance import Finding
from luoshi.reading.pdf.flow import Flow
from luoshi.reading.pdf.frames import find_frames
from luoshi.reading.pdf.margins import drop_margins
from luoshi.reading.pdf.sheet import Sheet, TooManyObjects, read_sheet
from luoshi.reading.pdf.streams import is_bomb
from luoshi.reading.pdf.strips import without_private
from luoshi.reading.refusal import refusal
from luoshi.reading.source import Block, Contents, Table

MAX_PAGES: Final = 1_000
MAX_GLYPHS: Final = 3_000_000
SCANNED: Final = 0.5           # of the page covered by one picture
FEW: Final = 30                # glyphs: a stamp or a page number on a scan
MAX_ODD: Final = 0.1           # of all characters
# Microsoft Word - 附件1.doc, which programs write as the title
FILE_TITLE: Final = re.compile(r"Microsoft\s|\.(?:docx?|wps|xlsx?|et|pdf|html?)$|^(?:untitled|无标题)$", re.I)


def read_pdf(data: bytes, name: str) -> Contents:
    """Read a PDF from its bytes."""
    if is_bomb(data):
        raise refusal("pdf.too-full", name, page="有的部分解压后超过 16 MB")
    sheets, title = _read_sheets(data, name)
    odd = sum((sheet.odd for sheet in sheets), Counter[str]())
    _refuse_wordless(sheets, odd, name)
    frames = [find_frames(sheet.rules) for sheet in sheets]
    glyphs, findings = drop_margins(sheets, frames)
    flow = Flow()
    for sheet, own, ruled in zip(sheets, glyphs, frames, strict=True):
        flow.add_sheet(sheet, own, ruled)
    flow.end()
    blocks = tuple(_without_private(block, odd) for block in flow.blocks)
    return Contents(blocks, title, (*_sheet_findings(sheets), *_odd_findings(odd), *findings, *flow.findings))


def _read_sheets(data: bytes, name: str) -> tuple[list[Sheet], str | None]:
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        error = pdfium.FPDF_GetLastError()
        if error in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise refusal("file.encrypted", name)
        raise refusal("file.damaged", name, why="PDF 的结构读不出来")
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count > MAX_PAGES:
            raise refusal("pdf.too-long", name, count=count, limit=MAX_PAGES)
        sheets: list[Sheet] = []
        for index in range(count):
            sheets.append(_read_page(document, index, name))
            if sum(len(sheet.glyphs) for sheet in sheets) > MAX_GLYPHS:
                raise refusal("pdf.too-full", name, page=f"第 {index + 1} 页")
        return sheets, _title(document)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _read_page(document: Any, index: int, name: str) -> Sheet:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise refusal("file.damaged", name, why=f"第 {index + 1} 页读不出来")
    try:
        return read_sheet(page, index + 1)
    except TooManyObjects as error:
        raise refusal("pdf.too-full", name, page=f"第 {index + 1} 页") from error
    finally:
        pdfium.FPDF_ClosePage(page)


def _title(document: Any) -> str | None:
    """The title in the file's properties, unless a program put a file name there."""
    size = pdfium.FPDF_GetMetaText(document, b"Title", None, 0)
    if not 2 < size < 4_000:
        return None
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, b"Title", buffer, size)
    title = buffer.raw[: size - 2].decode("utf-16-le", "ignore").strip()
    return None if not title or FILE_TITLE.search(title) else title


def _is_scan(sheet: Sheet) -> bool:
    return sheet.picture > SCANNED and len(sheet.glyphs) < FEW


def _refuse_wordless(sheets: list[Sheet], odd: Counter[str], name: str) -> None:
    total = sum(len(sheet.glyphs) for sheet in sheets)
    if total == 0 or all(_is_scan(sheet) or not sheet.glyphs for sheet in sheets):
        raise refusal("pdf.scanned", name)
    if sum(odd.values()) > MAX_ODD * total:
        raise refusal("pdf.no-characters", name, share=round(100 * sum(odd.values()) / total))


def _sheet_findings(sheets: list[Sheet]) -> Iterator[Finding]:
    if blind := [sheet.number for sheet in sheets if _is_scan(sheet)]:
        yield _finding("pdf.scanned-pages", "warning",
                       f"第{_listed(blind)}页是图片（扫描件），没有文字，没有读入。如果任务写在那里，请换用有文字的版本。")
    if read := [sheet.number for sheet in sheets if sheet.picture > SCANNED and not _is_scan(sheet)]:
        yield _finding("pdf.recognised-text", "warning",
                       f"第{_listed(read)}页是图片，文字是识别（OCR）出来的，数字和单位可能有错。请对照原件核对，最好换用原文件。")
    if noted := [sheet.number for sheet in sheets if sheet.notes]:
        yield _finding("pdf.notes", "info", f"第{_listed(noted)}页有批注或表单，没有读入。如果它们改变了任务内容，请先改好正文再读。")


def _listed(pages: list[int]) -> str:
    return "、".join(map(str, pages[:8])) + (f"等{len(pages)}" if len(pages) > 8 else "")


def _odd_findings(odd: Counter[str]) -> Iterator[Finding]:
    points = odd.pop(".", 0)
    if points:
        yield _finding("pdf.decimal-points", "warning",
                       f"文件用自造字符表示小数点，共{points}处，已按小数点读取。请核对带小数的数字。")
    if odd:
        codes = "、".join(code for code, _ in odd.most_common(5))
        yield _finding("pdf.odd-characters", "warning",
                       f"有{sum(odd.values())}个字符没有文字编码（{codes}），读作□。请对照原文核对这些地方，必要时换用 docx、xlsx 原件。")


def _finding(id: str, level: Any, message: str) -> Finding:
    return Finding(id, f"{id}:document", level, message)


def _without_private(block: Block, odd: Counter[str]) -> Block:
    if isinstance(block, Table):
        cells = tuple(cell._replace(text=text) if (text := without_private(cell.text, odd)) != cell.text else cell for cell in block.cells)
        return replace(block, cells=cells)
    return replace(block, text=without_private(block.text, odd))
