"""Is the new promise easier to keep than the old one, and in what? In: two targets, or two milestones. Out: `Shift`, in words.

Easier: a lower value where at least is judged, a higher one where at most is; a weaker comparator; a later date or none; 力争 instead of a
commitment; a narrower scope. What cannot be compared (another unit, another direction) is said too, as a question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from luoshi.lexicon.written import day_written, quantity
from luoshi.plan.milestone import Milestone
from luoshi.plan.target import Due, Modality, Target

MODALITIES: dict[Modality, tuple[int, str]] = {"committed": (2, "确定要完成"), "stretch": (1, "力争"), "directional": (0, "推进")}
MULTIPLES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
# 全市、各县（市、区）: everybody is meant
_WIDE = re.compile(r"全市|全域|全部|全覆盖|所有|各县|各区|各镇|每个|100%")
# 部分、试点: only some are
_NARROW = re.compile(r"部分|试点|重点|示范|市本级|中心城区|主城区|先行|首批|有条件的")


@dataclass(slots=True)
class Shift:
    """「松紧」 What became easier, what harder, what cannot be told; each a clause in Chinese."""

    easier: list[str] = field(default_factory=list)
    harder: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)

    def note(self, is_easier: bool, words: str) -> None:
        """One clause, on its side."""
        (self.easier if is_easier else self.harder).append(words)


def compare_targets(old: Target, new: Target, old_sentence: str = "", new_sentence: str = "") -> Shift:
    """The sentences are those of the holders: they tell how many are meant."""
    shift = Shift()
    _compare_values(old, new, shift)
    _compare_modality(old.modality, new.modality, shift)
    _compare_due(old.due, new.due, shift)
    _compare_condition(old, new, shift)
    _compare_scope(old_sentence or old.metric, new_sentence or new.metric, shift)
    return shift


def compare_milestones(old: Milestone, new: Milestone) -> Shift:
    """Its firmness and its date."""
    shift = Shift()
    _compare_modality(old.modality, new.modality, shift)
    _compare_due(old.due, new.due, shift)
    return shift


def compare_dues(old: Due | None, new: Due | None) -> Shift:
    """Of a task or measure with a date of its own."""
    shift = Shift()
    _compare_due(old, new, shift)
    return shift


def _compare_values(old: Target, new: Target, shift: Shift) -> None:
    before, after = _in_units(old), _in_units(new)
    words = f"由{quantity(old.op, old.value, old.value2, old.unit)}改为{quantity(new.op, new.value, new.value2, new.unit)}"
    if before[1] != after[1] or old.mode != new.mode or old.per != new.per:
        shift.unclear.append(f"数量{words}，单位或算法不同，不能直接比高低")
        return
    if old.judged != new.judged and {old.judged, new.judged} & {"at_most", "exact"}:
        shift.unclear.append(f"数量{words}，达标的方向不同，不能直接比高低")
        return
    low, high = (before[0], after[0]) if new.judged != "at_most" else (after[2], before[2])
    if low != high and new.judged == "exact":
        shift.unclear.append(f"数量{words}，原要求正好是这个数")
    elif low != high:
        shift.note(high < low, f"数量{words}")
    elif _strength(old) != _strength(new):
        shift.note(_strength(new) < _strength(old), f"写法{words}")


def _in_units(target: Target) -> tuple[Decimal, str, Decimal]:
    """Lowest value, unit without 万, 亿; highest value."""
    unit, factor = target.unit, Decimal(1)
    while len(unit) > 1 and unit[0] in MULTIPLES:
        factor *= MULTIPLES[unit[0]]
        unit = unit[1:]
    return target.value * factor, unit, (target.value if target.value2 is None else target.value2) * factor


def _strength(target: Target) -> int:
    """超过 asks for more than 达到, 左右 for less."""
    return {">": 2, "<": 2, "~": 0}.get(target.op, 1)


def _compare_modality(old: Modality, new: Modality, shift: Shift) -> None:
    if old != new:
        (before, was), (after, now) = MODALITIES[old], MODALITIES[new]
        shift.note(after < before, f"语气由“{was}”改为“{now}”")


def _compare_due(old: Due | None, new: Due | None, shift: Shift) -> None:
    before, after = old.date if old else None, new.date if new else None
    if before == after:
        return
    words = f"期限由{day_written(before) if before else '没有日期'}改为{day_written(after) if after else '没有日期'}"
    if before is None:
        shift.harder.append(words)
    else:
        shift.note(after is None or after > before, words)


def _compare_condition(old: Target, new: Target, shift: Shift) -> None:
    """Of things that are counted, a condition less lets more count; of a share it decides what the share is of: that is asked."""
    if old.condition == new.condition:
        return
    words = f"条件由“{old.condition or '没有'}”改为“{new.condition or '没有'}”"
    if (old.condition and new.condition) or "%" in {old.unit, new.unit} or "at_most" in {old.judged, new.judged}:
        shift.unclear.append(words)
    else:
        shift.note(new.condition is None, words)


def _compare_scope(old: str, new: str, shift: Shift) -> None:
    """全市 → 试点."""
    before, after = (set(_WIDE.findall(x)) for x in (old, new))
    some_before, some_after = (set(_NARROW.findall(x)) for x in (old, new))
    lost, won = sorted(before - after), sorted(after - before)
    fewer, more = sorted(some_after - some_before), sorted(some_before - some_after)
    if lost and fewer and not won and not more:
        shift.easier.append(f"范围由“{'、'.join(lost)}”改为“{'、'.join(fewer)}”")
    elif won and more and not lost and not fewer:
        shift.harder.append(f"范围由“{'、'.join(more)}”改为“{'、'.join(won)}”")
