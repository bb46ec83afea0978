"""Figures that anybody can work out on paper, and the words that explain them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.indicator.small_packs import VERIFIED, field, figure_of, indicator, pack_of, reasons, register

PLATFORM = register("platform", "重大平台", "name", field("name", "平台名称"), field("space", "可开发空间", "area", unit="亩"))
PLATFORMS = indicator("count", register="platform", where=[{"field": "space", "op": ">=", "value": 10000}])
CONTRACT = register(
    "contract", "工业用地合同", "number", field("number", "合同号"), field("land", "面积", "area", unit="平方米"),
    field("invested", "约定固定资产投资", "money", unit="万元"), field("signed", "签订日期", "date"), counted_as="宗", happened="signed",
)
INTENSITY = indicator("ratio", register="contract", unit="万元/亩", nature="level", where=[{"field": "signed", "op": "in_year"}],
                      top={"field": "invested"}, bottom={"field": "land"})


def platforms(*more: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    big = {"重复": 20, "平台名称": "平台{n:02}", "可开发空间": "10,500", "发生日期": "2019-01-31"}
    return {"platform": [big, {"平台名称": "滨海新城", "可开发空间": "10300亩", "发生日期": "2019-01-31"}, *more]}


def test_a_platform_that_lost_land_turns_21_into_20_and_names_itself() -> None:
    pack = pack_of(PLATFORM, PLATFORMS)
    assert figure_of(pack, platforms()).value == 21
    figure = figure_of(pack, platforms({"平台名称": "滨海新城", "可开发空间": "9800", "发生日期": "2019-09-12"}))
    assert figure.value == 20
    assert reasons(figure) == {"滨海新城": "可开发空间9月12日由10,300亩改为9,800亩，不足10,000亩"}
    assert figure.because.excluded[0].facts == (("可开发空间", "9,800亩"),)
    assert figure.because.rule == "数一数：截至2019年9月30日，可开发空间不少于10,000亩、并经牵头单位核验的重大平台，一个算一个"
    assert figure.because.facts_from == "台账“重大平台”，共21条记录"
    assert (figure.because.counted_total, figure.because.excluded_total) == (20, 1)


def test_a_change_after_the_as_of_date_does_not_reach_back() -> None:
    later = platforms({"平台名称": "滨海新城", "可开发空间": "9800", "发生日期": "2019-10-12"})
    assert figure_of(pack_of(PLATFORM, PLATFORMS), later).value == 21


def test_a_change_through_several_versions_tells_what_it_is_now() -> None:
    rows = platforms(
        {"平台名称": "滨海新城", "可开发空间": "9900", "发生日期": "2019-08-01"},
        {"平台名称": "滨海新城", "可开发空间": "9800", "发生日期": "2019-09-12"},
    )
    assert reasons(figure_of(pack_of(PLATFORM, PLATFORMS), rows)) == {
        "滨海新城": "可开发空间8月1日由10,300亩改为9,900亩，现为9,800亩，不足10,000亩"
    }


def test_a_version_that_was_rejected_says_that_the_record_used_to_count() -> None:
    rows = platforms({"平台名称": "滨海新城", "可开发空间": "10300", "发生日期": "2019-09-12", "核验": "退回"})
    assert reasons(figure_of(pack_of(PLATFORM, PLATFORMS), rows)) == {
        "滨海新城": "原已计入，9月12日变更后不再计入：核验结果为“退回”，不计入"
    }


def test_rows_that_do_not_count_say_why() -> None:
    rows = platforms(
        {"平台名称": "甲", "可开发空间": "9,800", "发生日期": "2019-02-01"},
        {"平台名称": "乙", "可开发空间": "12000", "发生日期": "2019-02-01", "核验": "已填报"},
        {"平台名称": "丙", "可开发空间": "12000", "发生日期": "2019-10-12"},
        {"平台名称": "丁", "可开发空间": "12000", "发生日期": "2019-02-01", "核验": "退回"},
        {"平台名称": "戊", "发生日期": "2019-02-01"},
    )
    assert reasons(figure_of(pack_of(PLATFORM, PLATFORMS), rows)) == {
        "甲": "可开发空间9,800亩，不足10,000亩", "乙": "核验级别未到“牵头单位核验”：现为已填报",
        "丙": "发生日期2019-10-12在统计日2019-09-30之后", "丁": "核验结果为“退回”，不计入", "戊": "可开发空间未填",
    }


def test_what_was_recorded_later_was_not_known_then() -> None:
    late = {"平台名称": "滨海新城", "可开发空间": "9800", "发生日期": "2019-09-12", "登记日期": "2019-10-08"}
    pack = pack_of(PLATFORM, PLATFORMS)
    assert figure_of(pack, platforms(late), known_at="2019-09-30").value == 21
    assert figure_of(pack, platforms(late), known_at="2019-10-08").value == 20
    assert figure_of(pack, platforms(late)).value == 20


def test_an_empty_register_is_not_zero() -> None:
    figure = figure_of(pack_of(PLATFORM, PLATFORMS), {"platform": []})
    assert (figure.state, figure.value) == ("no_facts", None)
    assert "没有填报不等于零" in figure.missing


def test_two_contracts_give_a_weighted_348() -> None:
    rows = [
        {"合同号": "A", "面积": "10亩", "约定固定资产投资": "6,000", "签订日期": "2019-03-01"},
        {"合同号": "B", "面积": "60000", "约定固定资产投资": "2.88亿元", "签订日期": "2019-04-01"},
        {"合同号": "C", "面积": "100亩", "约定固定资产投资": "90000", "签订日期": "2018-12-30"},
    ]
    figure = figure_of(pack_of(CONTRACT, INTENSITY), {"contract": rows})
    assert figure.value == 348
    assert (figure.top, figure.top_unit, figure.bottom, figure.bottom_unit) == (34800, "万元", 100, "亩")
    assert reasons(figure) == {"C": "不在分母：签订日期2018-12-30，不在2019年"}
    assert figure.because.counted[1].facts == (
        ("签订日期", "2019-04-01"), ("约定固定资产投资", "28,800万元"), ("面积", "60,000平方米")
    )


def test_a_ratio_over_nothing_has_no_value() -> None:
    rows = [{"合同号": "C", "面积": "100亩", "约定固定资产投资": "90000", "签订日期": "2018-12-30"}]
    figure = figure_of(pack_of(CONTRACT, INTENSITY), {"contract": rows})
    assert (figure.state, figure.value, figure.bottom) == ("no_facts", None, 0)
    assert figure.missing.startswith("分母为空")


def test_a_sum_is_in_the_unit_of_the_indicator() -> None:
    total = indicator("sum", register="contract", unit="亿元", field="invested", nature="flow")
    rows = [{"合同号": "A", "约定固定资产投资": "6000"}, {"合同号": "B", "约定固定资产投资": "0.00001亿元"}, {"合同号": "C", "面积": "1"}]
    figure = figure_of(pack_of(CONTRACT, total), {"contract": rows})
    assert figure.value == Decimal("0.60001")
    assert [row.amount for row in figure.because.counted] == [Decimal("0.6"), Decimal("0.00001")]
    assert reasons(figure) == {"C": "约定固定资产投资未填，无法计算"}


FIRM = register(
    "certificate", "高新技术企业证书", "number", field("number", "证书号", "code"), field("firm", "企业名称"),
    field("kind", "申请类型", "choice", choices=["首次", "重新认定"]), field("issued", "发证日期", "date"),
    field("ends", "有效期至", "date", years_after={"date": "issued", "years": 3}),
    counted_as="家", happened="issued", counts_from="reported",
)
NET = """
with held as (
  select firm, bool_or(issued <= $year_end and ends > $year_end) as now,
    bool_or(issued < $year_start and ends >= $year_start) as before, arg_max(row_key, issued) as row_key
  from certificate where verified group by firm)
