"""A page that is kept for one person never shows another what they may not see, and nothing of the person it was drawn for."""

from __future__ import annotations

import inspect
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.test import Client

from luoshi.actions.make_list import make_list
from luoshi.actions.make_unit import add_alias
from luoshi.store.models import FactRecord, ListRecord, PersonRecord, PostRecord, ReportRecord
from luoshi.store.queries import story
from luoshi.web import board, kept, register, registers, target, task
from tests.web.world import AT, DAY, World

GATHERERS = (board.gather_board, task.gather_task, target.gather_target, register.gather_register, registers.gather_registers)
KEYS = ("supervision", "administrator", "auditor", "liaison", "head", "head_b")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')     # name="csrfmiddlewaretoken" value="u8Jh…"


@pytest.fixture
def pages(busy_world: World) -> list[str]:
    """Every page that is kept, with rows and reports that only some may see."""
    told = story.tell_list(busy_world.list, DAY)
    assert told is not None
    shown = next(item.promise.id for item in told.items if item.figure and item.figure.because.counted)
    reported = ReportRecord.objects.exclude(state="draft").filter(organ__name="市经信局").first()
    no = next(item.task.no for item in told.items if reported and item.promise.id == reported.promise_id)
    at = f"/lists/{busy_world.list.pk}/"
    return [at, f"{at}registers/", f"{at}registers/hightech_enterprise/", f"{at}tasks/{no}/", f"{at}targets/{shown}/"]


def seen(client: Client, page: str) -> tuple[int, str]:
    """Status and text, without the token that differs each time."""
    answer = client.get(page)
    return answer.status_code, TOKEN.sub("", answer.content.decode())


def test_whoever_drew_it_first_everybody_sees_what_they_would_have_seen_alone(busy_world: World, pages: list[str]) -> None:
    clients = {key: busy_world.client(key) for key in KEYS}
    alone = {}
    for key, client in clients.items():
        kept._pages.forget()
        alone[key] = [seen(client, page) for page in pages]
    for order in (KEYS, KEYS[::-1]):      # everything is drawn for the first, then all the others ask
        kept._pages.forget()
        for key in order:
            assert [seen(clients[key], page) for page in pages] == alone[key], (order[0], key)


def test_these_pages_do_differ_between_people(busy_world: World, pages: list[str]) -> None:
    def mains(key: str) -> list[str]:
        return [text[text.find("<main"):text.find("</main>")] for _, text in (seen(busy_world.client(key), page) for page in pages)]
    office, unit, other, administrator = (mains(key) for key in ("supervision", "liaison", "head_b", "administrator"))
    assert sum(a != b for a, b in zip(office, unit, strict=True)) >= 2
    assert sum(a != b for a, b in zip(unit, other, strict=True)) >= 2
    assert office[3] != administrator[3]      # who may not see reports


@pytest.mark.parametrize("role", ["supervision", "liaison"])
def test_no_kept_piece_holds_a_name_a_token_or_a_form_that_writes(busy_world: World, pages: list[str], role: str) -> None:
    PersonRecord.objects.filter(pk=busy_world.person(role).pk).update(name="独一无二的名字")
    kept._pages.forget()
    client = busy_world.client(role)
    shown = [client.get(page).content.decode() for page in pages]
    assert all("独一无二的名字" in text for text in shown if "<main" in text and "403" not in text)
    drawn = [getattr(pieces, name) for pieces, _ in kept._pages._things.values() for name in ("title", "head", "main", "foot", "scripts")]
    assert len(drawn) >= 5 * 4      # a register of another unit is not there for a liaison
    for piece in drawn:
        assert "独一无二的名字" not in piece
        assert "csrfmiddlewaretoken" not in piece
        assert "nonce" not in piece
        assert 'method="post"' not in piece
        assert "sign-out" not in piece


def test_what_is_gathered_knows_the_list_and_the_key_and_nothing_else() -> None:
    for gather in GATHERERS:
        assert gather.__closure__ is None
        assert not {"request", "who", "person"} & set(inspect.signature(gather).parameters)
        assert not {"request", "who"} & set(gather.__code__.co_names)


def test_the_second_time_no_story_is_asked_for_rows(busy_world: World, pages: list[str], django_assert_max_num_queries: Any) -> None:
    client = busy_world.client("leader")
    for page in pages:
        client.get(page)
        with django_assert_max_num_queries(6):
            client.get(page)


def test_a_new_post_a_new_alias_and_a_changed_report_show_at_once(busy_world: World, pages: list[str]) -> None:
    client, unit = busy_world.client("liaison"), busy_world.organ("市经信局")
    rows = f"/lists/{busy_world.list.pk}/registers/hightech_enterprise/"
    report = ReportRecord.objects.exclude(state="draft").filter(organ=unit).first()
    assert report is not None
    told = story.tell_list(busy_world.list, DAY)
    assert told is not None
    no = next(item.task.no for item in told.items if item.promise.id == report.promise_id)
    client.get(f"/lists/{busy_world.list.pk}/tasks/{no}/")
    ReportRecord.objects.filter(pk=report.pk).update(progress="示例：刚刚改过的进展")
    make_list(busy_world.who("supervision"), AT, "随便做了一件事", 2019, "jiaxing-2019")      # whoever writes, the journal knows
    assert "刚刚改过的进展" in client.get(f"/lists/{busy_world.list.pk}/tasks/{no}/").content.decode()
    before = client.get(rows)
    add_alias(busy_world.who("administrator"), AT, unit.pk, "市科技局（示例别名）")
    PostRecord.objects.filter(holder=busy_world.person("liaison")).update(organ=busy_world.organ("市科技局"))
    after = client.get(rows)
    assert (before.status_code, len(before.content)) != (after.status_code, len(after.content))


def test_a_new_fact_is_on_the_board_at_once_and_the_day_and_the_language_have_pages_of_their_own(busy_world: World) -> None:
    client, at = busy_world.client("leader"), f"/lists/{busy_world.list.pk}/"
    first = client.get(at).content.decode()
    assert client.get(f"{at}?on=2019-08-31").content.decode() != first
    client.cookies["django_language"] = "en"
    assert "Overview" in client.get(at).content.decode() or client.get(at).content.decode() != first
    del client.cookies["django_language"]
    FactRecord.objects.filter(list=busy_world.list).delete()
    ListRecord.objects.filter(pk=busy_world.list.pk).update(facts_version=900)
    assert client.get(at).content.decode() != first


def test_no_rights_no_page_however_warm_it_is(busy_world: World, pages: list[str]) -> None:
    for page in pages:
        busy_world.client("supervision").get(page)
    client = busy_world.client("leader")
    PostRecord.objects.filter(holder=busy_world.person("leader")).update(holder=None)
    assert {client.get(page).status_code for page in pages} == {403}
    assert {Client().get(page).status_code for page in pages} == {302}


def test_a_story_is_computed_once_for_all_who_ask_at_the_same_time(world: World) -> None:
    """Each time it is computed, it is another object."""
    record, start = world.list, Barrier(8)
    story.get_ready(record)      # reads the database: the threads below need no connection of their own

    def ask(day: int) -> story.Told | None:
        start.wait()
        return story.tell_list(record, DAY.replace(day=day))
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(ask, (17, 18) * 4))
    assert len({id(each) for each in told}) == 2
    assert [each.as_of.day for each in told if each] == [17, 18] * 4
    assert not story._stories._turns
