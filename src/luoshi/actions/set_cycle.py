"""Set when reports are due「改报送安排」: a cycle of one promise, another day for one period, the day from which reports are asked for.

In: who, the list, what, and what the form was made from (None: no form). Out: nothing; `CycleRefused` with what is wrong, `Stale` where
somebody else was faster. Marks that reports have already stay as they are.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from luoshi.actions.choose_office import refuse_stale
from luoshi.actions.fit_ceiling import must_fit_added
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.writing import writing
from luoshi.lexicon.written import day
from luoshi.store.clock import told_at
from luoshi.store.models import CycleRecord, ListRecord, OfficeChoiceRecord
from luoshi.store.queries.cycles import added_by, cycle_lines
from luoshi.store.queries.office import office_of, presets_of
from luoshi.store.queries.story import tell_list
from luoshi.store.queries.windows import windows_of_list
from luoshi.store.reporting import is_settled
from luoshi.store.who import Who


class CycleRefused(Exception):
    """「安排未过」 problems: field → words; the key `all` belongs to no field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("；".join(problems.values()))
        self.problems = problems


def set_cycle(who: Who, at: datetime, list_id: int, promise_id: str, cycle: str, seen: str | None = None, over: bool = False) -> None:
    """cycle: the name of a preset; empty: that of the list again. seen: the promise's own cycle as the page showed it. over: more than the
    office's ceiling is wanted all the same."""
    with writing(who, "cycle.set", at, right="supervise", list_id=list_id) as entry:
        held = ListRecord.objects.select_for_update().get(pk=list_id)
        if cycle and cycle not in presets_of(held).cycles:
            raise CycleRefused({"cycle": _("没有这种报送周期。请从列出的里面选。")})
        kept = CycleRecord.objects.filter(list=held, promise_id=promise_id, period="").first()
        before = kept.cycle if kept else ""
        if seen is not None and seen != before:
            now = presets_of(held).cycles[before].title if before in presets_of(held).cycles else _("按清单")
            raise Stale(_("您打开页面以后，有人改过这一项的周期：现在是“%(now)s”。请看清楚再改。") % {"now": now})
        _must_fit(held, told_at(at).date(), promise_id, cycle, over)
        if kept and not cycle:
            kept.delete()
        elif cycle:
            CycleRecord.objects.update_or_create(list=held, promise_id=promise_id, period="", defaults={"cycle": cycle})
        entry.about, entry.detail = f"list:{list_id}", {"promise": promise_id, "cycle": [before, cycle]}
        entry.detail |= {"over_ceiling": True} if over else {}


def _must_fit(held: ListRecord, today: date, promise_id: str, cycle: str, over: bool) -> None:
    """Nothing is counted where the office set no ceiling."""
    told = tell_list(held, today) if office_of(held).ceiling is not None else None
    windows = windows_of_list(held)
    line = next((each for each in cycle_lines(held, told, windows) if each.item.promise.id == promise_id), None) if told else None
    if told is None or line is None:
        return
    try:
        must_fit_added(held, added_by(held, told, line, windows.cycles.get(cycle, windows.list_cycle)), over)
    except StepRefused as refused:
        raise CycleRefused(refused.problems) from refused


def except_period(who: Who, at: datetime, list_id: int, promise_id: str, period: str, due_on: date, reason: str) -> None:
    """Another due day for one period, of one promise or (promise_id empty) of the whole list; those who report see the reason."""
    with writing(who, "cycle.except", at, right="supervise", list_id=list_id) as entry:
        held = ListRecord.objects.select_for_update().get(pk=list_id)
        problems = _window_problems(held, promise_id, period, due_on)
        if not reason.strip():
            problems["reason"] = _("没有写为什么改。填报的人会看到，例如“国庆假期顺延”。")
        if problems:
            raise CycleRefused(problems)
        CycleRecord.objects.create(list=held, promise_id=promise_id, period=period, due_on=due_on, reason=reason.strip())
        entry.about = f"list:{list_id}"
        entry.detail = {"promise": promise_id, "period": period, "due_on": [None, str(due_on)], "reason": reason.strip()}


def _window_problems(held: ListRecord, promise_id: str, period: str, due_on: date) -> dict[str, str]:
    """Another's exception is not written over: it is taken away first, by somebody who has read its reason."""
    window = windows_of_list(held).window(promise_id, period)
    if window is None:
        return {"period": _("没有“%(period)s”这一期。按月写成2019-10，按季2019-Q4，半年2019-H2，全年2019。") % {"period": period}}
    if is_settled(period, held.settled_to):
        return {"period": _("这一期已经月结，截止日不能再改。")}
    kept = CycleRecord.objects.filter(list=held, promise_id=promise_id, period=period).first()
    if kept is not None and kept.due_on is not None:
        return {"period": _("这一期已经改到%(due)s（%(reason)s）。要再改，请先去掉那一条。") % {"due": day(kept.due_on), "reason": kept.reason}}
    if due_on < window.first_day:
        return {"due_on": _("截止日%(due)s早于这一期开始的%(first)s。") % {"due": day(due_on), "first": day(window.first_day)}}
    return {}


def drop_exception(who: Who, at: datetime, list_id: int, exception_id: int) -> None:
    """Its period is due again as the cycle says."""
    with writing(who, "cycle.drop", at, right="supervise", list_id=list_id) as entry:
        ListRecord.objects.select_for_update().get(pk=list_id)
        kept = CycleRecord.objects.exclude(period="").filter(list_id=list_id, pk=exception_id).first()
        if kept is None:
            raise Stale(_("这一条改期刚才有人去掉了。"))
        entry.about, entry.detail = f"list:{list_id}", {"promise": kept.promise_id, "period": kept.period, "due_on": [str(kept.due_on), None]}
        kept.delete()


def set_start(who: Who, at: datetime, list_id: int, starts_on: date | None, seen: int | None = None) -> None:
    """Periods that were due before that day are not asked for; None: from the day on which the list was made. seen: revision of the choices."""
    with writing(who, "cycle.start", at, right="supervise", list_id=list_id) as entry:
        held = ListRecord.objects.select_for_update().get(pk=list_id)
        office = OfficeChoiceRecord.objects.filter(list=held).first() or OfficeChoiceRecord(list=held)
        refuse_stale(office, seen)
        entry.about, entry.detail = f"list:{list_id}", {"starts_on": [str(office.starts_on), str(starts_on)]}
        office.starts_on, office.revision = starts_on, office.revision + 1
        office.save()
