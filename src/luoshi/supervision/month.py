"""The end of a month: who reported in time, late or not at all, what is still open. In: what was owed, what came in. Out: lines by unit.

A month holds every period that ends in it: September holds 2019-09 and 2019-Q3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

OpenKind = Literal["to_accept", "in_time", "to_sign", "returned", "draft", "not_sent"]
OPEN_WORDS: dict[OpenKind, str] = {
    "to_accept": "等督查室接收", "in_time": "还没到期，也没有交", "to_sign": "等单位负责人签发", "returned": "退回后没有再报",
    "draft": "只有草稿，没有提交", "not_sent": "没有报"}
BLOCKS: frozenset[OpenKind] = frozenset(("to_accept", "in_time"))
"""Nobody is marked as missing while there is time, nor while what was sent lies on the office's own desk."""


@dataclass(frozen=True, slots=True)
class Return:
    """「应报一份」 One report that a unit owed. state: none where nothing was written; returns: how often the office sent it back."""

    promise_id: str
    title: str
    organ_id: int
    unit: str
    period: str
    due_on: date
    on_time_until: date
    state: str = "none"
    filed_on: date | None = None
    was_late: bool = False
    returns: int = 0

    def open_on(self, today: date) -> OpenKind | None:
        """What is still to be done about it; None where it is accepted."""
        if self.state in ("accepted", "signed", "submitted"):
            return {"signed": "to_accept", "submitted": "to_sign"}.get(self.state)  # type: ignore[return-value]
        if today <= self.on_time_until:
            return "in_time"
        return {"returned": "returned", "draft": "draft"}.get(self.state, "not_sent")  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class MonthLine:
    """「单位月结」 How one unit reported in a month. missing: never sent; returned: how often the office sent back; false: spot checks."""

    unit: str
    owed: int
    in_time: int
    late: int
    missing: int
    accepted: int
    returned: int
    false: int

    @property
    def is_marked(self) -> bool:
        """Whether there is anything that an assessment would look at."""
        return bool(self.late or self.missing or self.returned or self.false)


def month_lines(returns: Iterable[Return], false: Mapping[str, int]) -> tuple[MonthLine, ...]:
    """Units with marks first, then by name. false: unit → findings of spot checks in that month."""
    by_unit: dict[str, list[Return]] = {unit: [] for unit in false}
    for each in returns:
        by_unit.setdefault(each.unit, []).append(each)
    lines = [MonthLine(unit, len(owed), sum(r.filed_on is not None and not r.was_late for r in owed), sum(r.was_late for r in owed),
                       sum(r.filed_on is None for r in owed), sum(r.state == "accepted" for r in owed), sum(r.returns for r in owed),
                       false.get(unit, 0)) for unit, owed in by_unit.items()]
    return tuple(sorted(lines, key=lambda line: (-line.missing, -line.late, -line.returned - line.false, line.unit)))


def open_returns(returns: Iterable[Return], today: date) -> tuple[tuple[OpenKind, tuple[Return, ...]], ...]:
    """By what is still to be done, what holds the month up first."""
    found: dict[OpenKind, list[Return]] = {}
    for each in returns:
        kind = each.open_on(today)
        if kind is not None:
            found.setdefault(kind, []).append(each)
    return tuple((kind, tuple(found[kind])) for kind in OPEN_WORDS if kind in found)
