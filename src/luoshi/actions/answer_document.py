"""Keep the answers to a document's questions as they are given「作答」, before anybody confirms. In: answers. Out: `DocumentRecord`."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.stale import Stale
from luoshi.actions.writing import writing
from luoshi.plan.plan import Plan
from luoshi.plan.restore import plan_from_json
from luoshi.plan.settle import check_answers
from luoshi.plan.step_log import Step, answered, log_from_json, log_to_json
from luoshi.store.models import DocumentRecord
from luoshi.store.who import Who

SHOWN = 30


def answer_document(who: Who, at: datetime, document_id: int, answers: dict[str, str], seen: dict[str, str] | None = None) -> DocumentRecord:
    """answers: those that the form showed, "" for one taken back; answers to other questions stay. seen: what the form showed as given:
    an answer that is as it was shown changes nothing. Raises Stale where another person answered meanwhile, NotAnAnswer."""
    with writing(who, "document.answer", at, right="import_document") as entry:
        document = DocumentRecord.objects.select_for_update().get(pk=document_id)
        if document.state != "read":
            raise Stale(_("这份文件已经确认成方案，答案不能再改。请刷新页面，看确认后的方案。"))
        plan = plan_from_json(document.plan or {})
        changed = _changed(document.answers, answers, seen or {})
        check_answers(plan, {key: after for key, _before, after in changed if after})
        if changed:
            step = Step(who.name, at.isoformat(), answer_words(plan, changed), answers=changed)
            document.answers = answered(document.answers, step)
            document.log = log_to_json(log_from_json(document.log).with_step(step))
            document.save(update_fields=["answers", "log"])
        entry.about, entry.list_id = f"document:{document.pk}", document.list_id
        entry.detail = {"answers": {key: after for key, _before, after in changed}}
    return document


def _changed(kept: dict[str, str], answers: dict[str, str], seen: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    changed = []
    for key, after in answers.items():
        before = kept.get(key, "")
        if after in {before, seen.get(key)}:
            continue
        if key in seen and seen[key] != before:
            raise Stale(_("您打开页面以后，别人已经答了这个问题，答案和您的不一样；您的还没有保存。请看清楚再答。"))
        changed.append((key, before, after))
    return tuple(changed)


def answer_words(plan: Plan, changed: tuple[tuple[str, str, str], ...]) -> str:
    """答“分母是什么…”：不设指标."""
    key, _before, after = changed[0]
    question = next((f for f in plan.findings if f.key == key), None)
    chosen = next((a.text for a in question.answers if a.key == after), after.partition("|")[2]) if question and after else "不答了"
    asked = question.message if question else key
    said = f"答“{asked[:SHOWN]}{'…' if len(asked) > SHOWN else ''}”：{chosen[:SHOWN]}"
    return f"{said}，另有{len(changed) - 1}个问题" if len(changed) > 1 else said
