"""The bulletin of the shipped example at 30 September 2019, composed once for all tests of a process."""

from __future__ import annotations

from datetime import date
from functools import cache

from luoshi.publish.bulletin import Bulletin, Office, compose_bulletin
from luoshi.publish.bulletin_document import bulletin_document
from luoshi.publish.official import OfficialDocument
from luoshi.publish.official_docx import official_docx
from luoshi.publish.official_typst import official_pdf
from tests.publish.story import story

OFFICE = Office("示例市政府督查室", "示例督", "各牵头单位", "市委办公室，市人大常委会办公室，市政协办公室")
ISSUED = date(2019, 10, 8)
NUMBER = "示例督〔2019〕3号"


@cache
def bulletin(with_previous: bool = True, as_of: date = date(2019, 9, 30)) -> Bulletin:
    told, before = story(as_of), story(date(2019, 6, 30))
    previous = (before.as_of, before.items) if with_previous else None
    return compose_bulletin(told.plan.document.title, told.plan, told.items, told.as_of, OFFICE, previous, sample=True)


@cache
def document() -> OfficialDocument:
    return bulletin_document(bulletin(), NUMBER, ISSUED)


@cache
def docx_bytes() -> bytes:
    return official_docx(document())


@cache
def pdf_bytes() -> bytes:
    return official_pdf(document())
