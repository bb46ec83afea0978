"""Which format the bytes are, whatever the file is called. In: bytes. Out: `Format`, or `Unreadable` for what we do not read."""

from __future__ import annotations

import re
from typing import Final

from luoshi.reading.refusal import refusal
from luoshi.reading.source import Format

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
IMAGES: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# <!doctype html>, or <table> after <?xml …?> and comments
HTML_START: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|style|table|div|center|form|h[1-6]|p)\b",
    re.I | re.S,
)
# <?mso-application progid="Word.Document"?> of Word and Excel 2003
OFFICE_XML: Final = re.compile(rb'<\?mso-application\s+progid="(Word|Excel)')
# From: <由 WPS 保存> … Content-Type: multipart/related
WEB_ARCHIVE: Final = re.compile(rb"\A(?:[A-Za-z-]+:[^\n]*\n\s*)*?MIME-Version:", re.I)


def sniff_format(data: bytes, name: str) -> Format:
    """The format of the bytes."""
    if data.startswith(b"PK\x03\x04"):
        return _sniff_archive(data, name)
    if data.startswith(OLE):
        _refuse_ole(data, name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    _refuse_foreign(data, name)
    return "html" if HTML_START.match(_narrow(data[:65536])) else "text"


def _narrow(head: bytes) -> bytes:
    """The head without BOM and as one byte a character where it is UTF-16, so that one expression finds the tags."""
    if head.startswith(BOMS[1:]):
        return head[2:].replace(b"\x00", b"")
    return head.removeprefix(BOMS[0])


def _sniff_archive(data: bytes, name: str) -> Format:
    from luoshi.reading.archive import Archive

    archive = Archive(data, name)
    parts = archive.members
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise refusal("file.macro", name)
    if "xl/workbook.bin" in parts:
        raise refusal("file.legacy", name, kind="xlsb 二进制工作簿", program="Excel 或 WPS", target="xlsx")
    if any(part.startswith("word/") for part in parts):
        return "docx"
    if any(part.startswith("xl/") for part in parts):
        return "xlsx"
    raise refusal("file.unknown", name, why=_archive_kind(set(parts)))


def _archive_kind(names: set[str]) -> str:
    if "OFD.xml" in names:
        return "OFD 版式文件"
    if any(part.startswith("ppt/") for part in names):
        return "PowerPoint 演示文稿"
    if "mimetype" in names:
        return "OpenDocument 文件"
    return "普通压缩包，请先解压"


def _refuse_ole(data: bytes, name: str) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refusal("file.encrypted", name)
    raise refusal("file.legacy", name, kind="旧版 Office 文件", program="Word、Excel 或 WPS", target="docx 或 xlsx")


def _refuse_foreign(data: bytes, name: str) -> None:
    if data.startswith(IMAGES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or (data[:2] == b"BM" and data[6:10] == b"\0\0\0\0"):
        raise refusal("file.image", name)
    if OFFICE_XML.search(data[:4096]):
        raise refusal("file.legacy", name, kind="Office 2003 XML", program="Word、Excel 或 WPS", target="docx 或 xlsx")
    if WEB_ARCHIVE.match(data[:4096]):
        raise refusal("file.legacy", name, kind="mht 网页归档", program="浏览器、Word 或 WPS", target="html 或 docx")
    if not data.startswith(BOMS) and b"\x00" in data[:65536]:
        raise refusal("file.unknown", name, why="内容是二进制数据，不是文字")
