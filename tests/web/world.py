"""The world that tests of the server share: an example list with its confirmed plan, units, and people of every role.

`world` (and `busy_world`, with reports) is built by the actions once for each test process and kept as rows in memory; every test gets a
copy of its own in its own database, so that transactional tests (browsers, journal) and tests in a transaction both have it. Use it by
`from tests.web.world import World, world  # noqa: F401`, or through a conftest.py that does so.
"""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.test import Client

from luoshi.actions.journal import anchor_path
from luoshi.actions.seed_example import Seeded, seed_example
from luoshi.actions.seed_reports import seed_reports
from luoshi.store.models import FactRecord, JournalHeadRecord, ListRecord, OrganRecord, PersonRecord, ReportRecord
from luoshi.store.queries import story
from luoshi.store.queries.acts import last_act
from luoshi.store.who import Who, who_is
from luoshi.web import kept as web_kept

AT = datetime(2019, 9, 30, 9, 0, tzinfo=UTC)
DAY = date(2019, 9, 30)
PEOPLE = {"administrator": "admin", "supervision": "ducha", "leader": "lingdao", "checker": "heyan", "assessor": "kaohe", "auditor": "shenji",
          "liaison": "jingxin", "head": "jingxin-fuze", "liaison_b": "fagai", "head_b": "fagai-fuze", "liaison_c": "keji", "head_c": "keji-fuze",
          "judge": "pingwei"}
"""Key → sign-in name. liaison and head are of 市经信局, _b of 市发展改革委, _c of 市科技局: other units, whose things the first may not see."""

_kept: dict[str, Kept] = {}


@dataclass(frozen=True, slots=True)
class World:
    """「测试世界」 What a test finds in its database."""

    list: ListRecord
    passwords: dict[str, str]

    def person(self, key: str) -> PersonRecord:
        """A person by the keys of PEOPLE."""
        return PersonRecord.objects.get(username=PEOPLE[key])

    def who(self, key: str) -> Who:
        """The same person as actions and queries know them."""
        return who_is(self.person(key))

    def client(self, key: str) -> Client:
        """A client signed in as that person."""
        client = Client()
        client.force_login(self.person(key), backend="django.contrib.auth.backends.ModelBackend")
        return client

    def password(self, key: str) -> str:
        """For tests that sign in by the form."""
        return self.passwords[PEOPLE[key]]

    def organ(self, name: str) -> OrganRecord:
        """A unit by its name, such as 市经信局."""
        return OrganRecord.objects.get(name=name)


@dataclass(frozen=True, slots=True)
class Kept:
    """「样板」 A world as rows by table, with the state of its list."""

    seeded: Seeded
    rows: dict[str, Any]
    state: tuple[object, ...]


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """The example at 30 September 2019, without reports, in this test's database."""
    yield from provide("world", lambda: _not_yet_supplied(seed_example(AT)))


@pytest.fixture
def busy_world(db: None) -> Iterator[World]:
    """The same with the demonstration's reports, one in each state."""
    yield from provide("busy_world", _seed_busy)


def _seed_busy() -> Seeded:
    at = AT + timedelta(minutes=1)     # another moment than that of `world`: stories are kept by it
    seeded = _not_yet_supplied(seed_example(at))
    seed_reports(at, DAY, seeded.list_id)
    return seeded


def _not_yet_supplied(seeded: Seeded) -> Seeded:
    """One register has no rows yet: what its units report stands in for it, as in a city that begins."""
    FactRecord.objects.filter(list_id=seeded.list_id, source="digital_project").delete()
    return seeded


