"""A slip as PDF/A-2b, by Typst, the twin of `slip_docx`. In: `SlipDocument`, a folder of fonts. Out: bytes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

from luoshi.publish.official_typst import typst_pdf
from luoshi.publish.slip_document import SlipDocument


def slip_pdf(slip: SlipDocument, on: date, fonts: Path | None = None) -> bytes:
    """on: the day that the file says it is of; for one that was issued, the day of issue."""
    of = slip.issued_on or on
    tree = {"organ": slip.organ, "number": slip.shown_number, "date": slip.shown_day, "title": slip.title, "subject": slip.subject, "note": slip.note,
            "rows": [asdict(row) for row in slip.rows], "receipt": [asdict(row) for row in slip.receipt],
            "year": of.year, "month": of.month, "day": of.day}
    return typst_pdf("slip.typ", tree, of, fonts)
