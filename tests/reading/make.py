"""Small files to read, made on the spot. In: words. Out: paths and bytes of docx, xlsx and raw archives."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from luoshi.reading.read import read_document
from luoshi.reading.source import Document, Paragraph, Table

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def read_bytes(folder: Path, name: str, data: bytes) -> Document:
    """Write the bytes and read them back as a document."""
    path = folder / name
    path.write_bytes(data)
    return read_document(path)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A docx with this body; further parts as numbering="…", styles="…"."""
    document = f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>"
    return zipped({"word/document.xml": document, **{f"word/{name}.xml": content for name, content in parts.items()}})


def par(text: str, properties: str = "") -> str:
    """A Word paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str = "", properties: str = "", inside: str = "") -> str:
    """A Word table cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}{par(text)}</w:tc>"


def table(*rows: str, extra: str = "") -> str:
    """A Word table of rows, each the cells already put together."""
    return f"<w:tbl>{extra}" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def xlsx(sheet: str) -> bytes:
    """A workbook whose only sheet has this XML inside <worksheet>."""
    return zipped({
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
                               f'<Override PartName="/xl/workbook.xml" ContentType="{MAIN}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
                       f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}"><sheets>'
                           '<sheet name="清单" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
                                      f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}">{sheet}</worksheet>',
    })


def tables(document: Document) -> list[Table]:
    """Its tables, in order."""
    return [block for block in document.blocks if isinstance(block, Table)]


def paragraphs(document: Document) -> list[str]:
    """Texts of its paragraphs."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grid(table: Table) -> list[list[str]]:
    """Texts by row and column; a merged cell's text stands at its first position only."""
    rows = [[""] * table.columns for _ in range(table.rows)]
    for one in table.cells:
        rows[one.row][one.column] = one.text
    return rows


def ids(document: Document) -> list[str]:
    """Ids of its findings."""
    return [finding.id for finding in document.findings]
