"""Published series with their revisions, and documents with the law's minimum days between their stages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.indicator.figure import Figure
from luoshi.pack.facts_spec import DeliverablesSpec, SeriesSpec
from tests.indicator.small_packs import figure_of, indicator, pack_of, reasons

REVENUE = SeriesSpec.model_validate({
    "series": "revenue", "title": "核心产业营收", "unit": "亿元", "frequency": "month", "year_to_date": True, "publisher": "市统计局",
    "scope": "2019年目录", "lag_days": 25,
})
LATEST = indicator("latest", series="revenue", unit="亿元", **{"class": "B"}, scope="")
ROWS = [
    {"期间": "2018-12", "数值": "1300", "发布日期": "2019-01-25"},
    {"期间": "2019-07", "数值": "800", "发布日期": "2019-08-25", "发布文件": "7月月报"},
    {"期间": "2019-08", "数值": "900", "发布日期": "2019-09-20", "发布文件": "8月月报"},
    {"期间": "2019-08", "数值": "905.5", "发布日期": "2019-10-20", "发布文件": "8月月报（修订）", "说明": "修订"},
    {"期间": "2019-09", "数值": "1020", "发布日期": "2019-10-20"},
]


def latest(as_of: str, known_at: str | None = None, rows: list[dict[str, Any]] = ROWS) -> Figure:
    return figure_of(pack_of(REVENUE, LATEST), {"revenue": rows}, as_of, known_at, defaults={})


def test_the_latest_published_month_is_the_figure_and_says_which_days_it_covers() -> None:
    figure = latest("2019-09-30")
    assert (figure.value, figure.observed_on, figure.state) == (900, date(2019, 8, 31), "known")
    assert figure.because.counted[0].evidence == ("8月月报",)
    assert figure.because.scope == "2019年目录"
    assert reasons(figure) == {"2019-07/2019-08-25": "不是最近一期：最近一期是2019年8月",
                               "2018-12/2019-01-25": "是2018年12月的数，不是2019年的"}


def test_a_revision_replaces_the_figure_and_the_first_one_stays_to_be_seen() -> None:
    figure = latest("2019-08-31", known_at="2019-10-31")
    assert figure.value == Decimal("905.5")
    assert reasons(figure)["2019-08/2019-09-20"] == "已被2019-10-20发布的修订数替代"
    assert reasons(figure)["2019-09/2019-10-20"] == "2019年9月到统计日2019-08-31还没有结束"
    assert latest("2019-08-31", known_at="2019-09-30").value == 900


def test_before_the_usual_day_a_figure_is_not_yet_published_rather_than_missing() -> None:
    figure = latest("2019-02-20")
    assert (figure.state, figure.value, figure.observed_on) == ("not_yet_published", None, date(2019, 2, 20))
    assert figure.missing == "尚未发布：“核心产业营收”2019年1月数一般在2019年2月25日前后由市统计局发布。"
    figure = latest("2019-03-31")
    assert figure.state == "no_facts"
    assert "还没有录入" in figure.missing


def test_last_years_figure_never_stands_in_for_this_years() -> None:
    assert latest("2019-02-20").because.counted == ()


def test_a_series_in_another_unit_is_converted() -> None:
    figure = figure_of(pack_of(REVENUE, LATEST.model_copy(update={"unit": "万元"})), {"revenue": ROWS}, defaults={})
    assert figure.value == 9_000_000


PLANS = DeliverablesSpec.model_validate({
    "deliverables": "plans", "title": "三项规划", "supplier": "市自然资源和规划局",
    "items": [{"name": name, "title": f"规划{name.upper()}"} for name in "abc"], "stages": ["起草", "公告", "审批", "公布"],
    "gates": [{"stage": "审批", "since": "公告", "at_least_days": 30, "reference": "城乡规划法第二十六条"}],
})
APPROVED = indicator("exists", deliverables="plans", stage="审批", unit="项", **{"class": "C"})


def plans(*rows: dict[str, Any], known_at: str | None = None, told: tuple[str, ...] = ()) -> Figure:
    return figure_of(pack_of(PLANS, APPROVED), {"plans": rows}, "2019-09-30", known_at, told=told)


def test_thirty_days_of_notice_pass_the_gate() -> None:
    figure = plans(
        {"成果": "规划A", "阶段": "公告", "日期": "2019-07-01"},
        {"成果": "a", "阶段": "审批", "日期": "2019-07-31", "文号": "嘉政发〔2019〕20号", "佐证": "批复.pdf"},
    )
    assert (figure.value, figure.top, figure.bottom) == (1, 1, 3)
    assert figure.because.counted[0].evidence == ("嘉政发〔2019〕20号", "批复.pdf")
    assert reasons(figure) == {"b": "还没到“审批”：没有登记任何阶段", "c": "还没到“审批”：没有登记任何阶段"}


def test_twenty_nine_days_of_notice_do_not_and_the_article_is_named() -> None:
    rows = ({"成果": "规划A", "阶段": "公告", "日期": "2019-07-01"}, {"成果": "规划A", "阶段": "审批", "日期": "2019-07-30"})
    figure = plans(*rows, told=("row.gate",))
    assert figure.value == 0
    assert reasons(figure)["a"] == "“公告”到“审批”只有29日，不满30日，不能算（城乡规划法第二十六条）"


def test_an_approval_without_a_notice_date_cannot_be_shown_to_be_lawful() -> None:
    figure = plans({"成果": "规划A", "阶段": "公布", "日期": "2019-07-30"}, told=("row.gate",))
    assert figure.value == 0
    assert reasons(figure)["a"] == "没有“公告”的日期，不能证明距“审批”满30日（城乡规划法第二十六条）"


def test_a_later_stage_counts_and_what_is_not_verified_or_not_yet_there_does_not() -> None:
    figure = plans(
        {"成果": "规划A", "阶段": "公告", "日期": "2019-05-01"}, {"成果": "规划A", "阶段": "公布", "日期": "2019-07-30"},
        {"成果": "规划B", "阶段": "公告", "日期": "2019-05-01"}, {"成果": "规划B", "阶段": "审批", "日期": "2019-07-30", "核验": "已填报"},
        {"成果": "规划C", "阶段": "公告", "日期": "2019-05-01"}, {"成果": "规划C", "阶段": "审批", "日期": "2019-10-01"},
    )
    assert [row.key for row in figure.because.counted] == ["a"]
    assert reasons(figure) == {"b": "核验级别未到“牵头单位核验”：现为已填报", "c": "“审批”日期2019-10-01在统计日2019-09-30之后"}


def test_what_was_registered_later_was_not_known_then() -> None:
    rows = ({"成果": "规划A", "阶段": "公告", "日期": "2019-05-01"},
            {"成果": "规划A", "阶段": "审批", "日期": "2019-07-30", "登记日期": "2019-10-08"})
    assert plans(*rows, known_at="2019-09-30").value == 0
    assert plans(*rows).value == 1
