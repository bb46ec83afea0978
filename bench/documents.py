"""Files to read: one table of ROWS × 6, its first three columns merged downwards, as docx, xlsx, html, pdf. In: a folder. Out: paths."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from random import Random

from texts import SEED, Writer
from vocabulary import OFFICES, WORKS

ROWS, COLUMNS, MERGED = 2000, 6, 3
PDF_ROWS = 600   # pdfplumber takes seconds for these
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
HEADER = (["序号", "工作任务", "年度目标"], [["具体措施", "牵头单位", "配合单位"]])
Groups = list[tuple[list[str], list[list[str]]]]


def table_of(rows: int = ROWS) -> Groups:
    """The header, then groups of rows: the words of the merged columns, and of each row the others."""
    random = Random(SEED)
    groups: Groups = [HEADER]
    left = rows
    while left:
        size = min(left, random.randint(2, 6))
        merged = [str(len(groups)), f"推进{random.choice(WORKS)}", _sentence(random)]
        groups.append((merged, [[_sentence(random), random.choice(OFFICES), "、".join(random.sample(OFFICES, 2))] for _ in range(size)]))
        left -= size
    return groups


def _sentence(random: Random) -> str:
    writer = Writer(random)
    writer.target()
    return "".join(writer.pieces)


def write_docx(path: Path, rows: int = ROWS) -> Path:
    """Word: vMerge down the first columns."""

    def cell(text: str, merge: str = "") -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="1500" w:type="dxa"/>{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>'

    lines = []
    for merged, others in table_of(rows):
        for number, other in enumerate(others):
            first = [cell(text, '<w:vMerge w:val="restart"/>') for text in merged] if not number else [cell("", "<w:vMerge/>")] * MERGED
            lines.append("<w:tr>" + "".join(first + [cell(text) for text in other]) + "</w:tr>")
    grid = '<w:tblPr/><w:tblGrid>' + '<w:gridCol w:w="1500"/>' * COLUMNS + "</w:tblGrid>"
    body = f'<w:document xmlns:w="{WORD}"><w:body><w:tbl>{grid}{"".join(lines)}</w:tbl><w:p/><w:sectPr/></w:body></w:document>'
    types = (f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{RELATIONS}"/>'
             f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>')
    relation = f'<Relationship Id="rId1" Type="{DOCUMENT}" Target="word/document.xml"/>'
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("[Content_Types].xml", types), ("_rels/.rels", relations), ("word/document.xml", body)):
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
    return path


def write_pdf(path: Path, rows: int = PDF_ROWS) -> Path:
    """PDF by Typst: ruled, some forty rows a page, merged groups kept whole so that every reader sees the same cells."""
    import typst

    cells = []
    for merged, others in table_of(rows):
        for number, other in enumerate(others):
            if not number:
                cells += [f"table.cell(rowspan: {len(others)}, breakable: false){_quoted(text)}" for text in merged]
            cells += [f"table.cell(breakable: false){_quoted(text)}" for text in other]
    page = '#set page(paper: "a4", flipped: true, margin: 1.5cm)\n#set text(font: "Noto Serif CJK SC", size: 7pt)\n'
    made = f"{page}#table(columns: (1cm, 3cm, 1fr, 1fr, 3cm, 4cm), stroke: 0.5pt, {', '.join(cells)})"
    path.write_bytes(typst.compile(made.encode(), format="pdf"))
    return path


def _quoted(text: str) -> str:
    return f"[#{json.dumps(text, ensure_ascii=False)}]"


def write_html(path: Path, rows: int = ROWS) -> Path:
    """HTML: rowspan down the first columns."""
    lines = []
    for merged, others in table_of(rows):
        for number, other in enumerate(others):
            first = "".join(f'<td rowspan="{len(others)}">{text}</td>' for text in merged) if not number else ""
            lines.append(f"<tr>{first}{''.join(f'<td>{text}</td>' for text in other)}</tr>\n")
    head = '<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>重点工作任务清单</title></head>'
    path.write_text(f"{head}<body><table>\n{''.join(lines)}</table></body></html>", "utf-8")
    return path


def write_xlsx(path: Path, rows: int = ROWS) -> Path:
    """Excel: merged ranges down the first columns, written by openpyxl."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    at = 1
    for merged, others in table_of(rows):
        for number, other in enumerate(others):
            sheet.append([*(merged if not number else [None] * MERGED), *other])
        for column in range(1, MERGED + 1) if len(others) > 1 else ():
            sheet.merge_cells(start_row=at, end_row=at + len(others) - 1, start_column=column, end_column=column)
        at += len(others)
    book.save(path)
    return path
