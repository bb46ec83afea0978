"""The page of a figure answers anybody: why is it this number, down to the row and the sentence."""

from __future__ import annotations

import json
import re
from typing import Any

from luoshi.status.stand import Item
from luoshi.store.queries.story import tell_list
from tests.web.world import DAY, World, world  # noqa: F401


def item_titled(world: World, title: str) -> Item:  # noqa: F811
    told = tell_list(world.list, DAY)
    assert told is not None
    return next(item for item in told.items if item.title == title)


def page_of(world: World, title: str, key: str = "supervision", query: str = "") -> str:  # noqa: F811
    return world.client(key).get(f"/lists/1/targets/{item_titled(world, title).promise.id}/{query}").content.decode()


def test_it_goes_from_the_figure_to_rows_and_to_the_sentence(world: World) -> None:  # noqa: F811
    page = page_of(world, "高能级平台")
    assert "<b>20</b>" in page
    assert page.index("没有计入的5行") < page.index("计入的20行") < page.index("清单里的话")
    assert "<mark>建成21个</mark>" in page
    assert 'href="/lists/1/registers/platform/' in page


def test_rows_that_stopped_counting_are_named_and_stand_first(world: World) -> None:  # noqa: F811
    page = page_of(world, "高能级平台")
    changed = re.search(r'<tr class="changed"><th[^>]*><a[^>]*>([^<]+)', page)
    assert changed is not None
    assert changed[1] == "临港片区（示例）"
    assert "－临港片区（示例）" in page


def test_the_picture_has_its_numbers_as_json_and_as_a_table(world: World) -> None:  # noqa: F811
    page = page_of(world, "高能级平台")
    assert '<svg class="chart"' in page
    found = re.search(r'<script id="trend-data" type="application/json">(.*?)</script>', page)
    if found:
        data = json.loads(found[1])
        assert data["value"][:9] == [16, 16, 17, 18, 18, 19, 20, 21, 20]
        assert data["value"][9:] == [None, None, None]
    assert page.count("<th scope=\"row\" class=\"nb\">") >= 12


def test_another_day_has_its_own_figure(world: World) -> None:  # noqa: F811
    assert "<b>21</b>" in page_of(world, "高能级平台", query="?on=2019-08-31")


def test_every_line_of_the_board_has_a_page_and_none_asks_much(world: World, django_assert_max_num_queries: Any) -> None:  # noqa: F811
    told = tell_list(world.list, DAY)
    assert told is not None
    client = world.client("leader")
    for item in told.items:
        with django_assert_max_num_queries(10):
            response = client.get(f"/lists/1/targets/{item.promise.id}/")
        assert response.status_code == 200
        assert len(response.content) < 100_000


def test_a_target_that_is_not_there_answers_404(world: World) -> None:  # noqa: F811
    assert world.client("leader").get("/lists/1/targets/nothing/").status_code == 404


def test_a_unit_sees_why_but_opens_only_its_own_rows(world: World) -> None:  # noqa: F811
    page = page_of(world, "高能级平台", "liaison")
    assert "临港片区（示例）" in page
    assert "/registers/platform/" not in page
