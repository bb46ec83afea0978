"""怎么算: an office agrees on how a promise is counted, on the page alone; another city's list lives after its import."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse

from luoshi.actions.accept_report import accept_report
from luoshi.actions.file_report import ReportPlace, ReportText, file_report
from luoshi.actions.make_list import make_list
from luoshi.actions.sign_report import sign_report
from luoshi.plan.target import Target
from luoshi.status.stand import Item
from luoshi.store.models import BindingRecord, DocumentRecord, FactRecord, JournalRecord, ListRecord
from luoshi.store.queries.story import Told, tell_list
from tests.web.importing import confirm, upload
from tests.web.world import AT, DAY, World

OURS = """示例市2019年重点工作任务清单

一、建设产业平台
工作目标：全年新建示范平台3个，新增绿化面积500亩。
牵头单位：市发展改革委

二、服务企业
工作目标：全年走访企业200家。
牵头单位：市经信局
"""
def told_of(record: ListRecord) -> Told:
    told = tell_list(ListRecord.objects.select_related("plan").get(pk=record.pk), DAY)
    assert told is not None
    return told


def item_of(record: ListRecord, value: int) -> Item:
    return next(i for i in told_of(record).items if isinstance(i.promise, Target) and i.promise.value == value)


@pytest.fixture
def other_city(world: World) -> ListRecord:
    """A list without a pack of its own, imported and confirmed from text in our own words."""
    made = make_list(world.who("supervision"), AT, "示例市清单", 2019, "base")
    client = world.client("supervision")
    where = upload(client, made.pk, "示例市.txt", OURS.encode())["Location"]
    assert DocumentRecord.objects.get(list=made).state == "read"
    assert confirm(client, where).status_code == 302
    return made


PLATFORM = {"平台类型": "高新区", "平台级别": "市级", "管理机构": "示例管委会", "规划面积": "1000", "已建面积": "100", "已供未建面积": "0",
            "保护线内面积": "0", "属地": "示例区", "供数单位": "示例管委会", "登记日期": "2019-06-05", "核验": "牵头单位核验"}
COUNTED = {"source": "register:platform", "kind": "count", "date_field": "happened_on", "period": "in_year", "run": "cumulative",
           "judged": "at_least", "plan": "linear", "scope": "管委会挂牌、有批文的算一个，按挂牌日期归年。", "expected": "0"}
REPORTED = {"source": "reported", "figure_class": "A", "run": "cumulative", "judged": "at_least", "plan": "linear", "expected": "0",
            "scope": "上门或座谈都算，一家一年只算一次。"}
FILTER = {"f_field": ["grade", "planned"], "f_op": ["in", ">="], "f_value": ["国家级、省级", "800"], "f_why": ["不是省级以上", ""],
          "f_part": ["", ""]}


def supply(record: ListRecord, *rows: dict[str, str]) -> None:
    """Rows of the register of platforms, as an import would leave them."""
    for row in rows:
        FactRecord.objects.create(list=record, source="platform", key=row["平台名称"], row=PLATFORM | row, origin="示例.csv", recorded_at=AT)
    ListRecord.objects.filter(pk=record.pk).update(facts_version=record.facts_version + 1)


def page_at(item: Item, record: ListRecord) -> str:
    return f"/lists/{record.pk}/targets/{item.promise.id}/count/"


def send(world: World, record: ListRecord, value: int, do: str, form: dict[str, Any], key: str = "supervision") -> HttpResponse:
    return world.client(key).post(page_at(item_of(record, value), record), {**form, "do": do})


@pytest.fixture
def three_platforms(other_city: ListRecord) -> ListRecord:
    """Two of this year, one of them of the city only; one of last year."""
    supply(other_city, {"平台名称": "示例平台甲", "平台级别": "省级", "发生日期": "2019-03-01"}, {"平台名称": "示例平台乙", "发生日期": "2019-05-01"},
           {"平台名称": "示例平台丙", "平台级别": "国家级", "发生日期": "2018-05-01"})
    return other_city


def test_another_citys_list_is_alive_after_two_targets_are_agreed_on(world: World, three_platforms: ListRecord) -> None:
    assert [item.light.state for item in told_of(three_platforms).items] == ["no_data"] * 3
    assert send(world, three_platforms, 3, "confirm", COUNTED).status_code == 302
    assert send(world, three_platforms, 200, "confirm", REPORTED).status_code == 302
    unit, client = world.organ("市经信局").pk, item_of(three_platforms, 200).promise.id
    report = file_report(world.who("liaison"), AT, DAY, three_platforms.pk, ReportPlace(client, unit, "2019-09"),
                         ReportText(observed_on=date(2019, 9, 30), progress="示例：走访90家。", value=Decimal(90)), 0, True, ())
    report = sign_report(world.who("head"), AT, DAY, report.pk, report.revision)
    accept_report(world.who("supervision"), AT, DAY, report.pk, report.revision)
    counted, green, said = told_of(three_platforms).items
    assert (counted.value, counted.value_from, counted.light.state) == (2, "computed", "normal")
    assert (green.value, green.value_from, green.light.state) == (None, "none", "no_data")
    assert (said.value, said.value_from, said.light.state) == (90, "reported", "late")
    board = world.client("leader").get(f"/lists/{three_platforms.pk}/").content.decode()
    assert "填报" in board


def test_what_could_count_it_is_proposed_with_reasons(world: World, three_platforms: ListRecord) -> None:
    page = world.client("supervision").get(page_at(item_of(three_platforms, 3), three_platforms)).content.decode()
    proposed = re.findall(r'href="\?use=([^"&#]+)', page)
    assert proposed[0] == "register%3Aplatform"
    assert "都写着“平台”；单位都是个；手头有3行" in page
    assert "还没有约定" in page


def test_a_preview_shows_rows_and_reasons_and_saves_nothing(world: World, three_platforms: ListRecord) -> None:
    page = send(world, three_platforms, 3, "preview", COUNTED | FILTER).content.decode()
    assert "<b>1 / 3个</b>" in page
    assert page.index("没有计入的2行") < page.index("计入的1行")
    assert "不是省级以上" in page
    assert 'value="国家级、省级"' in page
    assert BindingRecord.objects.count() == 0


def test_the_scope_is_asked_and_never_assumed(world: World, three_platforms: ListRecord) -> None:
    answer = send(world, three_platforms, 3, "confirm", COUNTED | {"scope": " "})
    assert answer.status_code == 422
    assert "口径要写清楚" in answer.content.decode()
    assert BindingRecord.objects.count() == 0


def test_a_scope_that_nobody_has_decided_is_asked_on_the_board_and_the_page(world: World, other_city: ListRecord) -> None:
    asked = {**REPORTED, "scope": "", "question": "电话联系的算不算走访？"}
    assert send(world, other_city, 200, "confirm", asked).status_code == 302
    item = item_of(other_city, 200)
    assert item.binding is not None
    assert item.binding.question == "电话联系的算不算走访？"
    assert "口径待定：电话联系的算不算走访？" in item.light.sentence
    page = world.client("leader").get(f"/lists/{other_city.pk}/targets/{item.promise.id}/").content.decode()
    assert "电话联系的算不算走访？" in page


@pytest.mark.parametrize(("changed", "said"), [
    ({"kind": "sum", "field": ""}, "没有选，也没有填"),
    ({"judged": "band"}, "容差"),
    ({"plan": "months"}, "二者取一"),
    ({"plan": "months", "month": ["很多"]}, "要写数"),
    ({"light": "luoshi-event"}, "可用"),
    ({"f_field": ["planned"], "f_op": [">="], "f_value": ["很大"], "f_why": [""], "f_part": [""]}, "是数，要写数"),
    ({"f_field": ["grade"], "f_op": ["="], "f_value": ["县级"], "f_why": [""], "f_part": [""]}, "没有“县级”这一项"),
    ({"f_field": ["happened_on"], "f_op": ["in_year"], "f_value": ["2019"], "f_why": [""], "f_part": [""]}, "不需要写"),
    ({"source": "register:nothing"}, "请重新选"),
    ({"source": "indicator:idle_land"}, "凭什么算"),
])
def test_what_does_not_fit_is_said_and_the_form_keeps_the_rest(world: World, three_platforms: ListRecord, changed: dict[str, Any], said: str) -> None:
    answer = send(world, three_platforms, 3, "confirm", COUNTED | changed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    if "source" not in changed:
        assert "管委会挂牌、有批文的算一个" in answer.content.decode()
    assert BindingRecord.objects.count() == 0


def test_an_indicator_of_the_pack_is_taken_with_the_citys_own_scope(world: World, other_city: ListRecord) -> None:
    supply(other_city, {"平台名称": "示例平台甲", "发生日期": "2019-03-01"})
    form = {"source": "indicator:developable_space", "run": "stock", "judged": "at_least", "plan": "", "scope": "以勘测报告为准。", "expected": "0"}
    answer = send(world, other_city, 500, "confirm", form)
    assert answer.status_code == 302, re.findall(r'class="problem"[^>]*>([^<]+)', answer.content.decode())
    item = item_of(other_city, 500)
    assert item.value == 900
    assert item.figure is not None
    assert item.figure.because.scope == "以勘测报告为准。"


def test_another_unit_than_the_targets_is_refused(world: World, other_city: ListRecord) -> None:
    form = {"source": "indicator:developable_space", "run": "stock", "judged": "at_least", "scope": "示例", "expected": "0"}
    answer = send(world, other_city, 3, "confirm", form)
    assert answer.status_code == 422
    assert "指标的单位是个" in answer.content.decode()


def test_the_page_says_who_agreed_and_when_and_the_journal_holds_before_and_after(world: World, three_platforms: ListRecord) -> None:
    send(world, three_platforms, 3, "confirm", COUNTED)
    item = item_of(three_platforms, 3)
    page = world.client("leader").get(f"/lists/{three_platforms.pk}/targets/{item.promise.id}/").content.decode()
    assert f"{world.person('supervision').name}于" in page
    assert "在“怎么算”约定，第1版" in page
    entry = JournalRecord.objects.latest("pk")
    assert (entry.action, entry.about) == ("binding.agree", f"promise:{item.promise.id}")
    assert entry.detail["before"] is None
    assert entry.detail["after"]["scope"] == COUNTED["scope"]


def test_agreeing_again_makes_a_version_and_the_earlier_one_can_be_restored(world: World, three_platforms: ListRecord) -> None:
    send(world, three_platforms, 3, "confirm", COUNTED)
    send(world, three_platforms, 3, "confirm", COUNTED | FILTER | {"expected": "1"})
    assert item_of(three_platforms, 3).value == 1
    page = world.client("supervision").get(page_at(item_of(three_platforms, 3), three_platforms)).content.decode()
    assert 'value="国家级、省级"' in page
    assert send(world, three_platforms, 3, "restore", {"number": "1", "expected": "2"}).status_code == 302
    assert item_of(three_platforms, 3).value == 2
    assert send(world, three_platforms, 3, "restore", {"number": "0", "expected": "3"}).status_code == 302
    assert item_of(three_platforms, 3).binding is None
    assert [(v.number, v.restores) for v in BindingRecord.objects.order_by("number")] == [(1, None), (2, None), (3, 1), (4, 0)]


def test_who_comes_second_is_told_and_keeps_what_was_typed(world: World, three_platforms: ListRecord) -> None:
    send(world, three_platforms, 3, "confirm", COUNTED)
    answer = send(world, three_platforms, 3, "confirm", COUNTED | {"scope": "另一种口径。"})
    assert answer.status_code == 409
    assert "另一种口径。" in answer.content.decode()
    assert BindingRecord.objects.count() == 1


def test_the_packs_own_binding_is_shown_and_can_be_taken_over(world: World) -> None:
    told = told_of(world.list)
    item = next(i for i in told.items if i.binding and i.binding.indicator == "large_platforms")
    client = world.client("supervision")
    page = client.get(page_at(item, world.list)).content.decode()
    assert "数据包约定" in page
    taken = client.get(page_at(item, world.list) + "?use=indicator:large_platforms").content.decode()
    assert re.search(r'name="month"[^>]*value="21"', taken)


@pytest.mark.parametrize("key", ["leader", "liaison", "administrator", "auditor"])
def test_only_the_office_may_agree(world: World, other_city: ListRecord, key: str) -> None:
    assert send(world, other_city, 3, "confirm", COUNTED, key).status_code == 403
    assert BindingRecord.objects.count() == 0


def test_a_promise_of_another_list_is_not_found(world: World, other_city: ListRecord) -> None:
    item = told_of(world.list).items[0]
    assert world.client("supervision").get(page_at(item, other_city)).status_code == 404


def test_what_no_longer_fits_the_pack_is_left_out_and_said(world: World, three_platforms: ListRecord) -> None:
    send(world, three_platforms, 3, "confirm", COUNTED)
    made = BindingRecord.objects.get()
    made.agreed["indicator"]["register"] = "gone"
    made.save()
    ListRecord.objects.filter(pk=three_platforms.pk).update(facts_version=99)
    told = told_of(three_platforms)
    assert item_of(three_platforms, 3).binding is None
    assert [f.about for f in told.findings if f.id == "binding.no-longer-fits"] == [made.promise_id]
