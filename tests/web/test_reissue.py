"""A list issued again: the comparison, the reasons, and what stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from luoshi.actions.make_list import make_list
from luoshi.plan.restore import plan_from_json
from luoshi.store.models import DocumentRecord, JournalRecord, ListRecord, PlanRecord
from luoshi.store.queries.story import tell_list
from tests.web.importing import OWN, confirm, coverage_accepted, text_of, upload
from tests.web.world import AT, DAY, World, world  # noqa: F401

FOLDER = Path(__file__).parents[1] / "documents" / "reissue"
NAMED = re.compile(r'name="(reason:[^"]+)"')       # name="reason:target-1>target-2"


@pytest.fixture
def issued(world: World) -> tuple[Client, ListRecord, str]:  # noqa: F811
    """The first version of the example of two versions is in force, the second is uploaded. The address of its document."""
    made = make_list(world.who("supervision"), AT, "再印发的清单", 2026, "base")
    client = world.client("supervision")
    for which in ("原", "新"):
        path = FOLDER / f"示例清单（{which}）.txt"
        where = upload(client, made.pk, path.name, path.read_bytes())["Location"]
        if which == "原":
            assert confirm(client, where).status_code == 302
    made.refresh_from_db()
    return client, made, where


def reasons_of(page: str, words: str = "市里调整了安排") -> dict[str, str]:
    return dict.fromkeys((name.replace("&gt;", ">") for name in NAMED.findall(page)), words)


def test_a_newer_file_leads_to_the_comparison_with_the_version_in_force(issued: tuple[Client, ListRecord, str]) -> None:
    client, _, where = issued
    assert client.get(f"{where}confirm/")["Location"] == f"{where}compare/"
    page = text_of(client.get(f"{where}compare/"))
    assert "第2版和现行第1版对照" in page
    assert "5项要求放松、1项删去，要说明理由。" in page
    assert "<del>60</del>" in page
    assert "<ins>50</ins>" in page
    assert len(reasons_of(page)) == 6


def test_without_every_reason_nothing_is_confirmed_and_the_words_stay(issued: tuple[Client, ListRecord, str]) -> None:
    client, made, where = issued
    reasons = reasons_of(text_of(client.get(f"{where}compare/")))
    last = list(reasons)[-1]
    answer = client.post(f"{where}compare/", {**reasons, last: "  ", "sure": "1", "expected": "1"})
    assert answer.status_code == 422
    page = text_of(answer)
    assert "有1处要求放松或删去，还没有说明理由" in page
    assert page.count("市里调整了安排") == 5
    assert page.count('aria-invalid="true"') == 1
    made.refresh_from_db()
    assert made.plan is not None
    assert made.plan.number == 1
    assert client.post(f"{where}confirm/", {"sure": "1", "expected": "1"})["Location"] == f"{where}compare/"


def test_confirmed_the_new_version_has_the_ids_of_the_old_one(issued: tuple[Client, ListRecord, str]) -> None:
    client, made, where = issued
    assert made.plan is not None
    before = plan_from_json(made.plan.plan)
    reasons = reasons_of(text_of(client.get(f"{where}compare/")))
    answer = client.post(f"{where}compare/", {**reasons, "sure": "1", "expected": "1"})
    assert answer["Location"] == f"/lists/{made.pk}/"
    made.refresh_from_db()
    assert made.plan is not None
    after = plan_from_json(made.plan.plan)
    parks = next(t for _, _, t in before.targets() if t.unit == "个" and t.value == 60)
    now = next(t for _, _, t in after.targets() if t.id == parks.id)
    assert now.value == 50
    assert {t.id for t in after.tasks} >= {t.id for t in before.tasks if t.title != "整治背街小巷"}
    ids = [x.id for _, holder in after.holders() for x in (holder, *holder.targets, *holder.milestones)]
    assert len(ids) == len(set(ids))


def test_the_journal_holds_who_gave_which_reason_and_the_pages_show_what_was_asked_first(issued: tuple[Client, ListRecord, str]) -> None:
    client, made, where = issued
    reasons = reasons_of(text_of(client.get(f"{where}compare/")))
    client.post(f"{where}compare/", {**reasons, "sure": "1", "expected": "1"})
    entry = JournalRecord.objects.filter(action="plan.confirm").latest("pk")
    assert [x["reason"] for x in entry.detail["softened"]] == ["市里调整了安排"] * 6
    made.refresh_from_db()
    assert made.plan is not None
    parks = next(t for _, _, t in plan_from_json(made.plan.plan).targets() if t.value == 50)
    board = text_of(client.get(f"/lists/{made.pk}/?on=2026-06-30"))
    assert "原定" in board
    assert "≥60个" in board
    page = text_of(client.get(f"/lists/{made.pk}/targets/{parks.id}/?on=2026-06-30"))
    assert "改动理由：" in page
    assert "市里调整了安排" in page


def test_of_two_people_who_confirm_the_second_is_told(issued: tuple[Client, ListRecord, str]) -> None:
    client, made, where = issued
    reasons = reasons_of(text_of(client.get(f"{where}compare/")))
    assert client.post(f"{where}compare/", {**reasons, "sure": "1", "expected": "1"}).status_code == 302
    again = client.post(f"{where}compare/", {**reasons, "sure": "1", "expected": "1"})
    assert again.status_code == 409
    assert PlanRecord.objects.filter(list=made).count() == 2


def test_a_first_version_has_nothing_to_be_compared_with(world: World) -> None:  # noqa: F811
    made = make_list(world.who("supervision"), AT, "头一份", 2026, "base")
    client = world.client("supervision")
    where = upload(client, made.pk, "一.txt", (FOLDER / "示例清单（原）.txt").read_bytes())["Location"]
    assert client.get(f"{where}compare/")["Location"] == where


def test_bindings_and_history_follow_a_target_whose_value_changed(world: World) -> None:  # noqa: F811
    client, held = world.client("supervision"), world.list
    told = tell_list(held, DAY)
    assert told is not None
    item = next(i for i in told.items if i.binding and "亩" in getattr(i.promise, "unit", "") and getattr(i.promise, "value", 0) == 6000)
    text = OWN.read_text("utf-8").replace("6000亩", "5000亩")
    where = upload(client, held.pk, "调整.txt", text.encode())["Location"]
    document = DocumentRecord.objects.latest("pk")
    assert document.answers.items() >= {key.removeprefix("answer:"): words for key, words in coverage_accepted(document).items()}.items()
    reasons = reasons_of(text_of(client.get(f"{where}compare/")))
    assert len(reasons) == 1
    assert client.post(f"{where}compare/", {**reasons, "sure": "1", "expected": "1"}).status_code == 302
    again = tell_list(ListRecord.objects.select_related("plan").get(pk=held.pk), DAY)
    assert again is not None
    after = next(i for i in again.items if i.promise.id == item.promise.id)
    assert (after.binding, after.value) == (item.binding, item.value)
    assert after.standing is not None
    assert after.standing.target == 5000
    assert [f.message for f in again.findings if f.id == "binding.not-matched"] == []


def test_the_comparison_asks_few_questions_of_the_database(issued: tuple[Client, ListRecord, str],
                                                           django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client, _, where = issued
    client.get(f"{where}compare/")
    with django_assert_max_num_queries(12):
        client.get(f"{where}compare/")
