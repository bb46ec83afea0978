"""The plan line「计划线」: what should have been reached by a day. In: a stated plan, a date. Out: a number, or None."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from luoshi.pack.binding_spec import Binding, PlanLine
from luoshi.plan.breakdown import Breakdown, adds_up, quarter_ends
from luoshi.plan.plan import Plan


def share_of_year(day: date) -> Decimal:
    """How much of the year is over, by months as bulletins count it: 30 September is 9/12, 15 April 3.5/12."""
    return (day.month - 1 + Decimal(day.day) / monthrange(day.year, day.month)[1]) / 12


def planned_by(plan: PlanLine, target: Decimal, day: date, year: int) -> Decimal | None:
    """What the plan asks by that day, in the target's unit; None where the plan says nothing yet.

    linear: in proportion to the months gone. months: what is stated for the last month that has ended. Before the list's year
    nothing is due, after it everything."""
    if day >= date(year, 12, 31):
        return target
    if day < date(year, 1, 1):
        return None
    if plan.linear:
        start = Decimal(str(plan.start))
        return start + (target - start) * share_of_year(day)
    ended = [m for m in plan.months if date(year, m, monthrange(year, m)[1]) <= day]
    return Decimal(str(plan.months[max(ended)])) if ended else None


def with_plan_lines(plan: Plan, bindings: Mapping[str, Binding], shares: Mapping[str, Breakdown]) -> dict[str, Binding]:
    """Where the pack states no plan line, or only a straight one, the quarters agreed on are it. shares: by id of the target."""
    lined = dict(bindings)
    for _, _, target in plan.targets():
        binding = bindings.get(target.id)
        if binding is None or target.id not in shares or (binding.plan and not binding.plan.linear):
            continue
        ends = quarter_ends(shares[target.id], adds_up(target, binding.run)[0])
        if ends:
            lined[target.id] = binding.model_copy(update={"plan": PlanLine(months={month: float(value) for month, value in ends.items()})})
    return lined
