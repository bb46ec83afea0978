"""Deadlines as read from sentences in our own words."""

from datetime import date

import pytest

from luoshi.compiler.deadlines import read_deadlines
from luoshi.lexicon.workday import Holiday, calendar_of

CALENDAR = calendar_of({2021: [Holiday("春节", date(2021, 2, 10), date(2021, 2, 16))]}, {"汛期": (4, 15)})


def brief(text: str, year: int | None = 2021) -> list[tuple[str, str | None]]:
    return [(text[span.start : span.end], span.date) for span in read_deadlines(text, year)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年底前开工", [("年底前", "2021-12-31")]),
        ("全年新增50个", [("全年", "2021-12-31")]),
        ("到2025年，基本建成", [("到2025年", "2025-12-31")]),
        ("2022年，所有站点启用", [("2022年", "2022-12-31")]),
        ("2022年粮食产量30万吨", [("2022年", "2022-12-31")]),
        ("2022年6月底前出台办法，12月底前落实", [("2022年6月底前", "2022-06-30"), ("12月底前", "2022-12-31")]),
        ("9月底前验收，次年3月底前移交", [("9月底前", "2021-09-30"), ("次年3月底前", "2022-03-31")]),
        ("三年内见效", [("三年内", None)]),
        ("完成时限：2021年8月", [("2021年8月", "2021-08-31")]),
        ("在茶博会期间举办推介活动", [("在茶博会期间", None)]),
        ("整改时限：立行立改", [("立行立改", None)]),
        ("2021年起三年内建成", [("2021年起三年内", "2023-12-31")]),
        ("３．2021年底前完成清理", [("2021年底前", "2021-12-31")]),
    ],
)
def test_it_reads_by_when(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert brief(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "从2021年开始推行",
        "自2021年3月1日起施行",
        "2019年以来成效明显",
        "比2015年下降10%",
        "《甲市2021年工作计划》（甲府办〔2021〕6号）",
        "2021年甲市物流规划",
        "每年12月底前报送总结",
        "连续3年保持领先",
        "2021年3月15日，市政府召开会议",
        "半年内反馈",
    ],
)
def test_a_year_that_sets_no_limit_is_no_deadline(text: str) -> None:
    assert brief(text) == []


def test_without_any_year_the_date_is_not_known() -> None:
    assert brief("年底前开工", None) == [("年底前", None)]


def test_a_month_takes_the_year_named_before_it() -> None:
    assert brief("2023年3月底前立项，9月底前开工", None)[1] == ("9月底前", "2023-09-30")


def test_this_year_is_the_year_of_the_list_whatever_was_named_before() -> None:
    assert brief("到2025年，路网成形，今年完成前期")[1] == ("今年", "2021-12-31")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("完成时限：持续推进", "持续推进"),
        ("市水务局\n长期坚持\n", "长期坚持"),
        ("（市水务局负责，长期坚持）", "长期坚持"),
        ("2022年秋季开学前投用", "2022年秋季开学前"),
        ("汛期前完成", "汛期前"),
    ],
)
def test_a_time_without_a_date_is_kept_as_written(text: str, phrase: str) -> None:
    assert brief(text) == [(phrase, None)]


@pytest.mark.parametrize(
    ("text", "day"),
    [("“五一”前开放", "2021-04-30"), ("国庆节前投用", "2021-09-30"), ("明年元旦前通车", "2021-12-31"), ("2023年国庆前建成", "2023-09-30"),
     ("春节前兑付", "2021-02-09"), ("汛期前完成", "2021-04-14")],
)
def test_before_a_feast_has_the_date_of_the_calendar(text: str, day: str) -> None:
    (span,) = read_deadlines(text, 2021, calendar=CALENDAR)
    assert span.date == day


@pytest.mark.parametrize("text", ["持续推进平安建设", "要长期坚持，持续推进改革，久久为功"[8:], "发展长期资本"])
def test_going_on_with_something_is_no_deadline(text: str) -> None:
    assert brief(text) == []


def test_a_span_counts_from_the_first_year_of_the_plan_in_the_title() -> None:
    title = "甲市三年行动方案（2022—2024年）"
    assert [span.date for span in read_deadlines("三年内新增，两年内建成，五年内领先", 2022, title)] == ["2024-12-31", "2023-12-31", None]


def test_two_years_joined_are_two_deadlines() -> None:
    assert [date for _, date in brief("到2025年、2030年分别达到")] == ["2025-12-31", "2030-12-31"]
