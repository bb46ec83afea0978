"""The world of the server's tests, here too; a token for anybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from luoshi.actions.make_person import hash_of
from luoshi.store.clock import now
from luoshi.store.models import TokenRecord
from tests.web.world import World, world  # noqa: F401

Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def fresh_windows() -> None:
    cache.clear()


@pytest.fixture
def make(world: World) -> Callable[..., str]:  # noqa: F811
    def made(key: str, **fields: Any) -> str:
        text = f"luoshi_test-{key}-{TokenRecord.objects.count()}"
        TokenRecord.objects.create(**{"person": world.person(key), "name": "测试", "token_hash": hash_of(text), "scope": "read", "made_at": now(),
                                      "expires_at": now() + timedelta(days=1)} | fields)
        return text
    return made


@pytest.fixture
def ask(make: Callable[..., str]) -> Ask:
    def asked(path: str, key: str = "supervision", **query: Any) -> Any:
        return Client().get(f"/api/v1{path}", query, headers={"Authorization": f"Bearer {make(key)}"})
    return asked
