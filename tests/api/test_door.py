"""Who may read: a token of a person, or a signed-in person; nobody else, and not too often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from luoshi.api import door
from luoshi.store.clock import now
from luoshi.store.models import PersonRecord, TokenRecord
from tests.web.world import World

Make = Callable[..., str]
LISTS = "/api/v1/lists"


def get(token: str, path: str = LISTS) -> Any:
    return Client().get(path, headers={"Authorization": f"Bearer {token}"})


def test_without_anything_it_is_401_and_says_how(world: World) -> None:
    response = Client().get(LISTS)
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert "Authorization: Bearer" in response.json()["detail"]


def test_a_signed_in_person_may_read_in_the_browser(world: World) -> None:
    assert world.client("leader").get(LISTS).status_code == 200


def test_an_unknown_token_is_401_even_for_somebody_signed_in(world: World) -> None:
    response = world.client("leader").get(LISTS, headers={"Authorization": "Bearer wrong"})
    assert response.status_code == 401
    assert "令牌" in response.json()["detail"]


def test_a_token_that_ran_out_is_401(make: Make) -> None:
    assert get(make("leader", expires_at=now() - timedelta(seconds=1))).status_code == 401
    assert get(make("leader", expires_at=None)).status_code == 200


def test_the_token_of_a_closed_account_is_401(world: World, make: Make) -> None:
    token = make("leader")
    PersonRecord.objects.filter(pk=world.person("leader").pk).update(is_active=False)
    assert get(token).status_code == 401


def test_a_token_of_another_scope_is_403(make: Make) -> None:
    response = get(make("leader", scope="write"))
    assert response.status_code == 403
    assert "write" in response.json()["detail"]


def test_a_person_without_a_post_sees_nothing(world: World, make: Make) -> None:
    person = PersonRecord.objects.create(username="nobody", name="无岗（示例）")
    token = make("leader", person=person)
    assert get(token).json() == {"lists": []}
    assert get(token, f"{LISTS}/{world.list.pk}").status_code == 404
    refused = get(token, f"{LISTS}/{world.list.pk}/registers")
    assert refused.status_code == 403
    assert "岗位" in refused.json()["detail"]


def test_the_last_use_is_noted_at_most_once_a_minute(make: Make, django_assert_num_queries: Any) -> None:
    token = make("leader")
    get(token)
    noted = TokenRecord.objects.get().used_at
    assert noted is not None
    with django_assert_num_queries(3):
        get(token)
    assert TokenRecord.objects.get().used_at == noted
    TokenRecord.objects.update(used_at=noted - timedelta(seconds=61))
    get(token)
    assert TokenRecord.objects.get().used_at > noted


def test_too_often_is_429_with_how_long_to_wait(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "RATE", 2)
    token, other = make("leader"), make("leader")
    statuses = [get(token).status_code for _ in range(6)]       # a minute may turn while this runs
    assert statuses[:2] == [200, 200]
    assert 429 in statuses
    refused = get(token)
    if refused.status_code == 429:
        assert 0 < int(refused["Retry-After"]) <= 60
        assert "秒后再试" in refused.json()["detail"]
    assert get(other).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(make: Make, method: str) -> None:
    response = getattr(Client(), method)(LISTS, headers={"Authorization": f"Bearer {make('administrator')}"})
    assert response.status_code == 405


def test_the_documentation_is_for_signed_in_people(world: World) -> None:
    for path in ("/api/docs", "/api/openapi.json", "/api/try"):
        response = Client().get(path)
        assert response.status_code == 302
        assert response["Location"].startswith("/sign-in/")


def test_the_documentation_names_every_address_without_a_script_from_elsewhere(world: World) -> None:
    client = world.client("leader")
    tree = client.get("/api/openapi.json").json()
    page = client.get("/api/docs")
    assert page.status_code == 200
    text = page.content.decode()
    assert len(tree["paths"]) == 9
    assert all(path in text.replace("<wbr>", "") for path in tree["paths"])
    assert "cdn" not in text
    assert "<script>" not in text
