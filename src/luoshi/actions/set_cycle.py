"""Set when reports are due「改报送安排」: a cycle of one promise, another day for one period, the day from which reports are asked for.

In: who, the list, what. Out: nothing; `CycleRefused` with what is wrong. Marks that reports have already stay as they are.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from luoshi.actions.writing import writing
from luoshi.lexicon.written import day
from luoshi.store.models import CycleRecord, ListRecord, OfficeChoiceRecord
from luoshi.store.queries.office import presets_of
from luoshi.store.queries.windows import windows_of_list
from luoshi.store.who import Who


class CycleRefused(Exception):
    """「安排未过」 problems: field → words; the key `all` belongs to no field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("；".join(problems.values()))
        self.problems = problems


def set_cycle(who: Who, at: datetime, list_id: int, promise_id: str, cycle: str) -> None:
    """cycle: the name of a preset; empty: that of the list again."""
    with writing(who, "cycle.set", at, right="supervise", list_id=list_id) as entry:
        held = ListRecord.objects.select_for_update().get(pk=list_id)
        if cycle and cycle not in presets_of(held).cycles:
            raise CycleRefused({"cycle": _("没有这种报送周期。请从列出的里面选。")})
        kept = CycleRecord.objects.filter(list=held, promise_id=promise_id, period="").first()
        before = kept.cycle if kept else ""
        if kept and not cycle:
            kept.delete()
        elif cycle:
            CycleRecord.objects.update_or_create(list=held, promise_id=promise_id, period="", defaults={"cycle": cycle})
        entry.about, entry.detail = f"list:{list_id}", {"promise": promise_id, "cycle": [before, cycle]}


def except_period(who: Who, at: datetime, list_id: int, promise_id: str, period: str, due_on: date, reason: str) -> None:
    """Another due day for one period, of one promise or (promise_id empty) of the whole list; those who report see the reason."""
    with writing(who, "cycle.except", at, right="supervise", list_id=list_id) as entry:
        held = ListRecord.objects.select_for_update().get(pk=list_id)
        window = windows_of_list(held).window(promise_id, period)
        problems = {}
        if window is None:
            problems["period"] = _("没有“%(period)s”这一期。按月写成2019-10，按季2019-Q4，半年2019-H2，全年2019。") % {"period": period}
        elif due_on < window.first_day:
            problems["due_on"] = _("截止日%(due)s早于这一期开始的%(first)s。") % {"due": day(due_on), "first": day(window.first_day)}
        if not reason.strip():
            problems["reason"] = _("没有写为什么改。填报的人会看到，例如“国庆假期顺延”。")
        if problems:
            raise CycleRefused(problems)
        before = CycleRecord.objects.filter(list=held, promise_id=promise_id, period=period).values_list("due_on", flat=True).first()
        CycleRecord.objects.update_or_create(list=held, promise_id=promise_id, period=period, defaults={"due_on": due_on, "reason": reason.strip()})
        entry.about = f"list:{list_id}"
        entry.detail = {"promise": promise_id, "period": period, "due_on": [str(before) if before else None, str(due_on)], "reason": reason.strip()}


def drop_exception(who: Who, at: datetime, list_id: int, exception_id: int) -> None:
    """Its period is due again as the cycle says."""
    with writing(who, "cycle.drop", at, right="supervise", list_id=list_id) as entry:
        ListRecord.objects.select_for_update().get(pk=list_id)
        kept = CycleRecord.objects.exclude(period="").get(list_id=list_id, pk=exception_id)
        entry.about, entry.detail = f"list:{list_id}", {"promise": kept.promise_id, "period": kept.period, "due_on": [str(kept.due_on), None]}
        kept.delete()


def set_start(who: Who, at: datetime, list_id: int, starts_on: date | None) -> None:
    """Periods that were due before that day are not asked for; None: from the day on which the list was made."""
    with writing(who, "cycle.start", at, right="supervise", list_id=list_id) as entry:
        held = ListRecord.objects.select_for_update().get(pk=list_id)
        office, _made = OfficeChoiceRecord.objects.get_or_create(list=held)
        entry.about, entry.detail = f"list:{list_id}", {"starts_on": [str(office.starts_on), str(starts_on)]}
        office.starts_on = starts_on
        office.save(update_fields=["starts_on"])
