"""Lines onto a terminal, and files written whole. In: `Line`s or text. Out: nothing but what is printed."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import typer

from luoshi.provenance import Finding
from luoshi.publish.line import Line, Style

STYLES: dict[Style, str] = {"title": "bold", "head": "bold", "plain": "", "quiet": "dim", "mark": "cyan", "good": "green",
                            "late": "yellow", "bad": "red", "done": "cyan", "ask": "magenta"}


def print_lines(lines: Iterable[Line]) -> None:
    """Print with colour where the terminal has it; plain text into a pipe or a file, unwrapped."""
    if not sys.stdout.isatty():
        sys.stdout.writelines(f"{line.text}\n" for line in lines)
        return
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=False)
    for line in lines:
        head, rest = line.text[:_leading(line)], line.text[_leading(line):]
        console.print(Padding(Text(rest, style=STYLES[line.style]), (0, 0, 0, len(head))))


def _leading(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip(" "))


def write_out(text: str, out: Path | None) -> None:
    """Print, or write the file whole: a reader never sees half of it."""
    if out is None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        return
    write_file((text if text.endswith("\n") else text + "\n").encode(), out)


def write_file(data: bytes, out: Path) -> None:
    """The file whole, or status 2 and why not."""
    try:
        write_whole(data, out)
    except OSError as error:
        fail(f"写不了 {out}：{error.strerror}。请换一个可写的位置。")


def write_whole(data: bytes, out: Path) -> None:
    """A reader never sees half of it. Raises OSError."""
    handle, temporary = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    umask = os.umask(0)
    os.umask(umask)
    Path(temporary).chmod(0o666 & ~umask)
    Path(temporary).replace(out)


def print_remarks(findings: Iterable[Finding]) -> None:
    """Errors, warnings and notes of a run, on standard error: the board itself stays clean."""
    words = {"error": "错误", "warning": "警告", "question": "待确认", "info": "说明"}
    for finding in findings:
        if finding.level in {"error", "warning"}:
            print(f"{words[finding.level]}[{finding.id}] {finding.message}", file=sys.stderr)


def fail(message: str) -> NoReturn:
    """Say why nothing could be done, and stop with status 2."""
    print(f"错误：{message}", file=sys.stderr)
    raise typer.Exit(2)
