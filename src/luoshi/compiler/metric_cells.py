"""Numbers that stand alone in a goal cell: the name stands in the title, the unit in a column of its own or in brackets behind the name.

In: a row. Out: `Stated`, a phrase that the sentence readers understand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from luoshi.compiler.draft import Draft, ListRow, tidy
from luoshi.lexicon.numeral import fold
from luoshi.reading.source import Cell

# ≥85 · 1450以上 · 20—30 · 达到85%
_BARE = re.compile(
    r"(?P<before>≥|≤|>=|<=|>|<|＞|＜|不低于|不少于|不超过|不高于|达到?|完成|力争|约)?[ ]*"
    r"(?P<number>\d[\d,]*(?:\.\d+)?(?:[-—~～至](?:\d[\d,]*(?:\.\d+)?))?)[ ]*"
    r"(?P<unit>[%‰]|[\u4e00-\u9fff/]{0,6}?)(?P<after>以上|以下|以内|左右)?"
)
_UNIT_IN_NAME = re.compile(r"（(?P<unit>[%‰]|[^（）\d]{1,8})）$")               # 常住人口城镇化率（%）
_SIGNS = {"≥": "不低于", ">=": "不低于", "≤": "不超过", "<=": "不超过", ">": "超过", "＞": "超过", "<": "低于", "＜": "低于"}


@dataclass(frozen=True, slots=True)
class Stated:
    """「指标格」 A number alone in its cell, written out: metric, then 达到, then the number with its unit. at: where the number stands."""

    cell: Cell
    metric: str
    phrase: str
    at: int


def state_metric(draft: Draft, row: ListRow, cell: Cell) -> Stated | None:
    """The written-out form; None where the cell holds more than a number, or nobody names the metric."""
    found = _BARE.fullmatch(fold(cell.text.strip()))
    name = next((tidy(row.slots[c.index].text) for c in draft.columns_of("title", "measure") if row.slots[c.index].text.strip()), "")
    if not found or not name:
        return None
    in_name = _UNIT_IN_NAME.search(fold(name))
    column = next((tidy(row.slots[c.index].text) for c in draft.columns_of("measured_in")), "")
    unit = found["unit"] or column or (in_name["unit"] if in_name else "")
    if not unit:
        return None
    metric = name[:in_name.start()] if in_name else name
    before = _SIGNS.get(found["before"] or "", found["before"] or "达到")
    return Stated(cell, metric, f"{metric}{before}{found['number']}{unit}{found['after'] or ''}。", len(metric))
