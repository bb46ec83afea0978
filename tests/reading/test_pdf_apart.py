"""A PDF is read in a process of its own, which ends whatever the file does."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from luoshi.reading.pdf import apart
from luoshi.reading.pdf.apart import _Nouns, read_apart
from luoshi.reading.source import Unreadable

FORMS_IN_THEMSELVES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</A 5 0 R/B 6 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 12>>stream\n/A Do /B Do \nendstream endobj\n"
    b"5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R/B 6 0 R>>>>/Length 60>>stream\n"
    + b"/A Do /B Do " * 5 + b"\nendstream endobj\n"
    b"6 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R/B 6 0 R>>>>/Length 60>>stream\n"
    + b"/B Do /A Do " * 5 + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")


def test_a_file_that_keeps_the_reader_busy_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 3)
    with pytest.raises(Unreadable) as refused:
        read_apart(FORMS_IN_THEMSELVES, "重点工作.pdf")
    assert refused.value.id in {"pdf.too-slow", "pdf.scanned", "file.damaged", "pdf.too-full"}
    assert "重点工作.pdf" in str(refused.value)


def test_a_child_can_send_nothing_but_nouns() -> None:
    import io

    with pytest.raises(pickle.UnpicklingError, match="run"):
        _Nouns(io.BytesIO(pickle.dumps(subprocess.run))).load()


def test_the_child_says_why_a_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        read_apart(b"%PDF-1.7\nnothing", "坏.pdf")
    assert refused.value.id == "file.damaged"


def test_a_child_that_is_killed_is_told_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    killer = tmp_path / "killer"
    killer.write_text("#!/bin/sh\nkill -9 $$\n")
    killer.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(killer))
    with pytest.raises(Unreadable, match="中途退出"):
        read_apart(b"%PDF-1.7\n", "坏.pdf")
