"""Milestones as read from sentences in our own words."""

import pytest

from luoshi.compiler.milestones import read_milestones


def test_a_dated_clause_without_a_quantity_is_a_milestone() -> None:
    (milestone,) = read_milestones("力争城东水厂9月底前开工", 2021)
    assert (milestone.text, milestone.modality, milestone.reading) == ("力争城东水厂9月底前开工", "stretch", "sure")
    assert milestone.due is not None
    assert milestone.due.date == "2021-09-30"


def test_two_dates_in_one_clause_are_two_milestones() -> None:
    first, second = read_milestones("2021年上半年试运行、年底前三级贯通", 2021)
    assert (first.text, second.text) == ("2021年上半年试运行", "年底前三级贯通")
    assert [m.due and m.due.date for m in (first, second)] == ["2021-06-30", "2021-12-31"]


def test_a_date_of_its_own_belongs_to_the_clause_behind_it() -> None:
    (milestone,) = read_milestones("2022年，新博物馆对外开放。", 2021)
    assert milestone.text == "2022年，新博物馆对外开放"


@pytest.mark.parametrize("text", ["年底前新增泊位800个", "2021年，80%以上站点启用", "年底前所有窗口开通网上预约"])
def test_what_is_a_target_or_a_coverage_is_no_milestone(text: str) -> None:
    assert read_milestones(text, 2021) == ()


@pytest.mark.parametrize(
    "text", ["完成北站地块控制性规划", "开工建设二期工程", "研究制定管理细则", "在茶博会期间举办产业大会", "跨湖隧道正式运营"]
)
def test_a_conclusive_clause_without_a_date_is_a_likely_milestone(text: str) -> None:
    (milestone,) = read_milestones(text, 2021)
    assert milestone.reading == "likely"
    assert milestone.due is None or milestone.due.date is None


@pytest.mark.parametrize("text", ["加快推进园区建设", "深化线上线下融合", "持续优化营商环境"])
def test_work_that_never_ends_is_no_milestone(text: str) -> None:
    assert read_milestones(text, 2021) == ()
