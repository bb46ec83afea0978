"""A watchdog asks: alive, and ready?"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from luoshi.actions.journal import anchor_path
from luoshi.store.models import JournalHeadRecord, JournalRecord
from tests.web.world import World, world  # noqa: F401


def test_it_is_alive_without_a_query(django_assert_num_queries: object) -> None:
    response = Client().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_it_is_ready(world: World, django_assert_max_num_queries: object) -> None:  # noqa: F811
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        response = Client().get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_a_cut_tail_makes_it_unready(world: World) -> None:  # noqa: F811
    head = JournalHeadRecord.objects.get()
    JournalRecord.objects.filter(number=head.count).delete()
    response = Client().get("/readyz")
    assert (response.status_code, response.content) == (503, b"journal\n")


def test_a_missing_anchor_makes_it_unready(world: World) -> None:  # noqa: F811
    anchor_path().unlink()
    assert Client().get("/readyz").content == b"journal\n"


def test_a_migration_that_is_not_applied_makes_it_unready(world: World) -> None:  # noqa: F811
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'store'")
    assert Client().get("/readyz").content == b"migrations\n"


@pytest.mark.django_db
def test_a_database_that_does_not_answer_makes_it_unready(monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_migrations RENAME TO gone")
    assert Client().get("/readyz").content in {b"database\n", b"migrations\n"}
