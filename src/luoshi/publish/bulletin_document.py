"""A bulletin laid out: its numbers filled in. In: `Bulletin`, number and day where it is issued. Out: `OfficialDocument`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from luoshi.publish.bulletin import Bulletin
from luoshi.publish.official import NOT_NUMBERED, OfficialDocument
from luoshi.publish.official_words import title_lines

SAMPLE = "示例：台账各行与过程数字均为虚构"


def document_number(code: str, year: int, number: int) -> str:
    """示例督〔2019〕3号"""
    return f"{code}〔{year}〕{number}号"


def bulletin_document(bulletin: Bulletin, number: str = NOT_NUMBERED, on: date | None = None) -> OfficialDocument:
    """on: the day of issue; a draft carries the day of its data."""
    office, day = bulletin.office, on or bulletin.as_of
    passages = tuple(replace(p, head=bulletin.filled(p.head), text=bulletin.filled(p.text)) for p in bulletin.passages)
    annexes = tuple(replace(a, rows=tuple(tuple(bulletin.filled(cell) for cell in row) for row in a.rows)) for a in bulletin.annexes)
    return OfficialDocument(office.mark, number, title_lines(bulletin.title), office.addressees, passages, annexes, office.organ, day,
                            SAMPLE if bulletin.sample else "", office.copies_to, office.organ, day)
