"""What the API answers: the same story as the pages, in the documented shape."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from ninja import Schema

from luoshi.api import shapes
from luoshi.publish.board import make_board
from luoshi.publish.board_json import board_json
from luoshi.store.models import JournalRecord
from luoshi.store.queries.story import tell_list
from tests.api.conftest import Ask
from tests.web.world import DAY, World

ANSWERS: list[tuple[str, type[Schema]]] = [
    ("", shapes.ListShape), ("/plan", shapes.PlanShape), ("/targets", shapes.TargetsShape), ("/figures", shapes.FiguresShape),
    ("/registers", shapes.RegistersShape), ("/registers/platform", shapes.RowsShape), ("/registers/core_industry_revenue", shapes.RowsShape),
    ("/registers/rail_town_plans", shapes.RowsShape)]


@pytest.mark.parametrize(("path", "shape"), ANSWERS, ids=[path or "list" for path, _ in ANSWERS])
def test_an_answer_has_the_documented_shape(world: World, ask: Ask, path: str, shape: type[Schema]) -> None:
    response = ask(f"/lists/{world.list.pk}{path}")
    assert response.status_code == 200
    tree = response.json()
    parsed = shape.model_validate(tree)
    assert set(parsed.model_dump(by_alias=True)) == set(tree)


def test_it_lists_the_lists(world: World, ask: Ask) -> None:
    assert ask("/lists").json() == {"lists": [{"id": world.list.pk, "title": world.list.title, "year": 2019, "pack": "jiaxing-2019",
                                               "example": True, "plan_version": 1}]}


def test_the_figures_are_those_of_the_board(world: World, ask: Ask) -> None:
    tree = ask(f"/lists/{world.list.pk}/figures", on="2019-09-30").json()
    told = tell_list(world.list, DAY)
    assert told is not None
    assert tree["schema"] == "luoshi.board/1"
    assert [i["number"] for i in tree["items"]] == [i.number for i in told.items]
    made = make_board(world.list.title, DAY, told.year, told.plan.tasks, told.items)
    assert tree == json.loads(board_json(made, told.items))


def test_one_figure_by_its_id_with_the_rows_that_counted(world: World, ask: Ask) -> None:
    tree = ask(f"/lists/{world.list.pk}/figures", on="2019-09-30").json()
    line = next(i for i in tree["items"] if i["because"] and i["because"]["counted"])
    assert ask(f"/lists/{world.list.pk}/figures/{line['id']}", on="2019-09-30").json() == line


def test_a_client_that_has_it_already_is_told_so_until_the_facts_change(world: World, ask: Ask, make: Callable[..., str]) -> None:
    from django.test import Client

    from luoshi.store.models import ListRecord

    path, token = f"/api/v1/lists/{world.list.pk}/figures", make("leader")
    first = Client().get(path, headers={"Authorization": f"Bearer {token}"})
    again = {"Authorization": f"Bearer {token}", "If-None-Match": first["ETag"]}
    assert (Client().get(path, headers=again).status_code, Client().get(path, headers=again).content) == (304, b"")
    ListRecord.objects.filter(pk=world.list.pk).update(title="改了名的清单", facts_version=world.list.facts_version + 1)
    assert Client().get(path, headers=again).status_code == 200


def test_another_day_gives_another_board(world: World, ask: Ask) -> None:
    early, late = (ask(f"/lists/{world.list.pk}/figures", on=day).json() for day in ("2019-03-31", "2019-09-30"))
    assert early["as_of"] == "2019-03-31"
    assert [i["value"] for i in early["items"]] != [i["value"] for i in late["items"]]


def test_the_targets_are_the_lines_of_the_board_without_figures(world: World, ask: Ask) -> None:
    tree = ask(f"/lists/{world.list.pk}/targets").json()
    first = tree["targets"][0]
    assert (first["number"], first["kind"]) == ("1.1", "target")
    assert first["source"]["quote"]
    assert {t["kind"] for t in tree["targets"]} == {"target", "milestone"}


def test_a_register_is_paged(world: World, ask: Ask) -> None:
    path = f"/lists/{world.list.pk}/registers/hightech_enterprise"
    first, second = (ask(path, page=page, size=30).json() for page in (1, 2))
    assert len(first["lines"]) == 30
    assert first["pages"] == -(-first["rows"] // 30)
    assert first["lines"][0]["key"] != second["lines"][0]["key"]
    assert first["lines"][0]["cells"]["企业名称"].startswith("示例")
    assert ask(path, page=999).json()["lines"] == []


def test_a_liaison_sees_what_the_register_page_shows_and_how_much_is_hidden(world: World, ask: Ask) -> None:
    mine = ask(f"/lists/{world.list.pk}/registers", "liaison").json()["registers"]
    everything = ask(f"/lists/{world.list.pk}/registers").json()["registers"]
    assert sum(r["rows"] for r in mine) < sum(r["rows"] for r in everything)
    assert [r["rows"] + r["hidden"] for r in mine] == [r["rows"] for r in everything]


@pytest.mark.parametrize("path", ["/lists/99", "/lists/99/figures", "/lists/{}/figures/none-such", "/lists/{}/registers/none-such"])
def test_what_is_not_there_answers_404_in_words_and_is_journalled(world: World, ask: Ask, path: str) -> None:
    response = ask(path.format(world.list.pk))
    assert response.status_code == 404
    assert "没有" in response.json()["detail"]
    assert JournalRecord.objects.filter(action="access.refused").count() == 1


def test_a_list_without_a_plan_says_what_to_do(world: World, ask: Ask) -> None:
    from luoshi.store.models import ListRecord

    ListRecord.objects.filter(pk=world.list.pk).update(plan=None)
    for path in ("plan", "targets", "figures", "registers"):
        response = ask(f"/lists/{world.list.pk}/{path}")
        assert response.status_code == 404
        assert "还没有确认的方案" in response.json()["detail"]


@pytest.mark.parametrize("query", [{"on": "昨天"}, {"on": "2019-02-30"}, {"page": "0"}, {"size": "5000"}, {"size": "x"}], ids=str)
def test_a_parameter_that_is_not_understood_is_named(world: World, ask: Ask, query: dict[str, str]) -> None:
    response = ask(f"/lists/{world.list.pk}/registers/platform", **query)
    assert response.status_code == 422
    assert next(iter(query)) in response.json()["detail"]


def test_an_address_that_nobody_answers_is_json_too(ask: Ask) -> None:
    for path in ("/nothing", "/lists/x"):
        response = ask(path)
        assert response.status_code == 404
        assert "/api/docs" in response.json()["detail"]


def test_few_queries_whatever_the_number_of_lines(world: World, make: Callable[..., str], django_assert_max_num_queries: Any) -> None:
    from django.test import Client

    headers = {"Authorization": f"Bearer {make('supervision')}"}
    Client().get(f"/api/v1/lists/{world.list.pk}/figures", headers=headers)
    for path, most in (("figures", 3), ("targets", 3), ("plan", 4), ("registers", 3), ("registers/hightech_enterprise", 3)):
        with django_assert_max_num_queries(most):
            assert Client().get(f"/api/v1/lists/{world.list.pk}/{path}", headers=headers).status_code == 200
