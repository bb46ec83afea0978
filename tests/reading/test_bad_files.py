"""What cannot be read is refused: never a trace, always an id and what to do."""

from __future__ import annotations

import contextlib
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from luoshi.reading import archive, read
from luoshi.reading.refusal import REFUSALS
from luoshi.reading.source import Unreadable
from tests.reading.make import W, docx, ids, par, paragraphs, read_bytes, xlsx, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ROWS = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + bytes(100)


def refuse(folder: Path, name: str, data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        read_bytes(folder, name, data)
    assert name in str(refused.value)
    assert str(folder) not in str(refused.value)
    return refused.value


BAD = [
    ("空.txt", b"", "file.empty"),
    ("空白.txt", "　\n \t\n".encode(), "file.empty"),
    ("空.docx", docx("<w:p/>"), "file.empty"),
    ("空.html", b"<html><body> </body></html>", "file.empty"),
    ("加密.docx", ole("EncryptedPackage"), "file.encrypted"),
    ("旧.wps", ole("其他"), "file.legacy"),
    ("旧.xml", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><a/>', "file.legacy"),
    ("旧.mht", b"From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "file.legacy"),
    ("旧.xlsb", zipped({"xl/workbook.bin": b"x"}), "file.legacy"),
    ("宏.docm", zipped({"word/document.xml": "<a/>", "word/vbaProject.bin": b"x"}), "file.macro"),
    ("宏.xlsx", zipped({"xl/workbook.xml": "<a/>", "xl/vbaProject.bin": b"x"}), "file.macro"),
    ("坏.pdf", b"%PDF-1.7\n", "file.damaged"),
    ("图.png", b"\x89PNG\r\n\x1a\n" + bytes(20), "file.image"),
    ("图.docx", b"\xff\xd8\xff\xe0" + bytes(20), "file.image"),
    ("乱.txt", bytes(range(256)) * 9, "file.unknown"),
    ("乱.dat", bytes(range(1, 9)) * 50, "file.unknown"),
    ("包.zip", zipped({"a.txt": "x"}), "file.unknown"),
    ("版式.ofd", zipped({"OFD.xml": "<a/>"}), "file.unknown"),
    ("坏.docx", docx(par("正文"))[:-40], "file.damaged"),
    ("坏.xlsx", xlsx(ROWS)[:300], "file.damaged"),
    ("坏2.docx", zipped({"word/document.xml": "<w:document"}), "file.damaged"),
    ("坏3.xlsx", zipped({"xl/workbook.xml": "<a/>"}), "file.damaged"),
    ("坏4.xlsx", xlsx("<sheetData><row"), "file.damaged"),
    ("缺.docx", zipped({"word/styles.xml": "<a/>"}), "docx.no-body"),
    ("缺2.docx", zipped({"word/document.xml": f"<w:document {W}/>"}), "docx.no-body"),
]


@pytest.mark.parametrize(("name", "data", "id"), BAD, ids=[name for name, *_ in BAD])
def test_it_refuses_what_it_cannot_read(tmp_path: Path, name: str, data: bytes, id: str) -> None:
    assert refuse(tmp_path, name, data).id == id


def test_it_refuses_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path, id in ((tmp_path / "没有.docx", "file.missing"), (tmp_path, "file.not-a-file")):
        with pytest.raises(Unreadable) as refused:
            read.read_document(path)
        assert refused.value.id == id


def test_it_refuses_a_file_over_the_limit_before_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(read.MAX_BYTES + 1)   # sparse: takes no room on the disk
    with pytest.raises(Unreadable) as refused:
        read.read_document(path)
    assert refused.value.id == "file.too-large"


ENTITIES = [
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
]


@pytest.mark.parametrize("dtd", ENTITIES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_it_refuses_entities_in_office_files(tmp_path: Path, dtd: str, encoding: str) -> None:
    document = f'<?xml version="1.0" encoding="{encoding}"?>{dtd}<w:document {W}><w:body>{par("&x;")}</w:body></w:document>'
    assert refuse(tmp_path, "a.docx", zipped({"word/document.xml": document.encode(encoding)})).id == "file.xml-entities"
    book = zipped({"xl/workbook.xml": f"{dtd}<workbook/>", "xl/_rels/workbook.xml.rels": "<a/>"})
    assert refuse(tmp_path, "a.xlsx", book).id == "file.xml-entities"


def test_it_refuses_entities_in_a_web_page(tmp_path: Path) -> None:
    page = f"{ENTITIES[0].replace('DOCTYPE a', 'DOCTYPE html')}<html><body>&x;</body></html>"
    assert refuse(tmp_path, "a.html", page.encode()).id == "file.xml-entities"


def test_it_refuses_a_zip_bomb(tmp_path: Path) -> None:
    bomb = zipped({"word/document.xml": bytes(archive.SMALL + 1)})
    assert refuse(tmp_path, "弹.docx", bomb).id == "file.zip-bomb"


def test_it_refuses_a_bomb_of_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    assert refuse(tmp_path, "多.docx", zipped({f"word/{n}.xml": "x" for n in range(4)})).id == "file.zip-bomb"
    monkeypatch.setattr(archive, "MAX_TOTAL", 1_000)
    assert refuse(tmp_path, "总.docx", zipped({f"word/{n}.xml": "x" * 400 for n in range(3)})).id == "file.zip-bomb"


def lying(parts: dict[str, str | bytes], part: str, size: int) -> bytes:
    """The archive with a false unpacked size of one part in its directory."""
    data = bytearray(zipped(parts))
    entry = data.rindex(part.encode()) - 46
    assert data[entry : entry + 4] == b"PK\x01\x02"
    data[entry + 24 : entry + 28] = struct.pack("<I", size)
    return bytes(data)


def test_it_does_not_trust_the_declared_size(tmp_path: Path) -> None:
    part = "word/document.xml"
    assert refuse(tmp_path, "谎.docx", lying({part: bytes(archive.SMALL + 9)}, part, 100)).id == "file.zip-bomb"
    assert refuse(tmp_path, "谎2.docx", lying({part: "x" * 500}, part, 100)).id == "file.damaged"


def test_it_refuses_a_part_that_is_encrypted(tmp_path: Path) -> None:
    data = bytearray(docx(par("正文")))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert refuse(tmp_path, "密.docx", bytes(data)).id == "file.encrypted"


def test_the_content_decides_the_format_and_a_wrong_extension_is_told(tmp_path: Path) -> None:
    for name, data, right in (
        ("a.doc", docx(par("正文")), "docx"), ("a.xls", b"<table><tr><td>1<td>2<tr><td>3<td>4</table>", "html"), ("a.docx", b"abc", "text"),
    ):
        document = read_bytes(tmp_path, name, data)
        assert (document.format, ids(document)) == (right, ["file.extension"])


def test_a_text_that_speaks_of_html_stays_text(tmp_path: Path) -> None:
    assert paragraphs(read_bytes(tmp_path, "a.txt", "把 <html> 改好\n<1> 种树".encode())) == ["把 <html> 改好", "<1> 种树"]


@pytest.mark.parametrize("make", [docx(par("正文") * 20), xlsx(ROWS)], ids=["docx", "xlsx"])
def test_a_flipped_byte_never_gives_anything_but_unreadable(tmp_path: Path, make: bytes) -> None:
    for at in range(0, len(make), 7):
        data = bytearray(make)
        data[at] ^= 0xFF
        with contextlib.suppress(Unreadable):   # anything else is a trace that a person would see
            read_bytes(tmp_path, "翻.bin", bytes(data))


def test_reading_is_cheap_to_import() -> None:
    code = "import sys, luoshi.reading.read; print([m for m in sys.modules if m.split('.')[0] in ('lxml', 'python_calamine', 'zipfile')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_every_refusal_says_what_to_do() -> None:
    for id, message in REFUSALS.items():
        assert "「{name}」" in message, id
        assert "请" in message, id


def test_zip_files_are_read_with_every_usual_compression(tmp_path: Path) -> None:
    path = tmp_path / "存.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as made:
        made.writestr("word/document.xml", f"<w:document {W}><w:body>{par('正文')}</w:body></w:document>")
    assert paragraphs(read.read_document(path)) == ["正文"]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("word/document.xml", "<a/>")
    with pytest.raises(Unreadable) as refused:
        read.read_document(path)
    assert refused.value.id == "file.damaged"
