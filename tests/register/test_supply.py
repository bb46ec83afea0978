"""Who owes which register, and since when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luoshi.pack.facts_spec import SeriesSpec
from luoshi.register.record import Facts, Observation, Record
from luoshi.register.supply import SupplyStanding, by_unit, supply_standings
from tests.indicator.small_packs import field, pack_of, register

MONTHLY = register("monthly", "月月供", "id", field("id", "编号")).model_copy(
    update={"supply": register("x", "x", "id", field("id", "编号")).supply.model_copy(update={"due_day": 5})})
ONCE = register("once", "不定期", "id", field("id", "编号"))


def stands(recorded: date | None, as_of: date) -> SupplyStanding:
    rows = (Record("1", "1", ("1", None, None, None, None, None, None), recorded, recorded, 0, (), "行"),) if recorded else ()
    return next(one for one in supply_standings(pack_of(MONTHLY, ONCE), Facts({"monthly": rows}), as_of) if one.register_name == "monthly")


def test_what_came_after_the_last_due_day_but_one_is_delivered() -> None:
    one = stands(date(2019, 9, 3), date(2019, 9, 10))
    assert (one.word, one.due, one.days_late) == ("已供数", date(2019, 9, 5), 0)


def test_a_month_without_anything_is_late_then_very_late() -> None:
    assert [(one.word, one.days_late) for one in (stands(date(2019, 8, 2), date(2019, 9, 9)), stands(date(2019, 8, 2), date(2019, 9, 30)))] == [
        ("迟供", 4), ("严重迟供", 25)]


def test_what_never_came_says_so() -> None:
    one = stands(None, date(2019, 9, 9))
    assert (one.word, "从来没有供过" in one.sentence) == ("从未供数", True)


def test_a_register_without_a_due_day_has_no_light_to_fail() -> None:
    standings = supply_standings(pack_of(MONTHLY, ONCE), Facts(), date(2019, 9, 9))
    assert {one.register_name: one.days_late for one in standings}["once"] == 0
    assert set(by_unit(standings)) == {"市发展改革委"}


REVENUE = SeriesSpec.model_validate({
    "series": "revenue", "title": "营收", "unit": "亿元", "frequency": "month", "year_to_date": True, "publisher": "市统计局", "scope": "",
    "lag_days": 25})


@pytest.mark.parametrize(("as_of", "word", "late"), [
    (date(2019, 9, 26), "从未供数", 0), (date(2019, 9, 30), "已供数", 0), (date(2019, 10, 25), "已供数", 0), (date(2019, 10, 30), "迟供", 5),
    (date(2019, 12, 1), "严重迟供", 37)])
def test_a_series_is_due_when_its_next_period_is_usually_out(as_of: date, word: str, late: int) -> None:
    seen = Observation("2019-08", Decimal(900), date(2019, 9, 27), "", "", "行", "", date(2019, 9, 28), 0)
    (one,) = supply_standings(pack_of(REVENUE), Facts(observations={"revenue": (seen,)}), as_of)
    assert (one.word, one.days_late, one.unit) == (word, late, "市统计局")
    assert ("2019年9月的数一般在2019-10-25前后" in one.sentence) == (word != "从未供数")
