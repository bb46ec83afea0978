"""Recovery plans: judged by the last month that has ended, apart from the plan line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luoshi.status.recovery import judge_recovery

CURVE = {9: Decimal(4), 11: Decimal(8)}


@pytest.mark.parametrize(("on", "value", "reached", "words"), [
    (date(2019, 9, 29), "3", None, "从9月底起评"), (date(2019, 9, 30), "3", False, "未达到，差1家"), (date(2019, 10, 31), "4", True, "达到。"),
    (date(2019, 11, 30), "7.5", False, "差0.5家"), (date(2020, 1, 2), "8", True, "11月底应达8家")])
def test_the_last_month_that_has_ended_is_asked(on: date, value: str, reached: bool | None, words: str) -> None:
    stand = judge_recovery(CURVE, Decimal(value), on, 2019, "家", at_most=False)
    assert stand.reached is reached
    assert words in stand.sentence


def test_without_a_figure_nothing_is_said_to_be_missed() -> None:
    assert judge_recovery(CURVE, None, date(2019, 9, 30), 2019, "家", at_most=False).reached is None


def test_where_less_is_better_less_is_reached() -> None:
    assert judge_recovery(CURVE, Decimal(3), date(2019, 9, 30), 2019, "件", at_most=True).reached is True
