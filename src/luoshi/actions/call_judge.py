"""Ask one more judge into an open round「加请评委」. In: who, the round, the person, their unit. Out: `JudgeRecord`. Raises StepRefused, Stale."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.open_round import give_sheets
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.writing import writing
from luoshi.store.models import JudgeRecord, RoundRecord
from luoshi.store.queries.rounds import ExpertKnown, at_hand, experts_known, judges_at_hand
from luoshi.store.who import Who


def call_judge(who: Who, at: datetime, round_id: int, person_id: int, unit: str) -> JudgeRecord:
    """With a sheet for every subject, as those who were asked at the beginning."""
    with writing(who, "round.call", at, right="hold_round") as entry:
        held = RoundRecord.objects.select_for_update(of=("self",)).select_related("list").get(pk=round_id)
        if held.locked_at is not None:
            raise Stale(_("这一轮已经锁定，不能再加评委。"))
        rubric = at_hand(held).rubric
        if person_id not in {one.person.pk for one in judges_at_hand(held.list, rubric)}:
            raise StepRefused({"person": _("请选一名在评委岗位上的人。")})
        if held.judges.filter(person_id=person_id).exists():
            raise StepRefused({"person": _("这名评委已经在这一轮里。")})
        if not unit.strip():
            raise StepRefused({"unit": _("评委的单位要写明：同一单位的要回避。")})
        place = held.judges.count() + 1
        code = f"评委{place}" if held.number == 1 else f"第{held.number}轮评委{place}"
        judge = JudgeRecord.objects.create(round=held, person_id=person_id, code=code, unit=unit.strip())
        give_sheets(judge, list(held.subjects.all()), experts_known(held.list, rubric).get(judge.person.username.lower(), ExpertKnown()))
        entry.about, entry.list_id, entry.detail = f"round:{held.pk}", held.list_id, {"judge": code}
    return judge
