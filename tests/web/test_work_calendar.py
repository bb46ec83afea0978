"""The office's calendar: a year it puts in counts for every list; a year nobody knows says so; days are counted."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from luoshi.actions.make_list import make_list
from luoshi.store.models import CalendarRecord, JournalRecord, ListRecord
from luoshi.store.queries.agreed import pack_of
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.office import calendar_of_list
from tests.web.world import AT, World

NOTICE = "示例通知（示例发电〔2027〕1号）"


def form(*rows: tuple[str, str, str, str], reference: str = NOTICE, revision: int = 0) -> dict[str, Any]:
    made: dict[str, Any] = {"reference": reference, "revision": revision, "h-TOTAL_FORMS": len(rows) + 1, "h-INITIAL_FORMS": 0,
                            f"h-{len(rows)}-name": "劳动节"}     # a name that is only offered counts for nothing
    for place, row in enumerate(rows):
        made |= {f"h-{place}-{name}": value for name, value in zip(("name", "first", "last", "worked"), row, strict=True)}
    return made


SPRING = ("春节", "2028-01-25", "2028-01-31", "2028-01-22、2028-02-05")


def test_a_year_shows_its_holidays_and_one_that_nobody_knows_says_so(world: World) -> None:
    client = world.client("supervision")
    page = client.get("/working-days/?year=2019").content.decode()
    assert "国办发明电〔2018〕15号" in page
    assert re.search(r"国庆节</th><td>10月1日—10月7日</td><td class=\"n\">7天</td><td>9月29日、10月12日", page)
    assert page.count('class="month"') == 12
    assert re.search(r'class="d-made_up">29<span class="vh">补班', page)
    page = client.get("/working-days/?year=2028").content.decode()
    assert "只按周六、周日推算" in page
    assert client.get("/working-days/?year=99").status_code == 404


def test_days_are_counted_and_an_unknown_year_is_named(world: World) -> None:
    client = world.client("liaison")
    page = client.get("/working-days/?year=2019&since=2019-09-27&days=5").content.decode()
    assert "最后一天是 2019年10月10日" in page
    assert "中间不算的有8天" in page
    assert "2028年的还没有公布" in client.get("/working-days/?year=2028&since=2028-01-03&days=5").content.decode()


def test_a_year_put_in_counts_for_every_list_and_for_the_figures(world: World, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    before = ListRecord.objects.get(pk=world.list.pk).facts_version
    client = world.client("supervision")
    assert client.post("/working-days/?year=2028", form(SPRING)).status_code == 302
    office = world.who("supervision")
    with django_assert_max_num_queries(1):
        record = the_list(office, world.list.pk)
        calendar = calendar_of_list(record)
    assert record.facts_version == before + 1
    assert not calendar.is_workday(date(2028, 1, 26))
    assert calendar.is_workday(date(2028, 1, 22))
    assert not calendar.is_workday(date(2019, 10, 1))
    assert 2028 in calendar.years
    assert pack_of(record).calendar.is_workday(date(2028, 1, 22))
    later = make_list(world.who("supervision"), AT, "另一份清单（示例）", 2028, "base")
    assert calendar_of_list(later).is_workday(date(2028, 1, 22))
    page = client.get("/working-days/?year=2028").content.decode()
    assert "本单位补上的" in page
    assert "去掉这一年" in page
    entry = JournalRecord.objects.filter(action="calendar.keep").latest("number")
    assert (entry.about, entry.detail["notice"][0], entry.detail["notice"][1]["reference"]) == ("calendar:2028", None, NOTICE)


def test_a_year_of_the_packs_is_put_right_and_taken_back(world: World) -> None:
    client = world.client("administrator")
    assert client.post("/working-days/?year=2019", form(("国庆节", "2019-10-01", "2019-10-08", ""))).status_code == 302
    assert not calendar_of_list(the_list(world.who("supervision"), world.list.pk)).is_workday(date(2019, 10, 8))
    assert "改回数据包里的" in client.get("/working-days/?year=2019").content.decode()
    assert client.post("/working-days/?year=2019", {"do": "drop", "revision": 1}).status_code == 302
    assert calendar_of_list(the_list(world.who("supervision"), world.list.pk)).is_workday(date(2019, 10, 8))


@pytest.mark.parametrize(("row", "said"), [
    (("春节", "2028-01-25", "2028-01-20", ""), "最后一天早于第一天"), (("春节", "2028-01-25", "2028-03-01", ""), "放假超过16天"),
    (("春节", "2028-01-25", "2028-01-31", "2028-01-24"), "本来就上班"), (("春节", "2028-01-25", "", ""), "没有写全"),
    (("", "2028-01-25", "2028-01-31", ""), "没有写是什么假"), (("春节", "2028-01-25", "2028-01-31", "下周六"), "日期写成"),
    (("春节", "2026-01-25", "2026-01-31", ""), "不在2028年"), (("春节", "2028-01-25", "2028-01-31", "2028-01-29"), "不能又上班")])
def test_what_is_wrong_is_said_in_its_row_and_kept(world: World, row: tuple[str, str, str, str], said: str) -> None:
    answer = world.client("supervision").post("/working-days/?year=2028", form(row))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert f'value="{row[1]}"' in answer.content.decode()
    assert not CalendarRecord.objects.exists()


def test_two_rows_that_overlap_an_empty_notice_and_no_source_are_refused(world: World) -> None:
    client = world.client("supervision")
    assert "重了" in client.post("/working-days/?year=2028", form(SPRING, ("除夕", "2028-01-25", "2028-01-25", ""))).content.decode()
    assert "一个假期也没有写" in client.post("/working-days/?year=2028", form()).content.decode()
    assert "没有写依据" in client.post("/working-days/?year=2028", form(SPRING, reference="")).content.decode()


def test_of_two_people_the_second_is_told_and_keeps_what_was_typed(world: World) -> None:
    client = world.client("supervision")
    assert client.post("/working-days/?year=2028", form(SPRING)).status_code == 302
    answer = world.client("administrator").post("/working-days/?year=2027", form(("元旦", "2027-01-01", "2027-01-03", "")))
    assert answer.status_code == 409
    assert "有人改过放假安排" in answer.content.decode()
    assert 'value="2027-01-03"' in answer.content.decode()
    assert 'name="revision" value="1"' in answer.content.decode()


def test_others_look_and_do_not_write(world: World) -> None:
    client = world.client("liaison")
    assert 'method="post" action="?year' not in client.get("/working-days/?year=2028").content.decode()
    assert client.post("/working-days/?year=2028", form(SPRING)).status_code == 403