select row_key, case when now and not before then 1 when before and not now then -1 else 0 end as amount,
  case when now and not before then '新认定' when before and not now then '到期未续' else '到期已续，不增不减' end as reason
from held -- the firms
"""


def certificates() -> dict[str, list[dict[str, Any]]]:
    return {"certificate": [
        {"重复": 200, "证书号": "GR201933{n:06}", "企业名称": "新{n}", "申请类型": "首次", "发证日期": "2019-11-13"},
        {"重复": 30, "证书号": "GR201633{n:06}", "企业名称": "续{n}", "申请类型": "首次", "发证日期": "2016-11-21"},
        {"重复": 30, "证书号": "GR201933001{n:03}", "企业名称": "续{n}", "申请类型": "重新认定", "发证日期": "2019-11-20"},
        {"重复": 40, "证书号": "GR201633001{n:03}", "企业名称": "停{n}", "申请类型": "首次", "发证日期": "2016-11-21"},
    ]}


def test_renewals_are_not_new_and_expiries_make_the_net_160(tmp_path: Path) -> None:
    new = indicator("count", register="certificate", unit="家", nature="flow", shadows=["net"],
                    where=[{"field": "kind", "op": "=", "value": "首次"}, {"field": "issued", "op": "in_year"}])
    net = indicator("sql", indicator="net", unit="家", file="net.sql", tables=["certificate"], rule="年末有效的减去上年末有效的")
    (tmp_path / "net.sql").write_text(NET, encoding="utf-8")
    pack = pack_of(FIRM, new, net, sql={"net": tmp_path / "net.sql"})
    figure = figure_of(pack, certificates(), as_of="2019-12-31", defaults={})
    assert figure.value == 200
    (shadow,) = figure.shadows
    assert shadow.value == 160
    assert (shadow.because.counted_total, shadow.because.excluded_total) == (240, 30)
    assert {row.reason for row in shadow.because.excluded} == {"到期已续，不增不减"}
    assert {row.amount for row in shadow.because.counted} == {1, -1}
    assert shadow.because.counted[0].verification == "已填报"


ITEM = register("item", "政务服务事项", "code", field("code", "事项编码"), field("people", "民生事项", "boolean"), counted_as="项")
MATERIAL = register(
    "material", "申请材料", "id", field("id", "材料编号"), field("item", "事项编码"), field("name", "材料名称"),
    field("need", "必要性", "choice", choices=["必要", "容缺"]), field("shared", "可共享", "boolean"),
    counted_as="份", parent={"register": "item", "field": "item"}, row_title="name",
)
ONE_CARD = indicator(
    "ratio", register="item", unit="%", nature="level", where=[{"field": "people", "op": "=", "value": True}], bottom={},
    top={"where": [{"children": "material", "quantifier": "all", "empty": "ask", "otherwise": "还要提交材料",
                    "among": [{"field": "need", "op": "=", "value": "必要"}], "meet": [{"field": "shared", "op": "=", "value": True}]}]},
)


def items(last_shared: str) -> dict[str, list[dict[str, Any]]]:
    return {
        "item": [{"重复": 8, "事项编码": "S{n}", "民生事项": "是"}, {"事项编码": "B1", "民生事项": "否"}],
        "material": [
            {"重复": 7, "材料编号": "A{n}", "事项编码": "S{n}", "材料名称": "身份证", "必要性": "必要", "可共享": "是"},
            {"材料编号": "X1", "事项编码": "S1", "材料名称": "户口簿", "必要性": "必要", "可共享": last_shared},
            {"材料编号": "X2", "事项编码": "S2", "材料名称": "照片", "必要性": "容缺", "可共享": "否"},
        ],
    }


def test_one_material_made_shareable_moves_the_ratio_by_one_nth() -> None:
    pack = pack_of(ITEM, MATERIAL, ONE_CARD)
    before, after = figure_of(pack, items("否")), figure_of(pack, items("是"))
    assert before.value is not None
    assert after.value is not None
    assert after.value - before.value == Decimal(100) / 8
    assert reasons(before) == {
        "S8": "只在分母：没有登记申请材料，不能判断，已列入待确认", "S1": "只在分母：还要提交材料：2份申请材料中1份不符合，如“户口簿”",
        "B1": "不在分母：民生事项为“否”，不是“是”",
    }
    assert before.because.rule == (
        "比一比：截至2019年9月30日，分母是民生事项为“是”、并经牵头单位核验的政务服务事项的项数，"
        "分子是其中必要性为“必要”的申请材料每份都满足可共享为“是”的项数，分子除以分母"
    )


def test_an_item_without_materials_is_asked_about() -> None:
    (asked,) = figure_of(pack_of(ITEM, MATERIAL, ONE_CARD), items("是")).because.questions
    assert (asked.id, asked.level) == ("row.no-children", "question")
    assert "S8" in asked.message


def test_a_firm_counts_once() -> None:
    firms = register("project", "数字经济项目", "id", field("id", "项目编号"), field("firm", "企业"))
    once = indicator("count", register="project", distinct=["firm"])
    rows = [{"项目编号": "P1", "企业": "甲", "发生日期": "2019-03-01"}, {"项目编号": "P0", "企业": "甲", "发生日期": "2019-05-01"},
            {"项目编号": "P3", "企业": "乙"}, {"项目编号": "P4"}]
    figure = figure_of(pack_of(firms, once), {"project": rows})
    assert figure.value == 2
    assert reasons(figure) == {"P0": "同一企业已计入（企业为“甲”，已计的是P1）", "P4": "企业未填，无法计算"}


def test_the_words_of_the_pack_come_first() -> None:
    own = indicator("count", register="platform", where=[{"field": "space", "op": ">=", "value": 10000, "otherwise": "空间不够"}])
    rows = platforms({"平台名称": "滨海新城", "可开发空间": "9800", "发生日期": "2019-09-12"}, {"平台名称": "甲", "可开发空间": "5"})
    assert reasons(figure_of(pack_of(PLATFORM, own), rows)) == {
        "滨海新城": "可开发空间9月12日由10,300亩改为9,800亩，空间不够", "甲": "空间不够：可开发空间5亩"
    }


def test_evidence_and_verification_come_with_the_row() -> None:
    row = {"平台名称": "甲", "可开发空间": "10000", "佐证": "嘉政发〔2019〕3号；照片.jpg", "核验": "督查抽查"}
    (counted,) = figure_of(pack_of(PLATFORM, PLATFORMS), {"platform": [row]}).because.counted
    assert (counted.evidence, counted.verification) == (("嘉政发〔2019〕3号", "照片.jpg"), "督查抽查")
    assert VERIFIED["核验"] == "牵头单位核验"
