"""A checklist as a graph: what is still missing, after what, and whether the day can be met. In: an `EarliestStart`. Out: a `Figure`: days to spare.

An item that is done stands at its day; one that is not begins when everything that it requires is done, on the as-of day at the earliest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from luoshi.indicator.at_hand import Cells, no_rows, row_of, take
from luoshi.indicator.figure import Figure
from luoshi.indicator.moment import Moment, write_day
from luoshi.lexicon.workday import WorkCalendar
from luoshi.pack.indicator_spec import Condition, EarliestStart
from luoshi.pack.pack import Pack
from luoshi.provenance import Because, Row
from luoshi.register.warehouse import Warehouse


class Tangled(ValueError):
    """「前置成圈」 Items that wait for each other, or for one that is not on the list. str(error) is the Chinese message."""


@dataclass(frozen=True, slots=True)
class Ends:
    """「办结日」 of one item: day; after: the item that it waited for last, if any; done: it is behind us."""

    day: date
    after: str | None
    done: bool


def measure_earliest(pack: Pack, warehouse: Warehouse, spec: EarliestStart, moment: Moment) -> Figure:
    """「最早可能日」 Deadline less the earliest day on which everything can be done."""
    conditions = tuple(one for one in spec.where if isinstance(one, Condition))
    at_hand = take(pack, warehouse, spec.register_name, conditions, spec.counts_from, moment)
    deadline = date.fromisoformat(spec.deadline)
    items = {str(cells[spec.item]): cells for cells in at_hand.rows}
    try:
        ends, tangled = _ends(spec, items, moment.as_of, pack.calendar), ""
    except Tangled as wrong:     # somebody wrote a wrong name into a row: the figure says so, the page stays
        ends, tangled = {}, f"排不出先后：{wrong}。请更正那一行的前置项。"
    chain = critical_chain(ends)
    rows = tuple(_row(spec, cells, ends[name], chain, deadline) for name, cells in items.items() if name in ends)
    left = tuple(row_of(cells, at_hand.spec, (spec.done,), why) for cells, why in at_hand.left)
    last = max((end.day for end in ends.values()), default=moment.as_of)
    missing = no_rows(spec, at_hand) or tangled
    rule = _rule(spec, moment, chain, last, deadline)
    because = Because(rule, spec.scope, f"台账“{at_hand.spec.title}”，共{at_hand.looked}项", rows, left, len(rows), len(left))
    return Figure(spec.indicator, spec.title, spec.figure_class, spec.unit, spec.decimals, moment.as_of, moment.as_of,
                  "no_facts" if missing else "known", None if missing else Decimal((deadline - last).days), because, missing=missing)


def _rule(spec: EarliestStart, moment: Moment, chain: tuple[str, ...], last: date, deadline: date) -> str:
    counted = "工作日" if spec.calendar == "workdays" else "自然日"
    longest = f"最长的一串是{'→'.join(chain)}" if chain else "全部已办结"
    days, end = (deadline - last).days, write_day(deadline)
    verdict = f"比{end}晚{-days}天，已不可能按期" if days < 0 else f"离{end}还有{days}天"
    return f"排先后：从{moment}起，未办的各项按前置关系和所需{counted}接着办，{longest}，最早{write_day(last)}办完，{verdict}"


def _ends(spec: EarliestStart, items: Mapping[str, Cells], today: date, calendar: WorkCalendar) -> dict[str, Ends]:
    ends: dict[str, Ends] = {}
    open_now: list[str] = []

    def end_of(name: str) -> Ends:
        if name in ends:
            return ends[name]
        if name not in items:
            raise Tangled(f"前置项“{name}”不在清单里（在“{open_now[-1]}”的前置里写到）")
        if name in open_now:
            raise Tangled(f"前置关系成了圈：{'→'.join((*open_now[open_now.index(name):], name))}")
        open_now.append(name)
        cells = items[name]
        before = {one: end_of(one) for one in required(cells[spec.requires])}
        open_now.pop()
        done = cells[spec.done]
        if done is not None and done <= today:
            ends[name] = Ends(done, None, True)
        else:
            waited = max(before, key=lambda one: before[one].day, default=None)
            start = max([today, *(end.day for end in before.values())])
            days = int(cells[spec.days] or 0)
            day = calendar.after(start, days).day if spec.calendar == "workdays" else start + timedelta(days=days)
            ends[name] = Ends(day, waited if waited is not None and not before[waited].done else None, False)
        return ends[name]

    for name in items:
        end_of(name)
    return ends


def required(written: object) -> tuple[str, ...]:
    """「前置项」 Names separated by 、."""
    return tuple(one.strip() for one in str(written or "").replace("；", "、").split("、") if one.strip())


def critical_chain(ends: Mapping[str, Ends]) -> tuple[str, ...]:
    """「最长的一串」 From the first open item to the one that ends last; empty where all are done."""
    waiting = {name: end for name, end in ends.items() if not end.done}
    if not waiting:
        return ()
    chain = [max(waiting, key=lambda name: waiting[name].day)]
    while (before := ends[chain[-1]].after) is not None:
        chain.append(before)
    return tuple(reversed(chain))


def _row(spec: EarliestStart, cells: Cells, end: Ends, chain: tuple[str, ...], deadline: date) -> Row:
    name = str(cells[spec.item])
    on_chain = "，在最长的一串上" if name in chain else ""
    late = f"，比{write_day(deadline)}晚{(end.day - deadline).days}天" if end.day > deadline else ""
    reason = f"{end.day}已办结" if end.done else f"未办，最早{write_day(end.day)}办结{late}{on_chain}"
    facts = (("前置", "、".join(required(cells[spec.requires])) or "没有"), ("需要", f"{cells[spec.days] or 0}天"))
    return Row(cells["_key"], name, None, reason, facts)
