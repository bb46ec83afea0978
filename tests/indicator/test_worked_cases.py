"""The worked cases of a pack run as tests, and say in Chinese how they differ."""

from __future__ import annotations

from typing import Any

from luoshi.indicator.cases import run_case, run_cases
from luoshi.pack.case_spec import Case
from tests.indicator.small_packs import pack_of
from tests.indicator.test_worked_figures import PLATFORM, PLATFORMS


def case(**more: Any) -> Case:
    stated: dict[str, Any] = {
        "case": "平台", "indicator": "figure", "as_of": "2019-09-30", "defaults": {"核验": "牵头单位核验"}, "figure": "20",
        "given": {"platform": [
            {"重复": 20, "平台名称": "平台{n:02}", "可开发空间": 10500}, {"平台名称": "滨海新城", "可开发空间": 9800.0},
        ]},
        "counted": ["平台01", "平台20"], "excluded": {"滨海新城": "不足10,000亩"},
    }
    return Case.model_validate(stated | more)


def test_a_case_that_holds_passes() -> None:
    pack = pack_of(PLATFORM, PLATFORMS, case(), case(figure="20个"))
    assert [result.differences for result in run_cases(pack)] == [(), ()]


def test_a_case_that_does_not_hold_says_how_it_differs() -> None:
    wrong = case(figure="21", counted=["滨海新城"], excluded={"平台01": "不足", "滨海新城": "没有核验"}, questions=1)
    result = run_case(pack_of(PLATFORM, PLATFORMS), wrong)
    assert not result.passed
    assert (result.expected, result.got) == ("21", "20个")
    assert result.differences == (
        "应为21，算出来是20个", "“滨海新城”应当计入，没有计入：可开发空间9,800亩，不足10,000亩", "“平台01”不应计入，却计入了",
        "“滨海新城”不计入的理由应含“没有核验”，写的是“可开发空间9,800亩，不足10,000亩”", "应提问1项，提了0项",
    )


def test_a_misspelt_column_and_a_bad_cell_fail_the_case() -> None:
    bad = case(given={"platform": [{"平台名称": "甲", "可开放空间": 10500, "可开发空间": "很多"}]}, counted=[], excluded={}, figure=None)
    result = run_case(pack_of(PLATFORM, PLATFORMS), bad)
    assert "是不是“可开发空间”" in result.differences[0]
    assert "不是数" in result.differences[1]


def test_a_case_may_expect_that_there_is_no_figure() -> None:
    assert run_case(pack_of(PLATFORM, PLATFORMS), case(given={"platform": []}, counted=[], excluded={}, figure=None)).passed


def test_a_unit_that_cannot_be_computed_with_is_named() -> None:
    metres = PLATFORMS.model_copy(update={"where": (PLATFORMS.where[0].model_copy(update={"value": "100公里"}),)})
    assert "公里" in run_case(pack_of(PLATFORM, metres), case()).differences[0]
