"""The rules of the house that no linter knows: length of files and functions, names, docstrings, clocks."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "luoshi"
FILES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts and "node_modules" not in p.parts)
SERVER = {"project", "web", "api", "actions", "store"}
CORE = [p for p in FILES if p.relative_to(SOURCE).parts[0] not in SERVER]
FILE_LINES, FUNCTION_LINES, ROOM_LINES = 300, 50, 4_000
"""ROOM_LINES counts lines with code on them: blank lines, comments and docstrings are what makes the rest readable."""
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
"""Exceptions, each with its reason."""
BANNED_NAMES = {"utils", "util", "helpers", "helper", "base", "common", "misc", "manager", "tools"}
BANNED_CALLS = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time"}


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def code_lines(path: Path) -> int:
    lines: set[int] = set()
    docstring = True
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.STRING and docstring:
                continue
            if token.type in {tokenize.NEWLINE, tokenize.INDENT, tokenize.ENCODING, tokenize.NL, tokenize.DEDENT, tokenize.COMMENT}:
                docstring = docstring or token.type in {tokenize.NEWLINE, tokenize.INDENT}
                continue
            docstring = False
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_file_is_short_named_well_and_says_what_goes_in_and_out(path: Path) -> None:
    name = str(path.relative_to(SOURCE))
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= FILE_LINES or name in LONG_FILES
    assert path.stem not in BANNED_NAMES
    assert ast.get_docstring(ast.parse(text)), f"{name} has no module docstring"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_function_fits_a_screen_and_a_public_one_is_described(path: Path) -> None:
    for function in functions(path):
        where = f"{path.relative_to(SOURCE)}:{function.name}"
        length = (function.end_lineno or 0) - function.lineno + 1
        assert length <= FUNCTION_LINES or where in LONG_FUNCTIONS, f"{where} has {length} lines"
        inner = function.name.startswith("_") or function.col_offset > 4
        assert inner or ast.get_docstring(function) or function.col_offset, f"{where} has no docstring"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_the_clock_is_an_argument(path: Path) -> None:
    calls = {ast.unparse(n.func) for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)}
    assert not {c for c in calls if any(c == b or c.endswith("." + b) for b in BANNED_CALLS)}


@pytest.mark.parametrize("room", sorted({p.relative_to(SOURCE).parts[0] for p in CORE if len(p.relative_to(SOURCE).parts) > 1}))
def test_a_room_of_the_core_stays_small_enough_to_read(room: str) -> None:
    assert sum(code_lines(p) for p in CORE if p.relative_to(SOURCE).parts[0] == room) <= ROOM_LINES


def test_no_exception_is_swallowed() -> None:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None, f"{path.name}:{node.lineno} catches everything"
                assert not (len(node.body) == 1 and isinstance(node.body[0], ast.Pass)), f"{path.name}:{node.lineno} drops an error"
