"""One item in a bulletin: a sentence with its lead unit, its date, its numbers and the reason. In: an item. Out: words."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from luoshi.lexicon.written import day
from luoshi.publish.bulletin_numbers import Binder, braces_away
from luoshi.publish.official_words import rounded
from luoshi.status.light import Standing
from luoshi.status.stand import Item

REASONS = 2


def named(item: Item) -> str:
    """第9.1项“城镇低效用地再开发”; quotes inside become single."""
    title = braces_away(item.title).replace("“", "‘").replace("”", "’")
    return f"第{item.number}项“{title}”"


def line_ahead(binder: Binder, item: Item) -> str:
    """Done, or ahead of the plan by how much."""
    s = _standing(item)
    if item.light.state == "done":
        verb = "已完成" if s.run == "event" else "实际"
        return f"{_head(item, s)}要求{_asked(binder, item, s)}，{verb}{_value(binder, item, s, 'actual', s.value)}。"
    assert s.planned is not None
    beyond = "低于" if s.judged == "at_most" else "超出"
    return f"{_head(item, s)}{_against(binder, item, s)}，{beyond}计划{_difference(binder, item, s, s.planned)}。"


def line_behind(binder: Binder, item: Item) -> str:
    """How far behind, what the light is, and why as far as the data says it."""
    s = _standing(item)
    value = s.value or Decimal(0)
    if s.run == "event":
        words = f"要求完成{_asked(binder, item, s)}，已完成{_value(binder, item, s, 'actual', value)}"
    elif s.planned is not None:
        words = f"{_against(binder, item, s)}，差{_difference(binder, item, s, s.planned)}"
    else:
        words = f"要求{_asked(binder, item, s)}，实际{_value(binder, item, s, 'actual', value)}，差{_difference(binder, item, s, s.target)}"
    return f"{_head(item, s)}{words}{_gap(binder, item)}，状态为{item.light.word}。{_why(binder, item)}"


def _standing(item: Item) -> Standing:
    assert item.standing is not None, "only lines with a value are named"
    return item.standing


def _head(item: Item, s: Standing) -> str:
    due = f"，{day(s.due)}到期" if s.due else ""
    return f"{named(item)}（{'、'.join(item.leads) or '没有牵头单位'}{'牵头' if item.leads else ''}{due}）：截至{day(s.observed_on)}，"


def _asked(binder: Binder, item: Item, s: Standing) -> str:
    word = {"at_most": "不超过", "band": "约", "exact": ""}.get(s.judged, "超过" if s.strict else "")
    return word + binder.of_item(item, "target", s.target, s.unit, 4, "written")


def _against(binder: Binder, item: Item, s: Standing) -> str:
    assert s.planned is not None
    planned = _value(binder, item, s, "planned", s.planned)
    return f"应{'不高于' if s.judged == 'at_most' else '达'}{planned}，实际{_value(binder, item, s, 'actual', s.value)}"


def _value(binder: Binder, item: Item, s: Standing, role: str, value: Decimal | None) -> str:
    return binder.of_item(item, role, value or Decimal(0), s.unit, s.decimals)


def _difference(binder: Binder, item: Item, s: Standing, other: Decimal) -> str:
    """Between two percentages lie percentage points; the difference of the numbers as printed, so that readers can recompute it."""
    amount = abs(rounded(other, s.decimals) - rounded(s.value or Decimal(0), s.decimals))
    return binder.of_item(item, "difference", amount, "个百分点" if s.unit == "%" else s.unit, s.decimals)


def _gap(binder: Binder, item: Item) -> str:
    if item.light.gap is None or item.preset is None:
        return ""
    if item.preset.gap == "days_late":
        return f"，超期{binder.of_item(item, 'days', item.light.gap, '天', 0)}"
    if item.preset.gap == "points_of_target":
        return f"，落后目标的{binder.of_item(item, 'gap', item.light.gap, '个百分点', 1)}"
    over = item.standing is not None and item.standing.judged == "at_most"
    return f"，{'高' if over else '低'}于计划{binder.of_item(item, 'gap', item.light.gap, '%', 1)}"


def _why(binder: Binder, item: Item) -> str:
    """What did not count and why; a unit's own words where there is only its word."""
    if item.figure is None or item.value_from == "reported":
        note = item.reported[-1].note if item.reported else ""
        said = f"，填报说明为“{binder.inside(item, 'note', note)}”" if note else ""
        return f"该数为填报数，未经台账计算{said}。"
    figure = item.figure
    if figure.top is not None and figure.bottom is not None:
        return (f"按现有台账，应计{binder.of_item(item, 'bottom', figure.bottom, figure.bottom_unit, 4)}，"
                f"符合条件{binder.of_item(item, 'top', figure.top, figure.top_unit, 4)}。")
    because = figure.because
    if not because.excluded_total:
        return ""
    counted = binder.of_item(item, "counted", Decimal(because.counted_total), "条", 0)
    left = binder.of_item(item, "excluded", Decimal(because.excluded_total), "条", 0)
    return f"相关台账计入{counted}，未计入{left}{_reasons(binder, item)}。"


def _reasons(binder: Binder, item: Item) -> str:
    """The commonest reasons, where every excluded row is at hand and the reason is more than its own numbers."""
    assert item.figure is not None
    because = item.figure.because
    if len(because.excluded) != because.excluded_total:
        return ""
    kinds = Counter(row.reason.split("：")[0] for row in because.excluded)
    said = [(kind, n) for kind, n in kinds.most_common() if not any(c.isdigit() for c in kind)][:REASONS]
    parts = [f"{braces_away(kind)}的{binder.of_item(item, f'reason.{kind}', Decimal(n), '条', 0)}" for kind, n in said]
    return f"，其中{'、'.join(parts)}" if parts else ""
