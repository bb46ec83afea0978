"""What rows must hold, each complaint with its row and column; and who may wave a warning through."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from luoshi.pack.case_spec import Case
from luoshi.pack.register_spec import RegisterSpec
from luoshi.provenance import Finding
from luoshi.register.facts import facts_of_case
from luoshi.register.geometry import mu_of, overlap, read_polygon
from luoshi.register.record import Facts
from luoshi.register.validate import AcceptedWarning, CannotAccept, accept_warnings, check_rows
from tests.indicator.small_packs import field, indicator, pack_of, register

PARCEL = register(
    "parcel", "地块", "id", field("id", "编号"), field("area", "面积", "area"), field("range", "范围", "polygon", covers="area"),
    field("approved", "批复", "date"), field("done", "完成", "date"), field("share", "占比", "number", unit="%", at_most=100),
    field("place", "区划", "code", valid=[{"code": "330402", "until": "2018-12-31"}, {"code": "330411"}]),
    order=[{"earlier": "approved", "later": "done"}], separate="range",
)
RETURN = register("report", "月报", "id", field("id", "编号"), field("project", "项目"), field("month", "月份", "date"),
                  field("sum", "累计", "money"),
                  happened="month", rising=[{"field": "sum", "by": ["project"], "along": "month"}])
SQUARE = "120.700 30.700；120.7035 30.700；120.7035 30.703；120.700 30.703"
BESIDE = "120.7035 30.700；120.707 30.700；120.707 30.703；120.7035 30.703"


def read(spec: RegisterSpec, *rows: dict[str, Any]) -> tuple[Facts, tuple[Finding, ...]]:
    case = Case(case="查", indicator="figure", as_of="2019-09-30", given={spec.register_name: rows}, figure=None)
    return facts_of_case(pack_of(spec, indicator("count", register=spec.register_name)), case)


def told(spec: RegisterSpec, *rows: dict[str, Any]) -> list[tuple[str, str]]:
    return [(finding.id, finding.message) for finding in read(spec, *rows)[1]]


def test_the_end_before_the_beginning_is_refused() -> None:
    (finding,) = told(PARCEL, {"编号": "1", "批复": "2019-05-01", "完成": "2019-04-30"})
    assert finding[0] == "row.order"
    assert "第1行“完成”列：“完成”2019-04-30早于“批复”2019-05-01" in finding[1]


def test_a_share_over_a_hundred_is_refused() -> None:
    ((kind, message),) = told(PARCEL, {"编号": "1", "占比": 120})
    assert (kind, "120%不在0到100%之间" in message) == ("row.out-of-range", True)


def test_a_code_counts_only_while_it_was_valid() -> None:
    assert [k for k, _ in told(PARCEL, {"编号": "1", "区划": "330402", "发生日期": "2018-06-01"})] == []
    assert [k for k, _ in told(PARCEL, {"编号": "1", "区划": "330402", "发生日期": "2019-06-01"})] == ["row.code-not-valid"]
    assert [k for k, _ in told(PARCEL, {"编号": "1", "区划": "330499"})] == ["row.unknown-code"]


def test_two_things_do_not_stand_on_the_same_ground_but_neighbours_do() -> None:
    facts, findings = read(PARCEL, {"编号": "1", "范围": SQUARE}, {"编号": "2", "范围": SQUARE}, {"编号": "3", "范围": BESIDE})
    assert [finding.id for finding in findings] == ["row.overlap"]
    assert [record.key for record in facts.records["parcel"]] == ["1", "3"]


def test_an_area_that_differs_from_its_range_is_a_warning() -> None:
    assert 166 < mu_of(read_polygon(SQUARE) or ()) < 169
    assert told(PARCEL, {"编号": "1", "面积": 167, "范围": SQUARE}) == []
    ((kind, message),) = told(PARCEL, {"编号": "1", "面积": 200, "范围": SQUARE})
    assert (kind, "超过3%" in message) == ("row.area-differs", True)


def test_a_range_is_three_corners_that_do_not_cross() -> None:
    assert [k for k, _ in told(PARCEL, {"编号": "1", "范围": "120.7 30.7；120.8 30.7"})] == ["row.bad-place"]
    assert [k for k, _ in told(PARCEL, {"编号": "1", "范围": "120.7 30.7；120.8 30.8；120.8 30.7；120.7 30.8"})] == ["row.bad-place"]
    inner = "120.701 30.701；120.702 30.701；120.702 30.702"
    assert overlap(read_polygon(SQUARE) or (), read_polygon(inner) or ())


def test_a_cumulative_number_that_falls_is_told() -> None:
    rows = [{"编号": f"{n}", "项目": "甲", "月份": f"2019-0{n}-28", "累计": amount} for n, amount in ((1, 10), (2, 30), (3, 25))]
    ((kind, message),) = told(RETURN, *rows)
    assert (kind, "第3行“累计”列：累计数从30元" in message) == ("row.falling", True)


def test_nothing_has_happened_after_today() -> None:
    facts, _ = read(RETURN, {"编号": "1", "项目": "甲", "月份": "2019-10-31", "累计": 1})
    kept, findings = check_rows(RETURN, facts.records["report"], date(2019, 9, 30))
    assert kept == ()
    assert {finding.id for finding in findings} == {"row.in-the-future"}


def test_a_warning_can_be_accepted_with_a_reason_and_an_error_cannot() -> None:
    _, (warning,) = read(PARCEL, {"编号": "1", "面积": 200, "范围": SQUARE})
    _, (error,) = read(PARCEL, {"编号": "1", "占比": 120})
    by = {"by": "示例核验员", "on": date(2019, 9, 30)}
    assert accept_warnings([warning, error], [AcceptedWarning(warning.key, "按实测面积", **by)]) == (error,)  # type: ignore[arg-type]
    with pytest.raises(CannotAccept, match="理由"):
        accept_warnings([warning], [AcceptedWarning(warning.key, " ", **by)])  # type: ignore[arg-type]
    with pytest.raises(CannotAccept, match="只能改"):
        accept_warnings([error], [AcceptedWarning(error.key, "就这样", **by)])  # type: ignore[arg-type]
