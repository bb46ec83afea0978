"""The board answers a leader: which of it needs me, on which day, since when."""

from __future__ import annotations

import re
from typing import Any

from tests.web.world import World, world  # noqa: F401


def text(response: Any) -> str:
    return response.content.decode()


def test_it_says_who_needs_a_person_first(world: World) -> None:  # noqa: F811
    page = text(world.client("leader").get("/lists/1/"))
    assert "3项严重滞后，要过问" in page
    assert page.index("最需要过问的") < page.index("各项任务")
    assert "“新三板”挂牌企业" in page


def test_another_day_is_another_board_and_links_stay_on_it(world: World) -> None:  # noqa: F811
    page = text(world.client("leader").get("/lists/1/?on=2019-03-31"))
    assert "截至2019年3月31日" in page
    assert re.search(r'href="/lists/1/targets/[\w-]+/\?on=2019-03-31"', page)


def test_a_day_that_does_not_exist_is_said_to_be_so_and_kept(world: World) -> None:  # noqa: F811
    response = world.client("leader").get("/lists/1/?on=2019-02-30")
    assert response.status_code == 422
    assert "没有这一天" in text(response)
    assert 'value="2019-02-30"' in text(response)


def test_before_the_year_begins_no_month_is_shown(world: World) -> None:  # noqa: F811
    page = text(world.client("leader").get("/lists/1/?on=2018-06-30&months=1"))
    assert "清单的年度还没有开始" in page


def test_it_says_what_changed_since_a_week_ago(world: World) -> None:  # noqa: F811
    page = text(world.client("leader").get("/lists/1/"))
    changes = page[page.index('id="changes"'):page.index('id="tasks"')]
    assert "9月23日—9月30日" in changes
    assert "36→41个" in changes
    assert "数未变（20个），应达由20到21个" in changes


def test_units_by_month_show_the_worst_light_once_they_are_computed(world: World) -> None:  # noqa: F811
    page = text(world.client("leader").get("/lists/1/?months=1"))
    row = re.search(r'<th scope="row">市自然资源和规划局</th>(.*?)</tr>', page, re.DOTALL)
    assert row is not None
    assert re.findall(r'td class="(\w+)"', row[1]) == ["ok", "ok", "late", "late", "late", "late", "grave", "grave", "grave", "wait", "wait", "wait"]


def test_it_is_light_and_asks_the_database_little(world: World, django_assert_max_num_queries: Any) -> None:  # noqa: F811
    client = world.client("leader")
    client.get("/lists/1/?months=1")
    with django_assert_max_num_queries(6):
        response = client.get("/lists/1/")
    assert len(response.content) < 100_000
    assert 'id="months"' in text(response)
    assert "hx-get" not in text(response)


def test_there_is_no_style_or_script_in_the_page(world: World) -> None:  # noqa: F811
    page = text(world.client("leader").get("/lists/1/?months=1"))
    assert "<style" not in page
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
