"""Old Office formats: converted where LibreOffice is, refused with what to do where it is not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import docx as python_docx
import pytest

from luoshi.reading import legacy
from luoshi.reading.source import Unreadable
from tests.reading.make import grid, ids, paragraphs, read_bytes, tables

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OLD = {
    "旧.doc": OLE + "WordDocument".encode("utf-16-le") + bytes(100),
    "旧.wps": OLE + "WordDocument".encode("utf-16-le") + bytes(100),
    "旧.xls": OLE + "Workbook".encode("utf-16-le") + bytes(100),
    "旧.rtf": rb"{\rtf1 abc}",
}


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `soffice` of our own making, the only program on the PATH but the shell's."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")
    monkeypatch.setattr(legacy, "_made", {})
    return folder / "soffice"


def write(program: Path, script: str) -> None:
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def refuse(folder: Path, name: str, data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        read_bytes(folder, name, data)
    assert name in str(refused.value)
    return refused.value


@pytest.mark.parametrize("name", OLD)
def test_without_libreoffice_it_says_how_to_convert(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    refused = refuse(tmp_path, name, OLD[name])
    assert refused.id == "file.legacy"
    assert "另存为" in str(refused)


def test_a_conversion_that_fails_is_told(tmp_path: Path, program: Path) -> None:
    write(program, "exit 1")
    assert refuse(tmp_path, "旧.doc", OLD["旧.doc"]).id == "file.not-converted"


def test_a_conversion_that_hangs_is_stopped_with_all_it_started(tmp_path: Path, program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(program, f"sleep 60 & echo $! > {tmp_path}/child; wait")
    monkeypatch.setattr(legacy, "SECONDS", 0.4)
    refused = refuse(tmp_path, "旧.doc", OLD["旧.doc"])
    assert (refused.id, "没有转完" in str(refused)) == ("file.not-converted", True)
    child = (tmp_path / "child").read_text().strip()
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z"


def test_the_same_file_is_converted_once(tmp_path: Path, program: Path) -> None:
    made = python_docx.Document()
    made.add_paragraph("绿化清单")
    made.save(str(tmp_path / "made.docx"))
    write(program, f'echo once >> {tmp_path}/runs; while [ $# -gt 1 ]; do [ "$1" = --outdir ] && out=$2; shift; done; '
                   f'mkdir -p "$out"; cp {tmp_path}/made.docx "$out/source.docx"')
    for _ in range(3):
        document = read_bytes(tmp_path, "旧.wps", OLD["旧.wps"])
    assert (document.format, paragraphs(document), ids(document)) == ("docx", ["绿化清单"], ["file.converted"])
    assert (tmp_path / "runs").read_text().split() == ["once"]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_converts_a_real_doc(tmp_path: Path) -> None:
    rows = [["序号", "任务", "单位"], ["1", "种树", "市园林局"], ["2", "修路", "市交通局"]]
    made = python_docx.Document()
    made.add_paragraph("绿化清单")
    table = made.add_table(3, 3, "Table Grid")
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    made.add_paragraph("注：略")
    made.save(str(tmp_path / "新.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(tmp_path / "新.docx")],
                   check=True, capture_output=True, timeout=60)
    document = read_bytes(tmp_path, "旧.doc", (tmp_path / "新.doc").read_bytes())
    assert grid(tables(document)[0]) == rows
    assert ids(document) == ["file.converted"]
