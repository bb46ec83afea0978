"""细看: a figure by district, unit and month, down to the rows; what moved it since a day; what was known of it then."""

from __future__ import annotations

import re
from datetime import date

import pytest

from luoshi.pack.load import load_pack
from luoshi.store.models import FactRecord, ListRecord
from luoshi.store.queries.looking import correction_since, movement_of, parts_of
from luoshi.store.queries.story import tell_list
from tests.web.test_count import item_of, other_city  # noqa: F401
from tests.web.world import AT, DAY, World

AUGUST = date(2019, 8, 31)


def parts_page(world: World, query: str, key: str = "supervision", indicator: str = "large_platforms", status: int = 200) -> str:
    told = tell_list(world.list, DAY)
    assert told is not None
    item = next(i for i in told.items if i.binding and i.binding.indicator == indicator)
    answer = world.client(key).get(f"/lists/{world.list.pk}/targets/{item.promise.id}/parts/?{query}")
    assert answer.status_code == status
    return answer.content.decode()


def cells(page: str) -> dict[str, list[str]]:
    """First column → the others, of every table."""
    rows = re.findall(r'<tr[^>]*><th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', page, re.S)
    return {bare(head): [bare(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", rest, re.S)] for head, rest in rows}


def bare(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize("by", ["district", "supplier", "month"])
def test_parts_of_a_count_add_up(world: World, by: str) -> None:
    parts = parts_of(world.list, "large_platforms", by, DAY, None)  # type: ignore[arg-type]
    assert isinstance(parts, tuple)
    values = [part.figure.value for part in parts]
    if by == "month":
        assert values == [16, 16, 17, 18, 18, 19, 20, 21, 20]
    else:
        assert sum(value for value in values if value is not None) == 20


def test_a_part_opens_its_rows_and_those_left_out_with_the_reason(world: World) -> None:
    page = parts_page(world, "see=district&part=海盐县")
    shown = cells(page)
    assert "临港片区（示例）" in shown
    assert shown["临港片区（示例）"][-1]
    assert 'href="/lists/1/registers/platform/' in page
    assert "没有计入的1行" in page
    assert int(shown["海盐县"][1]) + 1 == len([name for name in shown if name.endswith("（示例）")])


def test_what_moved_since_a_day_names_the_row_and_why(world: World) -> None:
    moved = movement_of(world.list, "large_platforms", AUGUST, DAY, None)
    assert (moved.before.value, moved.after.value, moved.step) == (21, 20, -1)
    assert [change.title for change in moved.left] == ["临港片区（示例）"]
    page = parts_page(world, "see=moved&since=2019-08-31")
    assert "不再计入1行" in page
    assert cells(page)["临港片区（示例）"] == [moved.left[0].why]


def back_date(world: World) -> None:
    """One more platform, recorded today, that had been there since March."""
    row = FactRecord.objects.filter(list=world.list, source="platform").order_by("id")[0].row
    late = {**row, "平台名称": "补登平台（示例）", "四至编号": "示例四至-99", "发生日期": "2019-03-01", "登记日期": "2019-09-29"}
    FactRecord.objects.create(list=world.list, source="platform", key="补登平台（示例）", row=late, origin="示例", recorded_at=AT)
    ListRecord.objects.filter(pk=world.list.pk).update(facts_version=world.list.facts_version + 1)
    world.list.refresh_from_db()


def test_a_back_dated_fact_leaves_what_was_known_and_makes_a_correction(world: World) -> None:
    assert correction_since(world.list, "large_platforms", AUGUST, AUGUST) is None
    back_date(world)
    correction = correction_since(world.list, "large_platforms", AUGUST, AUGUST)
    assert correction is not None
    assert (correction.said.value, correction.now.value) == (21, 22)
    page = parts_page(world, "see=then&on=2019-08-31&known=2019-08-31")
    assert "按2019年8月31日所知" in page
    assert "补登平台（示例）" in cells(page)
    assert parts_page(world, "see=then&on=2019-08-31&known=2019-09-29").count("没有要更正的") == 1


def test_a_day_that_has_not_come_is_refused_in_words(world: World) -> None:
    assert "这一天还没有到" in parts_page(world, "see=then&known=2099-01-01", status=422)
    assert "要早于统计日" in parts_page(world, "see=moved&on=2019-08-31&since=2019-09-30", status=422)


def test_what_cannot_be_divided_says_why(world: World) -> None:
    assert "不能按属地分" in parts_page(world, "see=district", indicator="core_industry_revenue")


def test_a_target_without_facts_says_what_to_do(world: World, other_city: ListRecord) -> None:  # noqa: F811
    item = item_of(other_city, 3)
    page = world.client("leader").get(f"/lists/{other_city.pk}/targets/{item.promise.id}/parts/").content.decode()
    assert "没有明细可分" in page


def test_rows_of_a_restricted_register_stay_closed_to_others(world: World) -> None:
    pack, _ = load_pack(world.list.pack)
    restricted = next(name for name, spec in pack.registers.items() if spec.visibility == "restricted" and any(
        getattr(i, "register_name", "") == name for i in pack.indicators.values()))
    told = tell_list(world.list, DAY)
    assert told is not None
    item = next((i for i in told.items if i.figure and getattr(pack.indicators[i.figure.indicator], "register_name", "") == restricted), None)
    if item is None or item.figure is None:
        pytest.skip("no figure of the example rests on a restricted register alone")
    page = world.client("liaison").get(f"/lists/1/targets/{item.promise.id}/parts/?see=moved&since=2019-01-31").content.decode()
    for row in item.figure.because.counted:
        assert row.title not in page
