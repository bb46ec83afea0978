"""Keep the answers to a document's questions as they are given「作答」, before anybody confirms. In: answers. Out: `DocumentRecord`."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.stale import Stale
from luoshi.actions.writing import writing
from luoshi.plan.restore import plan_from_json
from luoshi.plan.settle import check_answers
from luoshi.store.models import DocumentRecord
from luoshi.store.who import Who


def answer_document(who: Who, at: datetime, document_id: int, answers: dict[str, str]) -> DocumentRecord:
    """answers: those that the form showed, "" for one taken back; answers to other questions stay. Raises Stale, NotAnAnswer."""
    with writing(who, "document.answer", at, right="import_document") as entry:
        document = DocumentRecord.objects.select_for_update().get(pk=document_id)
        if document.state != "read":
            raise Stale(_("这份文件已经确认成方案，答案不能再改。请刷新页面，看确认后的方案。"))
        kept = {key: answer for key, answer in {**document.answers, **answers}.items() if answer}
        check_answers(plan_from_json(document.plan or {}), kept)
        changed = {key: kept.get(key, "") for key in kept.keys() | document.answers.keys() if kept.get(key) != document.answers.get(key)}
        document.answers = kept
        document.save(update_fields=["answers"])
        entry.about, entry.list_id, entry.detail = f"document:{document.pk}", document.list_id, {"answers": changed}
    return document
