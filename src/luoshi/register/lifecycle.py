"""Stages as data: whether a record moved along the transitions that its register states, with what these ask, and in time.

In: a `RegisterSpec` with stages, the versions of its records, the work calendar. Out: findings; the rows stay, because what happened happened:
a stage that was skipped, or reached too early, wants a reason from a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from luoshi.lexicon.workday import WorkCalendar
from luoshi.pack.register_spec import RegisterSpec, Transition
from luoshi.provenance import Finding
from luoshi.register.record import REJECTED, Record, fields_of


def check_stages(spec: RegisterSpec, rows: Iterable[Record], calendar: WorkCalendar) -> tuple[Finding, ...]:
    """「查阶段」 Each move between two versions of a record, in the order in which they happened."""
    place = next((n for n, f in enumerate(fields_of(spec)) if f.name == "stage"), None)
    if place is None or not spec.transitions:
        return ()
    histories: dict[str, list[Record]] = {}
    for row in rows:
        if row.level != REJECTED and row.values[place] is not None:
            histories.setdefault(row.key, []).append(row)
    told: list[Finding] = []
    for history in histories.values():
        ordered = sorted(history, key=lambda r: (r.happened_on or date.min, r.recorded_on or date.min))
        for before, after in pairwise(ordered):
            if before.values[place] != after.values[place]:
                told += (_finding(spec, after, why) for why in _faults(spec, before, after, place, calendar))
    return tuple(told)


def next_due(spec: RegisterSpec, stage: str, since: date, calendar: WorkCalendar) -> date | None:
    """「该走到下一步的日子」 By when something must follow a stage; None where nothing is limited."""
    limits = [one.within_workdays for one in spec.transitions if one.source == stage and one.within_workdays]
    return calendar.after(since, min(limits)).day if limits else None


def _faults(spec: RegisterSpec, before: Record, after: Record, place: int, calendar: WorkCalendar) -> Iterator[str]:
    source, to = str(before.values[place]), str(after.values[place])
    move = next((one for one in spec.transitions if (one.source, one.to) == (source, to)), None)
    if move is None:
        ways = "、".join(one.to for one in spec.transitions if one.source == source) or "没有下一步"
        yield f"从“{source}”到“{to}”不在约定的流转里（约定的下一步：{ways}），跳过或退回要写明理由"
        return
    if move.evidence and not after.evidence:
        yield f"到“{to}”要有佐证“{move.evidence}”，没有附"
    if before.happened_on and after.happened_on:
        yield from _timing(move, before.happened_on, after.happened_on, calendar)


def _timing(move: Transition, since: date, on: date, calendar: WorkCalendar) -> Iterator[str]:
    rest = f"（{move.reference}）" if move.reference else ""
    if move.after_days is not None and (on - since).days < move.after_days:
        yield f"“{move.source}”到“{move.to}”只有{(on - since).days}日，不满{move.after_days}日{rest}"
    worked = calendar.between(since, on)
    if move.after_workdays is not None and worked < move.after_workdays:
        yield f"“{move.source}”到“{move.to}”只有{worked}个工作日，不满{move.after_workdays}个{rest}"
    if move.within_workdays is not None and worked > move.within_workdays:
        yield f"“{move.source}”到“{move.to}”用了{worked}个工作日，超过{move.within_workdays}个{rest}"


def _finding(spec: RegisterSpec, row: Record, why: str) -> Finding:
    message = f"{row.origin}“阶段”列，“{row.title}”：{why}。请核对；确实如此的，写明理由后可以接受。"
    return Finding("row.stage", f"row.stage:{row.origin}:{why[:12]}", "warning", message, None, spec.register_name)
