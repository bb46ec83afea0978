"""Promises about all of something, in our own words."""

from decimal import Decimal

import pytest

from luoshi.compiler.coverage import read_coverage


def metrics(text: str) -> list[str]:
    return [span.metric for span in read_coverage(text)]


def test_two_things_under_one_promise_are_two() -> None:
    text = "所有养老事项和救助事项实现掌上申领。"
    assert metrics(text.replace("实现掌上申领", "开通掌上申领")) == ["养老事项开通掌上申领", "救助事项开通掌上申领"]


def test_systems_that_are_all_joined_are_one() -> None:
    assert metrics("推进水务监测系统与数据平台全对接，加快应用") == ["水务监测系统与数据平台全对接"]


def test_a_circle_of_minutes_is_one() -> None:
    (span,) = read_coverage("打造“20分钟便民健身圈”。")
    assert (span.metric, span.value, span.unit) == ("20分钟便民健身圈覆盖率", Decimal(100), "%")


@pytest.mark.parametrize("text", ["社区食堂全覆盖", "所有站点全部启用", "全面推进改革", "所有学校新增床位20张", "已所有窗口开通预约"])
def test_what_has_its_number_or_promises_nothing_is_not_asked(text: str) -> None:
    assert metrics(text) == []
