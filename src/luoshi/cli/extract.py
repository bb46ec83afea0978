"""`luoshi extract`: units, targets and deadlines of bare text. In: a document, or JSON Lines of texts. Out: JSON, a line each."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import typer


def extract(
    file: Path | None = typer.Argument(None, help="一份文件：.txt .docx .xlsx .html .pdf .doc .wps"),
    jsonl: Path | None = typer.Option(None, "--jsonl", help="每行一个 JSON 对象，至少有 id 和 text；可有 title、source"),
    out: Path | None = typer.Option(None, "--out", "-o", help="写到文件，不写到屏幕"),
) -> None:
    """从文字里摘出单位、指标和期限，各带起止位置。"""
    from luoshi.cli.terminal import fail, write_out

    if (file is None) == (jsonl is None):
        fail("给一份文件，或用 --jsonl 给一个 JSON Lines 文件，二者选一。")
    lines = _of_jsonl(jsonl) if jsonl else _of_file(file)  # type: ignore[arg-type]  # one of the two is given
    write_out("\n".join(json.dumps(x, ensure_ascii=False) for x in lines), out)


def _of_jsonl(path: Path) -> Iterator[dict[str, object]]:
    from luoshi.cli.terminal import fail
    from luoshi.compiler.extract import extract as read

    if not path.is_file():
        fail(f"没有这个文件：{path}")
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                id, text = row["id"], row["text"]
            except (ValueError, KeyError, TypeError) as error:
                fail(f"{path.name} 第{number}行：不是带 id 和 text 的 JSON 对象（{error}）。")
            yield {"id": id, **read(text, row.get("title") or "", row.get("source") or "").to_json()}


def _of_file(path: Path) -> Iterator[dict[str, object]]:
    """A document as one text: blocks in order, a line each; the text is printed too, so that the offsets mean something."""
    from luoshi.cli.terminal import fail
    from luoshi.compiler.extract import extract as read
    from luoshi.reading.read import read_document
    from luoshi.reading.source import Paragraph, Unreadable

    try:
        document = read_document(path)
    except Unreadable as error:
        fail(str(error))
    pieces: list[str] = []
    for block in document.blocks:
        pieces += [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]
    text = "\n".join(pieces)
    for finding in document.findings:
        print(f"说明：{finding.message}", file=sys.stderr)
    yield {"id": document.name, "text": text, **read(text, document.title or "").to_json()}
