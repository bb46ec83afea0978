"""What steps change in a matter from outside「来件」: its number, its last day, which clocks stand still. In: the matter, what was given, the day.

open_case and take_step call it. The days themselves are reckoned from the steps (supervision/incoming.py); only the day that counts is kept.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext as _

from luoshi.actions.step_refused import StepRefused
from luoshi.store.models import CaseRecord
from luoshi.store.queries.incomings import IncomingSeen, kinds_of, seen_of
from luoshi.supervision.incoming import pauses_of
from luoshi.supervision.numbering import number_of

if TYPE_CHECKING:
    from luoshi.actions.take_step import Given

SCHEME = "来〔｛年｝〕｛号｝号"


def check_incoming(kinds: frozenset[str], kind: str, organ_id: int | None) -> None:
    """Whoever asks gets a number, an owner and a day at once: without a kind there is no day, without a unit no owner."""
    problems = {}
    if kind not in kinds:
        problems["incoming"] = _("没有选来件类别，定不了时限。请选一类。")
    if organ_id is None:
        problems["organ"] = _("没有写由谁办。请选一个单位。")
    if problems:
        raise StepRefused(problems)


def number_incoming(case: CaseRecord) -> None:
    """Numbered when it comes in; the list's row is locked by then."""
    check_incoming(frozenset(kind.incoming for kind in kinds_of(case.list)), case.data.get("incoming", ""), case.organ_id)
    held = CaseRecord.objects.filter(list_id=case.list_id, kind=case.kind, year=case.year).aggregate(last=Max("serial"))
    case.serial = (held["last"] or 0) + 1
    case.number = number_of(SCHEME, case.year, case.serial)


def keep_due(case: CaseRecord, today: date) -> None:
    """The day that counts now, after the step was kept."""
    case.due_on = _seen(case, today).due_on
    case.save()


def check_pause(case: CaseRecord, given: Given, today: date) -> None:
    """Only for what a running clock allows."""
    allowed = pauses_of(_seen(case, today).parts)
    if given.text.strip() not in allowed:
        raise StepRefused({"text": _("不能因此暂停计时；可以暂停的是：%(allowed)s。") % {"allowed": "、".join(allowed) or _("没有可以暂停的事由")}})


def check_part(case: CaseRecord, given: Given, today: date) -> None:
    """One of the clocks that run now."""
    running = {part.preset.clock for part in _seen(case, today).parts if part.is_running}
    if given.data.get("clock") not in running:
        raise StepRefused({"clock": _("请选现在正在办的环节。")})


def _seen(case: CaseRecord, today: date) -> IncomingSeen:
    return seen_of(case.list, case, tuple(case.steps.all()), today)
