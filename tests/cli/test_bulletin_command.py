"""`luoshi bulletin` without a server: both kinds of file, and what it says where it cannot."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner, Result

from luoshi.cli.main import app


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["bulletin", "jiaxing-2019", "--as-of", "2019-09-30", *arguments])


def test_it_writes_a_numbered_docx(tmp_path: Path) -> None:
    out = tmp_path / "通报.docx"
    result = run("-o", str(out), "--organ", "示例市政府督查室", "--code", "示例督", "--number", "3", "--previous", "2019-06-30")
    assert result.exit_code == 0, result.output
    words = [p.text for p in docx.Document(io.BytesIO(out.read_bytes())).paragraphs]
    assert "示例督〔2019〕3号" in words
    assert any("与截至2019年6月30日的状态相比" in w for w in words)
    assert list(tmp_path.iterdir()) == [out]


def test_it_writes_a_draft_as_pdf_and_names_the_substituted_faces(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    result = run("-o", str(out))
    assert result.exit_code == 0, result.output
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(("arguments", "said"), [
    (("-o", "a.txt"), "只会写 .docx 和 .pdf"), (("-o", "/nowhere/at/all/a.docx"), "写不了"),
    (("-o", "a.docx", "--number", "1", "--code", "abc"), "代字“abc”不对")])
def test_it_says_why_it_cannot(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.output
