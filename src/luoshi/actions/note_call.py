"""Note what was said in a call「记一笔」. In: who, the list, what it was about, the words. Out: nothing; it stands in the journal, and in the
course of the matter where it was about one. Raises NotAllowed, StepRefused."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from luoshi.actions.step_refused import StepRefused
from luoshi.actions.writing import writing
from luoshi.store.models import CaseRecord, CaseStepRecord
from luoshi.store.who import Who

LONGEST = 500


def note_call(who: Who, at: datetime, today: date, list_id: int, subject: str, unit: str, text: str) -> None:
    """subject: as on the Monday list (`item:9.1`, `case:12`). A note moves nothing on."""
    with writing(who, "call.note", at, right="supervise", list_id=list_id) as entry:
        text = text.replace("\0", "").strip()
        if not text or len(text) > LONGEST:
            raise StepRefused({"text": _("没有写。请写一两句：谁答的、怎么说、什么时候再问。") if not text else _("太长了，请写在500字以内。")})
        kind, _colon, key = subject.partition(":")
        entry.about, entry.detail = f"list:{list_id}", {"subject": subject[:200], "unit": unit[:100], "text": text}
        case = CaseRecord.objects.filter(list_id=list_id, pk=int(key)).first() if kind == "case" and key.isdecimal() and len(key) < 10 else None
        if case is not None:
            entry.about = f"case:{case.pk}"
            CaseStepRecord.objects.create(case=case, act="note", from_state=case.state, to_state=case.state, on=today, at=at, by_id=who.person_id,
                                          text=text)
