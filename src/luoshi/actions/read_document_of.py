"""Read a received document and compile it, with progress that a page can show.

In: which document. Out: its row: read with a plan, or refused with the reason in Chinese. Reading gives the same result every time, so
that a reading which a restart cut off is simply started again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from luoshi.actions.writing import writing
from luoshi.compiler.passes import compile_plan
from luoshi.lexicon.directory import Directory
from luoshi.pack.reference import reference_of
from luoshi.plan.plan import Plan, plan_to_json
from luoshi.plan.settle import fitting_answers
from luoshi.reading.read import read_document
from luoshi.reading.source import Unreadable
from luoshi.store.models import DocumentRecord
from luoshi.store.queries.office import calendar_of_list
from luoshi.store.queries.units import names_known
from luoshi.store.who import Who

log = logging.getLogger(__name__)
BROKEN = "读文件「{name}」时程序出了错，没有读完。文件已经保存。请再读一遍；还不行，请把文件和这句话交给系统管理员。"


def read_document_of(who: Who, at: datetime, document_id: int) -> None:
    """Read to the end. Whatever goes wrong is written on the document: nobody waits at a page for what will never come."""
    document = DocumentRecord.objects.select_related("list").get(pk=document_id)
    try:
        _progress(document, 10)
        plan = compile_file(document, lambda: _progress(document, 60))
    except Unreadable as refused:
        _finish(who, at, document, {"state": "refused", "message": str(refused), "plan": None}, {"refused": refused.id})
    except Exception:
        log.exception("reading document %s", document_id)
        _finish(who, at, document, {"state": "refused", "message": BROKEN.format(name=document.name), "plan": None}, {"refused": "program"})
    else:
        counts = {"tasks": len(plan.tasks), "measures": sum(len(t.measures) for t in plan.tasks), "targets": sum(1 for _ in plan.targets())}
        answers = document.answers or _answers_before(document, plan)
        _finish(who, at, document, {"state": "read", "message": "", "plan": plan_to_json(plan), "answers": answers},
                {**counts, "answers_of_version_in_force": len(answers) if not document.answers else 0})


def _answers_before(document: DocumentRecord, plan: Plan) -> dict[str, str]:
    """A list issued again: what was answered for the version in force need not be asked twice where the sentence is the same."""
    given = DocumentRecord.objects.filter(plans=document.list.plan_id).values_list("answers", flat=True).first() if document.list.plan_id else None
    return fitting_answers(plan, given or {})


def compile_file(document: DocumentRecord, has_been_read: Callable[[], None] = lambda: None, table: str | None = None) -> Plan:
    """table: the place of the list where a person chose among several. has_been_read: called between reading and compiling. Raises Unreadable."""
    read = read_document(Path(settings.MEDIA_ROOT) / document.file, document.name)
    has_been_read()
    told = reference_of(document.list.pack)
    return compile_plan(read, document.list.year, table, directory=_directory(told.directory, document.list.year),
                        calendar=calendar_of_list(document.list))


def _directory(stated: Directory, year: int) -> Directory:
    """The pack's names, and the units this server has in force at the end of the list's year."""
    return stated.with_units((*stated.units, *names_known(date(year, 12, 31))))


def _progress(document: DocumentRecord, percent: int) -> None:
    """Not journalled: nobody decides anything by it."""
    DocumentRecord.objects.filter(pk=document.pk, state="reading").update(progress=percent)


def _finish(who: Who, at: datetime, document: DocumentRecord, values: dict[str, Any], detail: Mapping[str, object]) -> None:
    """Only of a document that is still being read: a reading started twice ends once."""
    with writing(who, "document.refuse" if values["state"] == "refused" else "document.compile", at, right=None,
                 list_id=document.list_id) as entry:
        changed = DocumentRecord.objects.filter(pk=document.pk, state="reading").update(progress=100, **values)
        entry.about, entry.detail = f"document:{document.pk}", dict(detail) if changed else {"late": True}
