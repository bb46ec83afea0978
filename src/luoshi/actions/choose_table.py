"""A person chose another of the document's lists「换表」: compile that one. In: which document, which table. Out: its row with that plan.

Answers and edits stay: those that were about the first list wait, in case the first list is chosen again.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.read_document_of import compile_file
from luoshi.actions.stale import Stale
from luoshi.actions.writing import writing
from luoshi.plan.plan import plan_to_json
from luoshi.plan.restore import plan_from_json
from luoshi.plan.settle import NotAnAnswer
from luoshi.store.models import DocumentRecord
from luoshi.store.who import Who

ASKED = "table.another"


def choose_table(who: Who, at: datetime, document_id: int, table: str) -> None:
    """table: a place that a question of the plan offers. Raises NotAnAnswer, Stale, Unreadable."""
    with writing(who, "document.choose-table", at, right="import_document") as entry:
        document = _open_document(document_id)
        if table not in {a.key for f in plan_from_json(document.plan or {}).findings if f.id == ASKED for a in f.answers}:
            raise NotAnAnswer(_("文件里没有可以读成清单的%(table)s。请刷新页面再选。") % {"table": table})
        _compile(document, table)
        entry.about, entry.list_id, entry.detail = f"document:{document_id}", document.list_id, {"table": table}


def compile_again(who: Who, at: datetime, document_id: int) -> None:
    """The same table, with the program as it is today; answers and edits stay. Raises Stale, Unreadable."""
    with writing(who, "document.compile-again", at, right="import_document") as entry:
        document = _open_document(document_id)
        chosen = next((answer for key, answer in document.answers.items() if key.startswith(f"{ASKED}:")), None)
        _compile(document, chosen)
        entry.about, entry.list_id = f"document:{document_id}", document.list_id


def _open_document(document_id: int) -> DocumentRecord:
    document = DocumentRecord.objects.select_related("list").select_for_update(of=("self",)).get(pk=document_id)
    if document.state != "read":
        raise Stale(_("这份文件已经确认成方案，不能再重读或换表。请刷新页面。"))
    return document


def _compile(document: DocumentRecord, table: str | None) -> None:
    plan = compile_file(document, table=table)
    others = {key: answer for key, answer in document.answers.items() if not key.startswith(f"{ASKED}:")}
    document.plan = plan_to_json(plan)
    document.answers = others | {f.key: table for f in plan.findings if f.id == ASKED and table}
    document.save(update_fields=["plan", "answers"])
