"""One file → `Document`. In: a path. Out: blocks with addresses, or `Unreadable` with a message for the person.

The content decides the format; the extension only earns a finding when it disagrees. Format modules (lxml, calamine, pdfium)
are imported when a file needs them, so that importing this module stays cheap.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final

from luoshi.provenance import Finding
from luoshi.reading.refusal import refusal
from luoshi.reading.sniff import sniff_format
from luoshi.reading.source import Contents, Document, Format

MAX_BYTES: Final = 50 * 1024 * 1024
OLD: Final = (b"\xd0\xcf\x11\xe0", b"{\\rtf")   # doc, wps, xls, et; rtf
EXTENSIONS: Final[dict[Format, tuple[str, ...]]] = {
    "docx": (".docx",),
    "xlsx": (".xlsx",),
    "html": (".html", ".htm", ".xhtml"),
    "pdf": (".pdf",),
    "text": (".txt", ".md", ".tsv", ".csv", ".text", ""),
}


def read_document(path: Path, name: str | None = None) -> Document:
    """Read the file to the end. name: what people call it, where it is kept under another name. Raises `Unreadable`."""
    name = name or path.name
    data = _load(path, name)
    digest = sha256(data).hexdigest()
    data, remarks = _modern(data, name)
    format = sniff_format(data, name)
    contents = _read_contents(data, name, format)
    if not contents.blocks:
        raise refusal("file.empty", name)
    findings = (*(remarks or _extension_findings(name, format)), *contents.findings)
    return Document(name, digest, format, contents.blocks, contents.title, findings)


def _load(path: Path, name: str) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise refusal("file.not-a-file", name)
        if size > MAX_BYTES:
            raise refusal("file.too-large", name, size=f"{size / 1024**2:.1f}", limit=MAX_BYTES // 1024**2)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise refusal("file.missing", name) from error
    except OSError as error:
        raise refusal("file.no-access", name, why=error.strerror or "系统拒绝访问") from error
    if len(data) > MAX_BYTES:   # it grew after stat, or it is a device that has no size
        raise refusal("file.too-large", name, size=f"{MAX_BYTES // 1024**2}+", limit=MAX_BYTES // 1024**2)
    if not data:
        raise refusal("file.empty", name)
    return data


def _modern(data: bytes, name: str) -> tuple[bytes, tuple[Finding, ...]]:
    """The bytes, converted if they are of an old format; the remark that they were."""
    if not data.startswith(OLD):
        return data, ()
    from luoshi.reading.legacy import convert, find_legacy

    legacy = find_legacy(data)
    if legacy is None:
        return data, ()
    data, remark = convert(data, name, legacy)
    return data, (remark,)


def _read_contents(data: bytes, name: str, format: Format) -> Contents:
    if format == "docx":
        from luoshi.reading.docx import read_docx

        return read_docx(data, name)
    if format == "xlsx":
        from luoshi.reading.xlsx import read_xlsx

        return read_xlsx(data, name)
    if format == "html":
        from luoshi.reading.html import read_html

        return read_html(data, name)
    if format == "pdf":
        from luoshi.reading.pdf.apart import read_apart

        return read_apart(data, name)
    from luoshi.reading.text import read_text

    return read_text(data, name)


def _extension_findings(name: str, format: Format) -> tuple[Finding, ...]:
    suffix = Path(name).suffix
    if suffix.lower() in EXTENSIONS[format]:
        return ()
    right = EXTENSIONS[format][0]
    message = (
        f"文件「{name}」的内容是 {right[1:]} 格式，与扩展名 {suffix} 不符，已按内容读取。"
        f"建议把扩展名改为 {right}，以免别的程序打不开。"
    )
    return (Finding("file.extension", f"file.extension:{format}", "info", message),)
