"""What moved a figure, what has to be corrected, and what does not hide what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from luoshi.indicator.breakdown import CannotDivide, break_down
from luoshi.indicator.moved import correction_of, moved_since
from luoshi.pack.case_spec import Case
from luoshi.register.facts import facts_of_case
from luoshi.register.warehouse import open_warehouse
from tests.indicator.small_packs import VERIFIED, figure_of, indicator, pack_of
from tests.indicator.test_worked_figures import PLATFORM, PLATFORMS

PACK = pack_of(PLATFORM, PLATFORMS)
AUGUST, SEPTEMBER = date(2019, 8, 31), date(2019, 9, 30)


def warehouse(*rows: dict[str, Any]) -> Any:
    case = Case(case="查", indicator="figure", as_of="2019-09-30", defaults=dict(VERIFIED), given={"platform": rows}, figure=None)
    facts, _ = facts_of_case(PACK, case)
    return open_warehouse(PACK, facts)


def platform(name: str, space: int, on: str, recorded: str = "", **more: str) -> dict[str, Any]:
    return {"平台名称": name, "可开发空间": space, "发生日期": on, "登记日期": recorded or on, **more}


def test_rows_that_came_in_and_left_are_named() -> None:
    rows = (platform("甲", 10300, "2019-01-10"), platform("甲", 9800, "2019-09-12"), platform("乙", 12000, "2019-09-20"),
            platform("丙", 11000, "2019-02-01"), platform("丙", 11500, "2019-09-02"))
    with warehouse(*rows) as opened:
        movement = moved_since(PACK, opened, "figure", AUGUST, SEPTEMBER, 2019)
    assert (movement.before.value, movement.after.value, movement.step) == (2, 2, 0)
    assert [(row.key, row.why) for row in movement.entered] == [("乙", "新登记的")]
    assert [(row.key, row.why) for row in movement.left] == [("甲", "可开发空间9月12日由10,300亩改为9,800亩，不足10,000亩")]
    assert [(row.key, row.why) for row in movement.changed] == [("丙", "可开发空间由11,000亩改为11,500亩")]


def test_dating_back_leaves_the_published_figure_and_makes_a_correction() -> None:
    rows = (platform("甲", 10300, "2019-01-10"), platform("乙", 12000, "2019-08-20", recorded="2019-09-15"))
    with warehouse(*rows) as opened:
        correction = correction_of(PACK, opened, "figure", AUGUST, AUGUST, 2019)
        assert correction_of(PACK, opened, "figure", SEPTEMBER, SEPTEMBER, 2019) is None
    assert correction is not None
    assert (correction.said.value, correction.now.value) == (1, 2)
    assert [row.key for row in correction.rows.entered] == ["乙"]


def test_a_newer_version_that_waits_does_not_hide_an_older_verified_one() -> None:
    rows = [platform("甲", 10300, "2019-01-10"), platform("甲", 9000, "2019-09-12", 核验="已填报")]
    figure = figure_of(PACK, {"platform": rows})
    assert figure.value == 1
    assert figure.because.counted[0].reason == "条件都符合；之后还有1版没有核验，没有采用"
    assert figure_of(PACK, {"platform": [rows[0], rows[1] | {"核验": "牵头单位核验"}]}).value == 0


def test_parts_of_a_count_add_up_and_a_row_without_a_place_is_not_lost() -> None:
    rows = (platform("甲", 10300, "2019-01-10", 属地="东区"), platform("乙", 12000, "2019-08-20", 属地="西区"), platform("丙", 12000, "2019-08-20"))
    with warehouse(*rows) as opened:
        parts = break_down(PACK, opened, "figure", "district", SEPTEMBER, 2019)
        months = break_down(PACK, opened, "figure", "month", SEPTEMBER, 2019)
    assert [(part.name, part.figure.value) for part in parts] == [("东区", 1), ("西区", 1), ("没有写", 1)]
    assert [part.figure.value for part in months][-3:] == [Decimal(1), Decimal(3), Decimal(3)]


def test_a_figure_that_does_not_come_from_rows_of_places_is_not_divided() -> None:
    whole = pack_of(PLATFORM, indicator("coverage", demand="platform", weight="space", demand_at="name", points="platform",
                                        point_at="name",
                                        minutes=30, speed_kmh=10, detour=1.3, mode="骑行"))
    with warehouse() as opened, pytest.raises(CannotDivide, match="不能按属地分"):
        break_down(whole, opened, "figure", "district", SEPTEMBER, 2019)
