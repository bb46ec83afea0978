"""A person chose another of the document's lists「换表」: compile that one. In: which document, which table. Out: its row with that plan.

The answers to the first list's questions go with it: they were about other targets.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from luoshi.actions.stale import Stale
from luoshi.actions.writing import writing
from luoshi.compiler.passes import compile_plan
from luoshi.plan.plan import plan_to_json
from luoshi.plan.restore import plan_from_json
from luoshi.plan.settle import NotAnAnswer
from luoshi.reading.read import read_document
from luoshi.store.models import DocumentRecord
from luoshi.store.who import Who

ASKED = "table.another"


def choose_table(who: Who, at: datetime, document_id: int, table: str) -> None:
    """table: a place that a question of the plan offers. Raises NotAnAnswer, Stale, Unreadable."""
    with writing(who, "document.choose-table", at, right="import_document") as entry:
        document = DocumentRecord.objects.select_related("list").select_for_update(of=("self",)).get(pk=document_id)
        if document.state != "read":
            raise Stale(_("这份文件已经确认成方案，不能再换表。请刷新页面。"))
        if table not in {a.key for f in plan_from_json(document.plan or {}).findings if f.id == ASKED for a in f.answers}:
            raise NotAnAnswer(_("文件里没有可以读成清单的%(table)s。请刷新页面再选。") % {"table": table})
        read = read_document(Path(settings.MEDIA_ROOT) / document.file, document.name)
        plan = compile_plan(read, document.list.year, table)
        document.plan, document.answers = plan_to_json(plan), {f.key: table for f in plan.findings if f.id == ASKED}
        document.save(update_fields=["plan", "answers"])
        entry.about, entry.list_id, entry.detail = f"document:{document_id}", document.list_id, {"table": table}
