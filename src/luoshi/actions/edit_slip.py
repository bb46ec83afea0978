"""Reword a slip that has not gone out「改督办单草稿」. In: who, which, the words, the revision seen. Out: `CaseRecord`.
Raises NotAllowed, Stale, StepRefused."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from luoshi.actions.case_data import checked_data
from luoshi.actions.open_case import CaseText, check_case
from luoshi.actions.stale import Stale
from luoshi.actions.writing import writing
from luoshi.store.models import CaseRecord
from luoshi.store.who import Who

WORDS = ("title", "text", "organ_id", "due_on", "weight", "clock")


def edit_slip(who: Who, at: datetime, today: date, case_id: int, text: CaseText, revision: int) -> CaseRecord:
    """Once it is out, it is changed by steps that everybody sees."""
    seen = CaseRecord.objects.get(pk=case_id, kind="slip")
    with writing(who, "slip.edit", at, right="supervise", list_id=seen.list_id) as entry:
        case = CaseRecord.objects.select_for_update().get(pk=case_id)
        if case.revision != revision or case.state != "draft":
            raise Stale(_("您打开页面以后，这份督办单已经改过或者发出。请看清楚现在的内容；您写的字还在下面。"))
        check_case(text, today)
        before = {name: str(getattr(case, name)) for name in WORDS}
        for name in WORDS:
            setattr(case, name, getattr(text, name))
        case.data = {**case.data, **{name: "" for name in text.data}, **checked_data("slip", text.data)}
        case.revision, case.changed_at = case.revision + 1, at
        case.save()
        case.support.set(text.support_ids)
        after = {name: str(getattr(case, name)) for name in WORDS}
        entry.about = f"case:{case.pk}"
        entry.detail = {name: [before[name], after[name]] for name in WORDS if before[name] != after[name]}
    return case