def provide(name: str, build: Callable[[], Seeded]) -> Iterator[World]:
    """A world of one's own: built once for each test process, then loaded as rows. A test file makes a fixture of it."""
    _count_from_one()
    _load_or_build(name, build)
    head = JournalHeadRecord.objects.get(pk=1)
    anchor_path().write_text(json.dumps({"count": head.count, "hash": head.hash}), "utf-8")
    _forget_what_others_changed()
    seeded = _kept[name].seeded
    made = ListRecord.objects.select_related("plan").get(pk=seeded.list_id)
    story.tell_days(made, (DAY, DAY - timedelta(7)))          # most tests ask for them
    before, stories = _touched(), [cache._things.copy() for cache in _stories()]
    yield World(made, {p.username: p.password for p in seeded.people})
    if connection.needs_rollback or _touched() != before:
        for cache, things in zip(_stories(), stories, strict=True):
            _put_back(cache, things)


def busy() -> Seeded:
    """Put what busy_world has into the database, to build more on it."""
    return _load_or_build("busy_world", _seed_busy)


def _load_or_build(name: str, build: Callable[[], Seeded]) -> Seeded:
    if name in _kept:
        _load(_kept[name])
    else:
        _kept[name] = _keep(_told_apart(build()))
    return _kept[name].seeded


def _touched() -> tuple[object, ...]:
    """What differs once a test has changed anything that a story is told from."""
    lists = tuple(ListRecord.objects.order_by("pk").values_list("pk", "facts_version", "made_at", "plan_id", "title", "year"))
    return lists, last_act(), FactRecord.objects.count(), ReportRecord.objects.count()


def _stories() -> tuple[Any, ...]:
    return story._stories, story._series, story._ready


def _put_back(cache: Any, things: OrderedDict[Any, Any]) -> None:
    """As it was before the test: a story that was told from a list read before a change has the name of the list as it was."""
    cache._things, cache.weight = things, sum(weight for _thing, weight in things.values())


def _told_apart(seeded: Seeded) -> Seeded:
    """Worlds are lists of the same number and day: one that a test has changed once must not be taken for another as it began."""
    made = ListRecord.objects.get(pk=seeded.list_id).made_at
    ListRecord.objects.filter(pk=seeded.list_id).update(made_at=made + timedelta(microseconds=len(_kept) + 1))
    return seeded


def _count_from_one() -> None:
    """PostgreSQL does not take numbers back when a test is rolled back: without this, a list would be number 1 in the first test only."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_by_name_sql(no_style(), connection.introspection.sequence_list()):
            cursor.execute(statement)


def _keep(seeded: Seeded) -> Kept:
    made = ListRecord.objects.get(pk=seeded.list_id)
    return Kept(seeded, {model._meta.db_table: _rows_of(model._meta.db_table) for model in _models()},
                (made.pk, made.made_at, made.plan_id, made.facts_version))


def _models() -> list[type[models.Model]]:
    return list(apps.get_app_config("store").get_models(include_auto_created=True))


def _rows_of(table: str) -> Any:
    """As the database itself writes them: nothing of Django stands between, a thousand tests load them."""
    with connection.cursor() as wrapped:
        cursor = wrapped.cursor
        if connection.vendor == "sqlite":
            return sqlite3.Cursor.execute(cursor, f'SELECT * FROM "{table}"').fetchall()
        with cursor.copy(f'COPY "{table}" TO STDOUT') as written:
            return b"".join(written)


def _forget_what_others_changed() -> None:
    """Another test's first correction has the same number as this one's: only what is told of untouched lists may stay."""
    states = {kept.state for kept in _kept.values()}
    story._counted.forget()
    for cache in _stories():
        cache.forget(unless=lambda key: key[:4] in states)
    web_kept._pages.forget()
    web_kept._looked_up.forget()


def _load(kept: Kept) -> None:
    """Constraints are checked at the end of the transaction, on both databases: lists and their plans point at each other."""
    with transaction.atomic(), connection.cursor() as wrapped:
        cursor = wrapped.cursor
        for table, rows in kept.rows.items():
            if rows and connection.vendor == "sqlite":
                sqlite3.Cursor.executemany(cursor, f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(rows[0]))})', rows)
            elif rows:
                with cursor.copy(f'COPY "{table}" FROM STDIN') as writing:
                    writing.write(rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            wrapped.execute(statement)
