"""Change the plan that was read from a document「改草案」, before anybody confirms it. In: one edit. Out: the document's row, one step longer.

The edit is kept, not the plan it makes: the document can be compiled anew, and every step can be taken back.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.stale import Stale
from luoshi.actions.writing import writing
from luoshi.plan.change_plan import change_plan
from luoshi.plan.edit import Edit, NotThere, touched
from luoshi.plan.edit_json import edit_to_json
from luoshi.plan.restore import plan_from_json
from luoshi.plan.revise import revise_plan
from luoshi.plan.step_log import Step, log_from_json, log_to_json
from luoshi.plan.walk import fingerprint, nouns_of
from luoshi.publish.step_words import step_words
from luoshi.store.models import DocumentRecord
from luoshi.store.who import Who


def edit_document(who: Who, at: datetime, document_id: int, edit: Edit, seen: dict[str, str]) -> DocumentRecord:
    """seen: id → fingerprint of each noun as the form showed it. Raises BadEdit; Stale where one of them has been changed meanwhile."""
    with writing(who, "document.edit", at, right="import_document") as entry:
        document = DocumentRecord.objects.select_for_update().get(pk=document_id)
        log = log_from_json(document.log)
        if document.state != "read":
            raise Stale(_("这份文件已经确认成方案，不能再改草案。请刷新页面，看确认后的方案。"))
        plan = revise_plan(plan_from_json(document.plan or {}), document.answers, log.edits()).plan
        nouns = nouns_of(plan)
        if any(id in nouns and fingerprint(nouns[id]) != mark for id, mark in seen.items() if id in touched(edit)):
            raise Stale(_("您打开页面以后，别人改了这一条，您的修改还没有保存。两边的内容都在下面，请核对后再存。"))
        if any(id not in nouns for id in seen):
            raise NotThere(_("您打开页面以后，这一条已经被删去、合并或撤销，您的修改没有地方可存。请回导入页看现在的方案。"))
        changed = change_plan(plan, edit)
        if changed == plan:
            return document
        words = step_words(plan, edit)
        log = log.with_step(Step(who.name, at.isoformat(), words, edit))
        document.log = log_to_json(log)
        document.save(update_fields=["log"])
        entry.about, entry.list_id = f"document:{document.pk}", document.list_id
        entry.detail = {"step": log.done, "words": words, **edit_to_json(edit)}
    return document
