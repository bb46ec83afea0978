"""Search finds two characters, a number, a Latin word; the same on both databases; never what a unit may not open."""

from __future__ import annotations

from typing import Any

from luoshi.store.models import FactRecord, SearchGramRecord, SearchRecord
from tests.web.world import World, world  # noqa: F401


def found(world: World, words: str, key: str = "supervision") -> str:  # noqa: F811
    response = world.client(key).get("/lists/1/search/", {"q": words})
    assert response.status_code == 200
    return response.content.decode()


def test_two_characters_are_enough_and_are_marked(world: World) -> None:  # noqa: F811
    page = found(world, "护照")
    assert "普通<mark>护照</mark>换发" in page


def test_it_groups_by_kind(world: World) -> None:  # noqa: F811
    page = found(world, "高能级平台")
    assert page.index('id="kind-task"') < page.index('id="kind-target"') < page.index('id="kind-document"')


def test_numbers_and_latin_words_are_found_whole(world: World) -> None:  # noqa: F811
    assert "示例锦帆精密制造有限公司" in found(world, "gr201933000004")
    assert "科创走廊" in found(world, "G60")


def test_what_comes_closest_is_said_to_be_only_that(world: World) -> None:  # noqa: F811
    assert "没有全部含有这些字的" in found(world, "高能级平台们")


def test_one_character_or_nothing_is_refused_in_words(world: World) -> None:  # noqa: F811
    client = world.client("leader")
    assert client.get("/lists/1/search/", {"q": "市"}).status_code == 422
    assert client.get("/lists/1/search/", {"q": ""}).status_code == 422
    assert client.get("/lists/1/search/").status_code == 200


def test_nothing_found_says_what_to_do(world: World) -> None:  # noqa: F811
    assert "请换个说法" in found(world, "鲸鱼")


def test_a_unit_finds_only_rows_that_it_may_open(world: World) -> None:  # noqa: F811
    assert "/registers/" not in found(world, "护照", "liaison").split("<main")[1]
    assert 'id="kind-document"' not in found(world, "高能级平台", "liaison")


def test_a_change_of_the_facts_writes_only_what_changed(world: World) -> None:  # noqa: F811
    found(world, "护照")
    before = set(SearchRecord.objects.values_list("pk", flat=True))
    row = dict(FactRecord.objects.filter(list=world.list, source="platform").order_by("id")[0].row)
    FactRecord.objects.create(list=world.list, source="platform", key="", row={**row, "平台名称": "鲸鱼湾片区（示例）"}, origin="测试",
                              recorded_at=world.list.made_at)
    world.list.facts_version += 1
    world.list.save(update_fields=["facts_version"])
    assert "<mark>鲸鱼</mark>湾片区（示例）" in found(world, "鲸鱼")
    after = set(SearchRecord.objects.values_list("pk", flat=True))
    assert before <= after
    assert len(after - before) == 1
    assert SearchGramRecord.objects.filter(found_id__in=after - before).exists()


def test_it_asks_the_database_little(world: World, django_assert_max_num_queries: Any) -> None:  # noqa: F811
    client = world.client("leader")
    client.get("/lists/1/search/", {"q": "平台"})
    with django_assert_max_num_queries(8):
        client.get("/lists/1/search/", {"q": "平台"})
