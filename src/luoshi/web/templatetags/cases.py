"""Matters in templates: `{% load cases %}`. In: codes of blockers, steps. Out: words, and the way of a matter as a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext

from luoshi.actions.case_data import BLOCKER_CATEGORIES, BLOCKER_LEVELS
from luoshi.lexicon.written import day, number
from luoshi.supervision.course import BLOCKER

register = template.Library()
MAIN: tuple[tuple[str, tuple[str, ...]], ...] = (("提出", ("raised",)), ("核实分派", ("triaged",)), ("会商", ("consulting",)),
                                                 ("领导决定", ("escalated", "decided")), ("答复", ("solved",)), ("确认", ("closed",)))
"""The stations of the line: words, states that stand at them."""


@register.filter
def blocker_level(code: str | None) -> str:
    """cross_province → 跨省."""
    return gettext(BLOCKER_LEVELS[code]) if code in BLOCKER_LEVELS else "—"


@register.filter
def blocker_category(code: str | None) -> str:
    """land → 用地."""
    return gettext(BLOCKER_CATEGORIES[code]) if code in BLOCKER_CATEGORIES else "—"


@register.filter
def of_promise(held: Mapping[str, tuple[Any, ...]], promise_id: str) -> tuple[Any, ...]:
    """What hangs on a target or milestone."""
    return held.get(promise_id, ())


@register.filter
def iso_day(written: str) -> date:
    """2019-10-08, as JSON keeps a day."""
    return date.fromisoformat(written)


@register.filter
def blocker_act(code: str) -> str:
    """consult → 提交会商."""
    return gettext(BLOCKER.acts[code])


@register.filter
def blocker_state(code: str) -> str:
    """solved → 已答复，待提出单位确认."""
    return gettext(BLOCKER.states[code])


@register.filter
def course_line(case: Any, steps: Any) -> list[tuple[str, date | None, str]]:
    """Stations with the day they were reached: gone, here, skipped, or to come. What left the line (explained, merged) ends it."""
    return list(_stations(case, steps))


def _stations(case: Any, steps: Any) -> Iterator[tuple[str, date | None, str]]:
    reached = {step.to_state: step.on for step in steps}
    stations = MAIN
    if case.state in ("explained", "merged"):
        last = ("解释说明" if case.state == "explained" else "并入", (case.state,))
        stations = (*(one for one in MAIN[:4] if any(state in reached for state in one[1])), last)
    at = next(place for place, (_words, states) in enumerate(stations) if case.state in states)
    for place, (words, states) in enumerate(stations):
        on = max((reached[state] for state in states if state in reached), default=None)
        yield words, on if place <= at else None, "here" if place == at else "next" if place > at else "gone" if on else "skipped"


@register.filter
def decimal(written: str) -> Decimal:
    """1450, as JSON keeps a number."""
    return Decimal(written)


@register.filter
def change_from(case: Any) -> str:
    """6,000亩、2019年12月31日."""
    data = case.data
    parts = [number(Decimal(data["value_from"]), 4) + data.get("unit", "")] if data.get("value_to") and data.get("value_from") else []
    parts += [day(date.fromisoformat(data["due_from"]))] if data.get("due_to") and data.get("due_from") else []
    return "、".join(parts) or "—"


@register.filter
def change_to(case: Any) -> str:
    """5,000亩、追赶计划3个月."""
    data = case.data
    parts = [number(Decimal(data["value_to"]), 4) + data.get("unit", "")] if data.get("value_to") else []
    parts += [day(date.fromisoformat(data["due_to"]))] if data.get("due_to") else []
    parts += [f"追赶计划{len(data['curve'])}个月"] if data.get("curve") else []
    return "、".join(parts) or "—"


@register.filter
def found_amount(item: Any) -> Decimal | None:
    """What was seen of a claim: all of it, nothing, or the number that was written; None while nobody has looked."""
    if item.result == "true":
        return item.amount if item.found is None else Decimal(item.found)
    return Decimal(0) if item.result == "false" and item.found is None and item.amount is not None else item.found


@register.filter
def may_raise(who: Any, report: Any) -> bool:
    """Whether the person may make a blocker of what this report asks; a draft is still its writer's."""
    return who is not None and getattr(report, "pk", None) is not None and report.state != "draft" and who.may("raise_case", report.organ_id)
