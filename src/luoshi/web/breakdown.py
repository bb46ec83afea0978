"""指标分解：谁担多少，各季度到多少，加起来对不对？ The shares of one target over units and quarters, their sum, the remainder, and the form."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.break_down import CannotBreakDown, break_down
from luoshi.actions.stale import Stale
from luoshi.lexicon.written import quantity
from luoshi.plan.breakdown import Breakdown, Quarters, Run, UnitShare, check_breakdown
from luoshi.plan.target import Target
from luoshi.status.stand import Item, unit_of
from luoshi.store.clock import now
from luoshi.store.queries.breakdown import BreakdownAtHand, breakdown_of, unit_names
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.story import tell_list
from luoshi.web.day import ask_day
from luoshi.web.guard import page

SPARE, MOST, UNIT_LENGTH = 4, 60, 80


@dataclass(frozen=True, slots=True)
class ShareRow:
    """「份额行」 One line of the form as it was typed; problem: what is wrong with it."""

    unit: str
    value: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """「所填」 The form as it was typed: rows of units, then the four quarters."""

    rows: tuple[ShareRow, ...]
    quarters: tuple[ShareRow, ...]

    @property
    def is_good(self) -> bool:
        """No line has a problem."""
        return not any(row.problem for row in (*self.rows, *self.quarters))


@page("confirm_plan")
def breakdown(request: Any, list_id: int, target_id: str) -> HttpResponse:
    """`do` says whether to save, to check the sums only, or to give more rows."""
    record = the_list(request.who, list_id)
    told = tell_list(record, ask_day(request)[1])
    item = next((i for i in told.items if i.promise.id == target_id and isinstance(i.promise, Target)), None) if told else None
    if item is None:
        raise Http404
    at_hand = breakdown_of(record, target_id)
    if request.method != "POST":
        return _page(request, record, item, at_hand, _typed_of(at_hand.shares))
    typed, do = _typed_in(request.POST), request.POST.get("do", "save")
    if not typed.is_good:
        return _page(request, record, item, at_hand, typed, _("有几处填的不是数，没有保存。请改过再存。"), 422)
    if do != "save":
        return _page(request, record, item, at_hand, typed, spare=SPARE * 3 if do == "more" else SPARE)
    try:
        break_down(request.who, now(), list_id, target_id, _shares(typed), _run(item), _number(request.POST.get("expected")))
    except CannotBreakDown as wrong:
        return _page(request, record, item, at_hand, typed, str(wrong), 422)
    except Stale as stale:
        return _page(request, record, item, at_hand, typed, str(stale), 409)
    messages.success(request, _("分解已保存。"))
    return redirect("target", list_id=list_id, target_id=target_id)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else -1


def _run(item: Item) -> Run | None:
    return item.binding.run if item.binding else None


def _typed_of(shares: Breakdown) -> Typed:
    return Typed(tuple(ShareRow(s.unit, f"{s.value:f}") for s in shares.units),
                 tuple(ShareRow("", "" if q is None else f"{q:f}") for q in shares.quarters))


def _typed_in(form: Any) -> Typed:
    pairs = list(zip(form.getlist("unit"), form.getlist("value"), strict=False))[:MOST]
    rows = tuple(_row(" ".join(unit.split()), value.strip()) for unit, value in pairs if unit.strip() or value.strip())
    quarters = [*form.getlist("quarter"), "", "", "", ""][:4]
    return Typed(rows, tuple(ShareRow("", q.strip(), _problem(q.strip()) if q.strip() else "") for q in quarters))


def _row(unit: str, value: str) -> ShareRow:
    if not unit:
        return ShareRow(unit, value, _("请写单位或县（市、区）的名称。"))
    if len(unit) > UNIT_LENGTH:
        return ShareRow(unit, value, _("名称不能超过%(n)s字。") % {"n": UNIT_LENGTH})
    return ShareRow(unit, value, _problem(value))


def _problem(value: str) -> str:
    return "" if _decimal(value) is not None else _("请写一个数，如 12.5，不带单位，最多12位整数、4位小数。")


def _decimal(value: str) -> Decimal | None:
    try:
        read = Decimal(value.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    if not read.is_finite() or abs(read) >= 10**12 or read != round(read, 4):
        return None
    return read


def _shares(typed: Typed) -> Breakdown:
    units = tuple(UnitShare(row.unit, _decimal(row.value) or Decimal(0)) for row in typed.rows)
    first, second, third, fourth = (_decimal(row.value) if row.value else None for row in typed.quarters)
    quarters: Quarters = (first, second, third, fourth)
    return Breakdown(units, quarters)


def _page(request: Any, record: Any, item: Item, at_hand: BreakdownAtHand, typed: Typed, problem: str = "", status: int = 200,
          spare: int = SPARE) -> HttpResponse:
    target = item.promise
    assert isinstance(target, Target)
    checked = check_breakdown(target, _run(item), _shares(typed)) if typed.is_good else None
    rows = [*typed.rows, *[ShareRow("", "")] * max(0, min(spare, MOST - len(typed.rows)))]
    return render(request, "breakdown/breakdown.html", {
        "list": record, "item": item, "asked": quantity(target.op, target.value, target.value2, unit_of(target)), "unit": unit_of(target),
        "at_hand": at_hand, "rows": rows, "quarters": typed.quarters, "checked": checked, "problem": problem, "units": unit_names(),
        "has_line": bool(item.binding and item.binding.plan and not item.binding.plan.linear and not at_hand.number)}, status=status)


urlpatterns = [path("lists/<int:list_id>/targets/<str:target_id>/breakdown/", breakdown, name="breakdown")]
