"""Files that once made a reader fail, kept by the hunt in bench/fuzz/readers: each is read or refused."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from luoshi.reading.read import read_document
from luoshi.reading.source import Unreadable

FILES = sorted(path for path in (Path(__file__).parent / "crashes").iterdir() if path.suffix != ".md")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_once_made_a_trace_makes_none(path: Path) -> None:
    with contextlib.suppress(Unreadable):
        read_document(path)
