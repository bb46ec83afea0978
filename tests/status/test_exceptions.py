"""The Monday list: what is on it, why, in which order; what runs well is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from luoshi.pack.find import find_pack
from luoshi.pipeline import follow
from luoshi.status.exceptions import CALL_WORDS, GROUPS, Call, Silent, Waiting, by_unit, calls_of_items, calls_of_matters, calls_of_silence
from luoshi.status.stand import Item
from luoshi.supervision.clock import ClockStand

TODAY = date(2019, 9, 30)
OVERDUE = ClockStand("slip-answer", "督办单办理", "overdue", date(2019, 9, 1), date(2019, 9, 8), date(2019, 9, 8), None, -22, "已超期22天。")


@pytest.fixture(scope="module")
def items() -> tuple[Item, ...]:
    return follow(find_pack("jiaxing-2019"), TODAY).items


def test_what_is_behind_is_on_the_list_with_its_light_and_reason(items: tuple[Item, ...]) -> None:
    calls = [call for call in calls_of_items(items, {}, TODAY, {}) if call.kind == "behind"]
    late = [item for item in items if item.light.state in ("late", "seriously_late")]
    assert len(calls) == len(late) > 3
    assert all(call.why and call.unit for call in calls)


def test_a_line_that_runs_well_is_not(items: tuple[Item, ...]) -> None:
    well = [item for item in items if item.light.state in ("normal", "done")]
    assert [call for call in calls_of_items(well, {i.promise.id: i for i in well}, TODAY, {}) if call.kind != "undecided"] == []


def test_a_figure_that_rose_by_more_than_its_new_rows_is_doubted(items: tuple[Item, ...]) -> None:
    counted = next(i for i in items if i.figure and i.value_from == "computed" and i.figure.value == i.figure.because.counted_total and i.value)
    assert counted.figure is not None
    assert counted.standing is not None
    fewer = counted.figure.because.counted_total - 4
    was = replace(counted, figure=replace(counted.figure, value=Decimal(fewer), because=replace(counted.figure.because, counted_total=fewer)),
                  standing=replace(counted.standing, value=Decimal(fewer)))
    doubts = [c for c in calls_of_items([counted], {counted.promise.id: was}, TODAY, {counted.promise.id: 3}) if c.kind == "jumped"]
    assert [c.why for c in doubts] == [f"由{fewer}变为{fewer + 4}，只有3条新记录"]
    assert not [c for c in calls_of_items([counted], {counted.promise.id: was}, TODAY, {counted.promise.id: 4}) if c.kind == "jumped"]


@pytest.mark.parametrize(("matter", "kind"), [
    (Waiting("case:1", "slip", "市甲局（示例）", "督1号", "received", TODAY, OVERDUE), "slip_due"),
    (Waiting("case:1", "slip", "市甲局（示例）", "督1号", "replied", TODAY, OVERDUE), "to_verify"),
    (Waiting("case:1", "slip", "市甲局（示例）", "督1号", "received", TODAY, OVERDUE, date(2019, 10, 9)), "extension"),
    (Waiting("case:2", "blocker", "市甲局（示例）", "路口", "escalated", TODAY), "to_decide"),
    (Waiting("case:2", "blocker", "市甲局（示例）", "省界路", "consulting", TODAY, needs_next=True), "next_date")])
def test_a_matter_is_on_it_once_for_what_it_waits_for(matter: Waiting, kind: str) -> None:
    assert [call.kind for call in calls_of_matters([matter], TODAY)] == [kind]


def test_a_matter_in_time_is_not_on_it() -> None:
    running = replace(OVERDUE, state="running", days_left=5)
    assert list(calls_of_matters([Waiting("case:1", "slip", "市甲局（示例）", "督1号", "received", TODAY, running)], TODAY)) == []


@pytest.mark.parametrize(("silent", "words"), [
    (Silent("市甲局（示例）", "1.1", "item:1.1", None, 0), "没有人登录过"),
    (Silent("市甲局（示例）", "1.1", "item:1.1", date(2019, 7, 1), 2), "2期没有更新")])
def test_silent_owners_are_found(silent: Silent, words: str) -> None:
    (call,) = calls_of_silence([silent])
    assert words in call.why


def test_one_silent_window_is_none() -> None:
    assert list(calls_of_silence([Silent("市甲局（示例）", "1.1", "item:1.1", date(2019, 9, 1), 1)])) == []


def test_the_unit_with_the_gravest_call_comes_first_and_all_its_calls_with_it() -> None:
    calls = [Call("undecided", "甲", "一", "", "item:1.1", gravity=5), Call("behind", "乙", "二", "", "item:2.1", gravity=30),
             Call("to_verify", "乙", "三", "", "case:1", gravity=15), Call("behind", "甲", "四", "", "item:1.2", gravity=20)]
    blocks = by_unit(calls)
    assert [(block.unit, [c.title for c in block.calls]) for block in blocks] == [("乙", ["二", "三"]), ("甲", ["四", "一"])]


def test_every_kind_has_its_word_and_its_group() -> None:
    grouped = [kind for kinds in GROUPS.values() for kind in kinds]
    assert sorted(grouped) == sorted(CALL_WORDS)
