"""What has to work for each of the ten tasks, walked by the people who do it: rows come in by file and form, are verified, and the pages answer.

The list is made here and empty at first, so that every figure is exactly that of the rows entered; what only needs reading is read in the
demonstration. All rows are invented.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import context_of, needs_chromium
from tests.browser.desk import Desk
from tests.browser.pages import LIST, confirm_all_the_same, upload
from tests.browser.site import Site

pytestmark = needs_chromium
DAY = "2019-09-30"
BEGAN = {"发生日期": "2019-01-10", "属地": "南湖区"}


@pytest.fixture(scope="module")
def desk(browser: Browser, site: Site) -> Iterator[Desk]:
    """The office and a checker on a list that nobody has entered a row for."""
    with context_of(browser, site, "ducha") as office, context_of(browser, site, "heyan") as checker:
        for each in (office, checker):
            each.set_default_timeout(60_000)
        page = office.new_page()
        upload(page, "十项任务走一遍的清单（示例）")
        confirm_all_the_same(page)
        page.wait_for_selector(".tasks")
        yield Desk(page, checker.new_page(), page.url.removeprefix(site.address).partition("?")[0])


def said(page: Page) -> str:
    return page.locator("main").inner_text()


# 1 重大项目和重大平台

ITEMS = ("节能评估", "社会稳定风险评估", "地质灾害评估", "压覆矿评估", "水土保持", "地震安全评价", "防洪评价", "通航评价", "交通影响评价")


def test_with_nine_of_eleven_assessments_done_the_page_names_the_one_that_makes_the_year_end_impossible(desk: Desk) -> None:
    project = {"项目名称": "示例轨道项目", "主管单位": "示例部门", **BEGAN}
    rows = [{"手续名称": "用地预审选址", "手续类别": "审批", "所需工作日": 20, "办结日期": "2019-08-20"},
            *({"手续名称": name, "手续类别": "专项评估", "所需工作日": 15, "办结日期": "2019-08-20"} for name in ITEMS),
            {"手续名称": "环评", "手续类别": "专项评估", "前置项": "用地预审选址", "所需工作日": 30},
            {"手续名称": "文物调查", "手续类别": "专项评估", "前置项": "用地预审选址", "所需工作日": 40},
            {"手续名称": "可研批复", "手续类别": "审批", "前置项": "、".join((*ITEMS, "环评", "文物调查")), "所需工作日": 15},
            {"手续名称": "施工许可", "手续类别": "审批", "前置项": "可研批复", "所需工作日": 10}]
    desk.bring("approval_item", [project | row for row in rows], verify=False)
    told = desk.figure("rail_start_slack")
    assert "文物调查→可研批复→施工许可" in told
    assert "已不可能按期" in told
    assert desk.value("approvals_done") == "71.4%"
    desk.correct("approval_item", "示例轨道项目/文物调查", {"done": "2019-09-29"}, verify=False)
    told = desk.figure("rail_start_slack")
    assert "环评→可研批复→施工许可" in told
    assert "离2019年12月31日还有11天" in told


def test_a_platform_that_loses_land_to_a_protection_line_lowers_the_count_and_is_named(desk: Desk) -> None:
    assert (platforms_on(desk, "2019-08-31"), platforms_on(desk, DAY)) == ("21个", "20个")
    page = desk.office
    page.goto(f"{LIST}figures/large_platforms/?see=moved&on={DAY}&since=2019-08-31")
    assert "不再计入1行" in said(page)
    page.click("main tbody a:has-text('临港片区')")
    assert "保护线内面积：500 → 1,000" in said(page).replace("1000", "1,000")
    assert "9,800" in said(page).replace("9800", "9,800")


def platforms_on(desk: Desk, day: str) -> str:
    desk.office.goto(f"{LIST}figures/large_platforms/?on={day}")
    return desk.office.locator(".title .figure b").inner_text()


# 2 高能级城市平台

def test_one_section_from_forty_to_sixty_per_cent_moves_the_ring_by_its_share_of_the_contracts(desk: Desk) -> None:
    desk.bring("road_section", [{"标段": "示例一标", "类型": "高架", "长度": 5, "合同价": 300000, "形象进度": 40, **BEGAN},
                                {"标段": "示例二标", "类型": "高架", "长度": 9, "合同价": 700000, "形象进度": 20, **BEGAN}])
    assert desk.value("ring_progress") == "26%"
    desk.correct("road_section", "示例一标", {"progress": "60", "happened_on": "2019-09-20"})
    assert desk.value("ring_progress") == "32%"
    assert "示例一标" in desk.figure("ring_progress", f"?see=moved&on={DAY}&since=2019-09-01")


def test_a_notice_of_twenty_nine_days_cannot_be_approved_and_the_article_is_named(desk: Desk) -> None:
    desk.bring("rail_town_plans", [{"成果": "高铁新城总体规划", "阶段": "公告", "日期": "2019-08-01", "佐证": "示例公告1"}])
    page = desk.office
    page.goto(f"{desk.list}registers/rail_town_plans/new/")
    approval = {"item": "高铁新城总体规划", "stage": "审批", "number": "示例批〔2019〕1号", "evidence": "示例批文1"}
    desk.fill(approval | {"on": "2019-08-30"})
    page.click("main form.form button.main")
    assert page.locator(".said").count() == 0
    assert "城乡规划法第二十六条" in said(page)
    desk.fill({"on": "2019-08-31"})
    page.click("main form.form button.main")
    assert page.locator(".said").count() == 1, said(page)[:800]
    desk.verify("rail_town_plans")
    assert desk.value("plans_approved") == "1件"


# 3 数字经济强市

def test_the_quota_makes_thirty_four_and_a_second_signing_does_not_make_fifty_one(desk: Desk) -> None:
    stations = [{"赛站": f"示例赛站{n}", "来源": "国内赛站" if n < 6 else "境外赛站", "晋级名额": 3, **BEGAN} for n in range(1, 9)]
    desk.bring("contest_quota", [*stations, {"赛站": "示例线上", "来源": "线上", "晋级名额": 10, **BEGAN}], verify=False)
    assert desk.value("semifinal_places") == "34个"
    project = {"领域": "器件", "协议总投资": 9000, "不计情形": "无", "首次签约活动": "示例大会", "签约日期": "2019-02-01",
               "注册日期": "2019-03-01", "备案赋码日期": "2019-04-01", **BEGAN}
    rows = [project | {"项目编号": f"示例数{n:03}", "项目名称": f"示例项目{n}", "投资方": f"示例投资方{n}", "投资标的": f"示例基地{n}"}
            for n in range(50)]
    desk.bring("digital_project", rows)
    assert desk.value("digital_projects") == "50个"
    again = rows[7] | {"项目编号": "示例数099", "项目名称": "示例项目7二次签约", "签约日期": "2019-05-08", "备案赋码日期": "2019-06-01"}
    desk.bring("digital_project", [again])
    assert desk.value("digital_projects") == "50个"
    assert "示例项目7二次签约" in desk.figure("digital_projects")


# 4 G60科创走廊

def test_renewals_are_not_new_and_what_expired_is_taken_off_only_in_the_net_figure(desk: Desk) -> None:
    def certificate(n: int, kind: str, issued: str) -> dict[str, object]:
        return {"企业名称": f"示例企业{n:03}", "申请类型": kind, "证书编号": f"GR{issued[:4]}33{n:06}", "发证日期": issued, "证书状态": "有效",
                **BEGAN, "发生日期": issued}
    rows = [certificate(n, "首次认定", "2019-06-10") for n in range(200)]
    rows += [certificate(n, "重新认定", "2019-06-12") for n in range(200, 230)]
    rows += [certificate(n, "首次认定", "2016-06-12") for n in range(200, 230)] + [certificate(n, "首次认定", "2016-08-01") for n in range(230, 270)]
    desk.bring("hightech_enterprise", rows)
    assert desk.value("new_hightech") == "200家"
    assert "不是首次认定30行" in desk.figure("new_hightech")
    assert desk.value("net_hightech") == "160家"
    assert "到期" in desk.figure("net_hightech")
    desk.office.goto(desk.list)
    desk.office.click("tr:has(th.name:has-text('高新技术企业')) td.n a")
    assert "高新技术企业净增 160家" in said(desk.office)


def test_a_revised_gdp_gives_a_second_value_and_the_first_stays_in_sight(desk: Desk) -> None:
    desk.bring("rd_expenditure", [{"期间": "2017", "数值": 131, "发布日期": "2018-11-20", "发布文件": "示例公报"}])
    desk.bring("gdp", [{"期间": "2017", "数值": 4355, "发布日期": "2018-02-05", "发布文件": "示例公报甲"},
                       {"期间": "2017", "数值": 4380.5, "发布日期": "2018-12-20", "发布文件": "示例年鉴乙"}])
    told = desk.figure("rd_share")
    assert "2018年11月20日起算得3.01%" in told
    assert "2018年12月20日起算得2.99%，修订前是3.01%" in told
    assert "尚不可观测" in told


# 5 长三角一体化

def test_other_weights_show_which_areas_change_places(desk: Desk) -> None:
    page = desk.office
    page.goto(f"{LIST}figures/delta_index/")
    page.click("main a:has-text('试改权重')")
    for place, weight in ((0, "10"), (3, "30")):
        page.fill(f"#id_w{place}", weight)
    page.click("main form button[type=submit]")
    assert "换了名次的" in said(page)
    assert page.locator("[aria-labelledby=swaps] li").count() >= 1
    page.fill("#id_w0", "二十")
    page.click("main form button[type=submit]")
    assert "权重要写数字" in said(page)


def test_a_matter_across_provinces_is_not_taken_without_its_next_day(desk: Desk) -> None:
    page = desk.office
    page.goto(f"{desk.list}blockers/new/")
    page.fill("[name=title]", "示例界河桥两边都没有立项")
    page.select_option("[name=level]", "cross_province")
    for name in ("asked_for", "cost_of_waiting"):
        page.fill(f"[name={name}]", "示例：请两边同时立项")
    page.locator("[name=category]").first.select_option(index=1)
    page.click("main form.form button[type=submit]")
    assert "跨省" in said(page)
    assert page.locator(".said").count() == 0
    page.fill("[name=next_on]", "2019-10-15")
    page.click("main form.form button[type=submit]")
    assert page.locator(".said").count() == 1, said(page)[:1500]
    assert "10月15日" in said(page)


BATCHES = ("高峰论坛", "官方网站", "研究课题", "专家智库", "发展指数", "专题调研", "产业平台", "经验做法", "赛事展会", "推介活动")


def test_ten_of_ten_needs_an_accepted_result_of_each(desk: Desk) -> None:
    rows = [{"成果": name, "阶段": "办成", "日期": "2019-06-03", "文号": f"示例成果{n}", "佐证": f"示例佐证{n}"} for n, name in enumerate(BATCHES)]
    desk.bring("ten_batches", rows[:9])
    desk.bring("ten_batches", rows[9:], verify=False)
    assert desk.value("ten_batches_done") == "9项"
    assert "推介活动" in desk.figure("ten_batches_done")
    desk.verify("ten_batches")
    assert desk.value("ten_batches_done") == "10项"


# 6 国际产业合作平台

def test_a_new_zone_without_a_park_lowers_the_coverage_and_is_named(desk: Desk) -> None:
    zone = {"开发区级别": "省级", "开发区类型": "经济开发区", "批准文号": "示例批〔2001〕1号", "批准日期": "2001-06-01", "属地": "南湖区"}
    desk.bring("zone", [zone | {"开发区名称": "示例甲开发区"}])
    park = {"合作园名称": "示例中荷合作园", "所在开发区": "示例甲开发区", "对象国": "荷兰", "合作园类型": "国际产业合作园", "认定级别": "省级",
            "认定文号": "示例商〔2018〕10号", "认定日期": "2018-06-12", **BEGAN}
    desk.bring("partner_park", [park])
    assert desk.value("zones_with_park") == "100%"
    desk.bring("zone", [zone | {"开发区名称": "示例乙开发区", "批准日期": "2019-09-02", "批准文号": "示例批〔2019〕9号"}])
    assert desk.value("zones_with_park") == "50%"
    assert "示例乙开发区" in desk.office.locator("section:has(h2:has-text('只在分母'), h2:has-text('没有计入的'))").first.inner_text()


def take_in(page: Page, address: str, kind: str, title: str) -> None:
    page.goto(f"{address}incomings/new/")
    page.select_option("[name=incoming]", kind)
    page.fill("[name=title]", title)
    page.fill("[name=applicant]", "Example Optics GmbH")
    page.fill("[name=country]", "Germany")
    page.select_option("[name=organ]", index=1)
    page.click("main form button[type=submit]")


def test_an_english_enquiry_has_its_number_owner_and_day_on_one_page(browser: Browser, site: Site, desk: Desk) -> None:
    with context_of(browser, site, "ducha") as context, context.new_page() as page:
        page.goto(f"/language/?to=en&next={desk.list}")
        take_in(page, desk.list, "fdi-enquiry", "May a wholly foreign-owned firm rent a plant in the park?")
        told = said(page)
        assert "来〔2019〕" in told
        assert "10 October 2019" in told or "2019-10-10" in told or "Oct" in told
        assert page.locator("dl.facts dd strong").count() == 3
        page.goto(f"/language/?to=zh-hans&next={desk.list}")


def test_a_complaint_counts_working_days_and_stands_still_while_the_complainant_is_awaited(desk: Desk) -> None:
    page = desk.office
    take_in(page, desk.list, "fdi-complaint", "示例：供电接入拖延")
    assert "2019年10月15日" in said(page)     # seven working days from 30 September: the week of the national day does not count
    act(page, "accept")
    assert "外商投资企业投诉办结" in said(page)
    act(page, "pause")
    assert "暂停计时" in said(page)
    assert "已用0个工作日" in said(page)


def act(page: Page, do: str) -> None:
    button = page.locator(f"button[name=do][value={do}]")
    if not button.is_visible():
        page.locator(f"details.act:has(button[value={do}]) summary").click()
    button.click()
    assert page.locator(".said").count() == 1, said(page)


# 7 金融生态

def test_a_guarantee_fund_gives_its_average_its_share_paid_and_its_ladder_of_ends(desk: Desk) -> None:
    """In the proportions of the vector; the vector itself, with its 5,075 policies, is a worked case of the pack."""
    policy = {"借款人": "示例借款人", "合作银行": "示例银行", "起保日": "2019-01-02", "到期日": "2020-01-02", "担保状态": "在保", "属地": "南湖区"}
    rows = [policy | {"保单号": f"示例保{n:02}", "贷款额": 120, "担保额": 116} for n in range(24)]
    paid = {"贷款额": 20, "担保额": 19.75, "担保状态": "代偿", "代偿日": "2019-04-10", "代偿额": 19.75}
    desk.bring("guarantee", [*rows, policy | {"保单号": "示例保24", "贷款额": 121, "担保额": 120.5, "到期日": "2020-03-31"},
                             policy | {"保单号": "示例保25"} | paid])
    assert desk.value("guarantee_average") == "116.18万元/笔"
    assert desk.value("guarantee_paid_share") == "0.68%"
    desk.office.goto(f"{desk.list}figures/guarantee_in_force/?see=column&by=until")
    ends = desk.office.locator("[aria-labelledby=split] tbody tr").all_inner_texts()
    assert [line.split()[0] for line in ends] == ["2020年1月", "2020年3月"]


def test_a_disbursement_above_the_quota_is_refused(desk: Desk) -> None:
    entry = {"工具": "再贴现", "机构": "示例银行", "属地": "南湖区"}
    desk.bring("quota_ledger", [entry | {"流水号": "示例额1", "业务日期": "2019-02-01", "收支类型": "额度核定", "金额": 10},
                                entry | {"流水号": "示例额2", "业务日期": "2019-03-01", "收支类型": "发放", "金额": 9}])
    page = desk.office
    page.goto(f"{desk.list}registers/quota_ledger/new/")
    desk.fill({"entry": "示例额3", "on": "2019-09-02", "movement": "发放", "tool": "再贴现", "bank": "示例银行", "amount": "2"})
    page.click("main form.form button.main")
    assert page.locator(".said").count() == 0
    assert "额度" in said(page) or "不能" in said(page)


def test_the_loans_figure_is_never_without_its_scope(desk: Desk) -> None:
    page = desk.office
    page.goto(f"{LIST}figures/small_loans_increase/")
    assert "划型" in said(page)
    page.goto(LIST)
    page.click("tr:has(th.name:has-text('小微企业')) td.n a")
    assert "划型" in said(page)


# 8 人才汇聚

def test_a_person_brought_in_by_two_counties_counts_once_and_both_see_why(desk: Desk) -> None:
    person = {"国籍": "示例国", "人才类别": "A顶尖", "认定依据": "示例院士", "专业": "示例专业", **BEGAN}
    desk.bring("person", [person | {"人才码": "示例才1", "证件摘要": "110101196001010011"},
                          person | {"人才码": "示例才2", "证件摘要": "110101196202020021"}])
    desk.bring("engagement", [engaged("示例引1", "示例才1", "示例甲公司", "柔性", "南湖区", "2019-03-01"),
                              engaged("示例引2", "示例才1", "示例乙公司", "柔性", "秀洲区", "2019-05-01"),
                              engaged("示例引3", "示例才2", "示例丙公司", "全职", "嘉善县", "2019-05-01")])
    assert desk.value("top_talents") == "2名"
    assert desk.value("top_talents_fulltime") == "0名"
    page = desk.office
    for key, words in (("示例引1", "计入"), ("示例引2", "没有计入")):
        page.goto(f"{desk.list}registers/engagement/{key}/")
        figures = page.locator("[aria-labelledby=figures]").inner_text()
        assert words in figures
        assert "示例引" in figures
    page.goto(f"{desk.list}registers/engagement/示例引3/")
    assert "没有参保月份" in page.locator("[aria-labelledby=figures] li:has(.light.late)").inner_text()


def engaged(code: str, person: str, employer: str, way: str, district: str, arrived: str) -> dict[str, object]:
    return {"引进编号": code, "人才码": person, "人才类别": "A顶尖", "用人单位": employer, "引进方式": way, "合同起": "2019-02-01",
            "合同止": "2021-12-31", "到岗核验日期": arrived, "属地": district, "发生日期": arrived}


# 9 土地保障

def contract(n: int, **more: object) -> dict[str, object]:
    return {"合同编号": f"示例合同{n}", "供应方式": "挂牌", "土地用途": "工业", "受让人": f"示例企业{n}", "价款": 100, "签订日期": "2019-03-15",
            "属地": "南湖区", "面积": 50, "约定固定资产投资": 17000, **more}


def test_intensity_is_weighed_and_366_days_late_is_idle_while_364_is_not(desk: Desk) -> None:
    desk.bring("land_supply_contract", [contract(1, 面积=10, 约定固定资产投资=6000), contract(2, 面积=90, 约定固定资产投资=28800)])
    assert desk.value("industrial_intensity") == "348万元/亩"
    late = {"签订日期": "2018-03-01", "约定竣工日期": "2021-03-01"}
    desk.bring("land_supply_contract", [contract(3, 约定动工日期="2018-10-01", **late), contract(4, 约定动工日期="2018-09-29", **late)])
    assert desk.value("idle_parcels") == "1宗"
    told = desk.figure("idle_parcels")
    assert "364天" in told
    assert "366天" in told


def test_the_same_range_entered_twice_is_refused(desk: Desk) -> None:
    parcel = {"面积": 100, "低效情形": "利用粗放", "权属清晰": "是", "再开发方式": "自主改造", "认定日期": "2018-02-06", "范围": SQUARE,
              "属地": "南湖区", "发生日期": "2018-02-06"}
    desk.bring("redevelopment_parcel", [parcel | {"图斑编号": "示例图斑1", "地块名称": "示例旧厂", "四至编号": "示例图1"}])
    page = desk.office
    page.goto(f"{desk.list}registers/redevelopment_parcel/new/")
    desk.fill({"parcel": "示例图斑2", "place": "示例旧厂又一次", "area": "100", "boundary": "示例图2", "range": SQUARE, "state": "利用粗放",
               "title_clear": "是", "way": "自主改造", "identified": "2018-03-06", "happened_on": "2018-03-06"})
    page.click("main form.form button.main")
    assert page.locator(".said").count() == 0
    assert "与台账里的“示例旧厂”的范围重叠" in said(page)


SQUARE = "120.75 30.75；120.7527 30.75；120.7527 30.7523253；120.75 30.7523253"


# 10 政务服务数字化

def test_one_material_less_to_bring_flips_one_item_and_moves_the_ratio_by_one_nth(desk: Desk) -> None:
    item = {"事项类型": "公共服务", "实施主体": "示例部门", "行使层级": "市级", "民生事项": "是", "企业办事事项": "否", "网上深度": "全程",
            "掌上可办": "是", "进驻中心": "是", "综窗受理": "是", "例外目录": "否", "目录版本": "示例版", **BEGAN}
    codes = [f"11330400MB2EX0001A933040000000{n}" for n in range(1, 5)]
    desk.bring("service_item", [item | {"实施清单编码": code, "事项名称": f"示例事项{n}"} for n, code in enumerate(codes, 1)])
    paper = {"材料名称": "身份证", "必要性": "必要", "取得方式": "身份证件", **BEGAN}
    other = {"材料名称": "居住证明", "必要性": "必要", "取得方式": "申请人提交", **BEGAN}
    desk.bring("service_material", [*(paper | {"实施清单编码": code} for code in codes), *(other | {"实施清单编码": code} for code in codes[:2])])
    assert desk.value("one_certificate") == "50%"
    desk.correct("service_material", f"{codes[0]}/居住证明", {"obtained": "部门共享"})
    assert desk.value("one_certificate") == "75%"
    moved = desk.figure("one_certificate", f"?see=moved&on={DAY}&since=2019-08-31")
    assert "示例事项1" in moved or "75%" in moved


def test_a_kiosk_that_is_moved_lowers_the_coverage_and_the_villages_lost_are_named(desk: Desk) -> None:
    villages = [("示例近村", "120.7800,30.7500", 600), ("示例远村", "121.3000,30.7500", 400)]
    desk.bring("demand_point", [{"村社区": name, "坐标": at, "常住人口": people, **BEGAN} for name, at, people in villages], verify=False)
    kiosk = {"点位名称": "示例网点", "场所": "银行", "上线日期": "2019-01-05", "属地": "南湖区"}
    desk.bring("terminal", [kiosk | {"终端编号": "示例终端1", "坐标": "120.7810,30.7510"},
                            kiosk | {"终端编号": "示例终端2", "坐标": "121.3010,30.7510"}])
    assert desk.value("thirty_minute_circle") == "100%"
    desk.correct("terminal", "示例终端2", {"at": "120.7900,30.7500"})
    assert desk.value("thirty_minute_circle") == "60%"
    assert "示例远村" in desk.office.locator("section:has(h2:has-text('没有计入的1行'))").inner_text()


def test_side_by_side_both_clocks_start_at_once_one_after_another_the_second_waits_and_a_hearing_keeps_the_limit(desk: Desk) -> None:
    page = desk.office
    take_in(page, desk.list, "permits-serial", "示例厂房许可，串联")
    assert page.locator("ol.span").count() == 1
    assert "还没有" in said(page)
    take_in(page, desk.list, "permits-parallel", "示例厂房许可，并联")
    assert page.locator("ol.span").count() == 2
    act(page, "accept")
    before = page.locator("ol.span .end strong").all_inner_texts()
    act(page, "pause")
    assert "暂停计时" in said(page)
    act(page, "resume")
    assert page.locator("ol.span .end strong").all_inner_texts() == before
