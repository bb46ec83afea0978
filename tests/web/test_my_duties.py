"""My duties: what is owed, by when; what was returned comes first, with its reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from luoshi.actions.file_report import ReportPlace, ReportText, file_report
from luoshi.actions.make_unit import add_alias
from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.return_report import return_report
from luoshi.actions.set_cycle import except_period, set_start
from luoshi.store.models import ListRecord
from luoshi.store.who import Who
from tests.actions.reporting import accepted, filed, item_of
from tests.web.world import AT, DAY, World, world  # noqa: F401


def page_of(world: World, key: str = "liaison", query: str = "") -> str:  # noqa: F811
    return str(world.client(key).get(reverse("my_duties", args=(world.list.pk,)) + query).content.decode())


def test_it_says_what_is_owed_by_when_and_what_must_be_typed(world: World) -> None:  # noqa: F811
    page = page_of(world)
    assert "要报4项" in page
    assert "最早的一项2019年10月5日截止" in page
    assert "还有5天" in page
    assert "要您填数或说完成没有的1项" in page
    assert "市科技局" not in page


def test_what_was_returned_is_first_with_its_reason(world: World) -> None:  # noqa: F811
    report = filed(world, words="新三板")
    return_report(world.who("head"), AT, report.pk, report.revision, "示例：请换一份公告")
    page = page_of(world)
    assert page.index("示例：请换一份公告") < page.index("全市数字经济核心产业主营收入")


def test_what_was_sent_is_no_longer_owed(world: World) -> None:  # noqa: F811
    accepted(world)
    filed(world, words="百亿企业")
    page = page_of(world)
    assert "要报2项" in page
    assert "已接收" in page
    assert "待单位负责人签发" in page


def test_a_draft_of_another_period_is_not_forgotten(world: World) -> None:  # noqa: F811
    filed(world, period="2019-08", submit=False)
    page = page_of(world)
    assert "8月报：数字经济领域重大项目" in page
    assert "要报5项" in page


def test_the_head_is_told_what_waits_for_a_signature(world: World) -> None:  # noqa: F811
    filed(world)
    assert "看1份待签发的填报" in page_of(world, "head")


def test_another_period_can_be_looked_at_and_one_to_come_cannot(world: World) -> None:  # noqa: F811
    assert "8月的填报" in page_of(world, query="?period=2019-08")
    assert world.client("liaison").get(reverse("my_duties", args=(world.list.pk,)) + "?period=2019-12").status_code == 302


def test_registers_that_the_unit_checks_are_listed_with_their_day(world: World) -> None:  # noqa: F811
    page = page_of(world, "liaison_c")
    assert "核对别的单位填的行" in page
    assert "每月5日前" in page


def test_a_register_is_found_by_an_alias_of_the_unit(world: World) -> None:  # noqa: F811
    before = page_of(world).count("填行")
    add_alias(world.who("administrator"), AT, world.organ("市经信局").pk, "平台管委会")
    assert page_of(world).count("填行") > before


def test_one_of_two_leading_units_is_enough(world: World) -> None:  # noqa: F811
    bank, finance = world.organ("人行嘉兴市中心支行"), world.organ("市金融办")
    who = Who(world.person("liaison").pk, "示例", (("liaison", finance.pk),))
    place = ReportPlace(item_of(world, "上市企业新增").promise.id, finance.pk, "2019-09")
    file_report(who, AT, DAY, world.list.pk, place, ReportText(date(2019, 9, 30), "示例：新增1家", Decimal(4)), 0, True)
    post = world.person("liaison").posts.get()
    post.organ = bank
    post.save()
    page = page_of(world)
    assert "市金融办已经报了同一项" in page
    assert "可以不报" in page


@pytest.mark.parametrize("key", ["supervision", "leader", "auditor", "administrator"])
def test_it_is_for_those_who_report(world: World, key: str) -> None:  # noqa: F811
    assert world.client(key).get(reverse("my_duties", args=(world.list.pk,))).status_code == 403


def test_a_list_without_a_plan_and_a_list_of_next_year_say_so(world: World) -> None:  # noqa: F811
    empty = ListRecord.objects.create(title="示例：空清单", year=2019, pack="jiaxing-2019", made_at=AT)
    assert "还没有确认方案" in world.client("liaison").get(reverse("my_duties", args=(empty.pk,))).content.decode()
    ListRecord.objects.filter(pk=world.list.pk).update(year=2020)
    assert "没有到时间要报的" in page_of(world) or "没有牵头的指标" in page_of(world)


def test_it_takes_few_queries_however_much_is_owed(world: World, django_assert_max_num_queries: Any) -> None:  # noqa: F811
    for words in ("重大项目", "百亿企业", "新三板"):
        filed(world, words=words)
    client = world.client("liaison")
    client.get(reverse("my_duties", args=(world.list.pk,)))
    with django_assert_max_num_queries(12):
        client.get(reverse("my_duties", args=(world.list.pk,)))


def test_what_waits_of_slips_and_contributions_stands_between_the_reports_by_its_day(world: World) -> None:  # noqa: F811
    lead, support = world.organ("市发展改革委").pk, world.organ("市经信局").pk
    open_case(world.who("liaison_b"), AT, DAY, world.list.pk, CaseText("contribution", "示例：确认面积", organ_id=support, raised_by_id=lead,
                                                                       due_on=date(2019, 10, 2)))
    page = page_of(world)
    assert "要报4项、办1件" in page
    assert page.index("示例：确认面积") < page.index("9月报：")
    assert "要报" in page_of(world, "liaison_b")
    assert "示例：确认面积" not in page_of(world, "liaison_b")


def test_a_late_period_says_by_how_much_and_a_moved_day_why(world: World) -> None:  # noqa: F811
    office = world.who("supervision")
    set_start(office, AT, world.list.pk, date(2019, 9, 1))
    except_period(office, AT, world.list.pk, "", "2019-09", date(2019, 10, 8), "示例：国庆假期顺延")
    page = page_of(world)
    assert "逾期25天" in page
    assert "截止日有变：示例：国庆假期顺延" in page
    assert "要报8项" in page
