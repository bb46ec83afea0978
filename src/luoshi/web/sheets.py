"""The rows behind a figure as a page shows them. In: a figure and its sheets. Out: `SheetShown`: the first rows, the rest, what is hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from luoshi.indicator.figure import Figure
from luoshi.provenance import Row
from luoshi.publish.explain import Sheet
from luoshi.publish.trend import Version

FIRST, MOST = 20, 30
"""Rows in sight, and rows on the page at all: the others are in the register, and on 细看 by district, unit and month."""
NUMBERS, WIDE = {"计入数", "数值"}, {"原因", "佐证", "说明"}


@dataclass(frozen=True, slots=True)
class SheetShown:
    """「页上明细」 rows: (address of the record or None, whether it stopped counting lately, cells); the first ones and the rest.

    hidden: rows of a restricted register that this person may not open. reasons: of rows that do not count, how many for which reason;
    empty where there is one reason only, or where not all rows are at hand."""

    sheet: Sheet
    hidden: int
    reasons: tuple[tuple[str, int], ...]
    first: tuple[tuple[str | None, bool, tuple[str, ...]], ...]
    rest: tuple[tuple[str | None, bool, tuple[str, ...]], ...]

    @property
    def listed(self) -> int:
        """How many rows the page holds."""
        return len(self.first) + len(self.rest)


def shown_sheets(figure: Figure | None, sheets: tuple[Sheet, ...], versions: tuple[Version, ...] = (), links: Mapping[str, str] | None = None,
                 closed: bool = False) -> list[SheetShown]:
    """What did not count stands before what did."""
    stopped = set(versions[0].stopped) if versions else set()
    links = links or {}
    groups: list[tuple[Row, ...]] = []
    if figure:
        groups = [figure.because.counted, figure.because.excluded, *(shadow.because.counted for shadow in figure.shadows)]
    shown = []
    for place, sheet in enumerate(sheets):
        behind = groups[place] if place < len(groups) else ()
        keys = [row.key for row in behind] or [""] * len(sheet.rows)
        rows = tuple((links.get(key), place == 1 and cells[0] in stopped, cells) for key, cells in zip(keys, sheet.rows, strict=True))
        rows = tuple(sorted((row for row in rows if row[0] or not closed), key=lambda row: not row[1]))
        reasons = reasons_of(behind, sheet.total) if place == 1 and not closed else ()
        shown.append(SheetShown(sheet, len(sheet.rows) - len(rows), reasons, rows[:FIRST], rows[FIRST:MOST]))
    return sorted(shown, key=lambda one: not one.sheet.title.startswith("没有计入"))


def reasons_of(rows: tuple[Row, ...], total: int) -> tuple[tuple[str, int], ...]:
    """不是首次认定 30: the commonest first, without what is only of one row."""
    counted = Counter(row.reason.partition("：")[0] for row in rows)
    return tuple(counted.most_common()) if len(rows) == total and 1 < len(counted) < len(rows) else ()
