"""The annexes of a bulletin: every item, every unit. In: items. Out: `Annex`es whose numbers are placeholders."""

from __future__ import annotations

from collections.abc import Iterable

from luoshi.plan.target import Target
from luoshi.publish.bulletin_numbers import Binder, braces_away
from luoshi.publish.official import Annex, Column
from luoshi.status.light import State
from luoshi.status.stand import Item

ITEM_COLUMNS = (Column("编号", 12), Column("指标或节点", 45, "left"), Column("牵头单位", 38, "left"), Column("目标", 20), Column("实际", 19),
                Column("状态", 22))
REPORTED_MARK = "*"
UNIT_COLUMNS = (Column("牵头单位", 61, "left"), Column("牵头", 18), Column("完成", 18), Column("正常", 18), Column("滞后", 20), Column("其他", 21))
_GROUPS: tuple[tuple[str, tuple[State, ...]], ...] = (
    ("done", ("done",)), ("normal", ("normal",)), ("late", ("late", "seriously_late")), ("other", ("no_data", "not_judged")))


def annexes_of(binder: Binder, items: tuple[Item, ...]) -> tuple[Annex, ...]:
    """附件1 items in list order; 附件2 units in the order in which the list names them."""
    rows = tuple(_item_row(binder, item) for item in items)
    units = tuple(dict.fromkeys(unit for item in items for unit in item.leads))
    by_unit = tuple(_unit_row(binder, unit, [i for i in items if unit in i.leads], f"unit:{unit}") for unit in units)
    total = _unit_row(binder, "合计（不重复计）", list(items), "units")
    return (Annex("各项指标和节点进展表", ITEM_COLUMNS, rows, f"带{REPORTED_MARK}的为责任单位填报数，未经台账计算；“—”为暂无数据"),
            Annex("分单位情况表", UNIT_COLUMNS, (*by_unit, total),
                  "各栏单位为个；滞后含严重滞后，其他为暂无数据和暂不评判；几家单位共同牵头的，各单位分别计数"))


def _item_row(binder: Binder, item: Item) -> tuple[str, ...]:
    s = item.standing
    actual = ""
    if s is not None and s.value is not None:
        actual = binder.of_item(item, "actual", s.value, s.unit, s.decimals) + (REPORTED_MARK if item.value_from == "reported" else "")
    return (item.number, braces_away(item.title), "、".join(item.leads), _asked(binder, item), actual, f"{item.light.shape} {item.light.word}")


def _asked(binder: Binder, item: Item) -> str:
    s = item.standing
    if s is not None and (isinstance(item.promise, Target) or item.figure):
        word = {"at_most": "不超过", "band": "约"}.get(s.judged, "超过" if s.strict else "")
        return word + binder.of_item(item, "target", s.target, s.unit, 4, "written")
    if isinstance(item.promise, Target):
        return binder.of_item(item, "target", item.promise.value, item.promise.unit, 4, "written")
    return "按期完成"


def _unit_row(binder: Binder, name: str, items: Iterable[Item], of: str) -> tuple[str, ...]:
    held = list(items)
    counts = [sum(item.light.state in states for item in held) for _, states in _GROUPS]
    assert sum(counts) == len(held), "a unit's lights add up to its lines"
    rule = "牵头的指标和节点" if of != "units" else "全部指标和节点，各算一次"
    return (braces_away(name), binder.count(len(held), "", "leads", rule, of),
            *(binder.count(n, "", key, f"{rule}中状态在此栏的", of, len(held)) for n, (key, _) in zip(counts, _GROUPS, strict=True)))
