"""Contributions: the lead asks, the other agrees or says why not; done, confirmed, rated by both; nobody else sees it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from luoshi.store.models import CaseRecord, JournalRecord
from tests.actions.reporting import item_of
from tests.web.world import World, world  # noqa: F401

LEAD, SUPPORT = "liaison", "liaison_b"


def ask(world: World, key: str = LEAD, words: str = "重大项目", **changes: Any) -> Any:  # noqa: F811
    typed = {"lead": world.organ("市经信局").pk, "organ": world.organ("市发展改革委").pk, "title": "示例：确认备案口径", "text": "示例：按批次",
             "due_on": "2019-10-10", **changes}
    return world.client(key).post(reverse("ask_contribution", args=(world.list.pk, item_of(world, words).promise.id)), typed)


def act(world: World, key: str, do: str, **given: Any) -> Any:  # noqa: F811
    case = CaseRecord.objects.get()
    typed = {f"{do}-{name}": value for name, value in {"on": "2019-09-30", "revision": case.revision, **given}.items()}
    return world.client(key).post(reverse("contribution", args=(world.list.pk, case.pk)), {"do": do, **typed})


def page_of(world: World, key: str) -> Any:  # noqa: F811
    return world.client(key).get(reverse("contribution", args=(world.list.pk, CaseRecord.objects.get().pk)))


def test_it_is_asked_agreed_done_confirmed_and_rated_by_both(world: World) -> None:  # noqa: F811
    assert ask(world).status_code == 302
    assert act(world, SUPPORT, "agree").status_code == 302
    assert act(world, SUPPORT, "finish", text="示例：已送交", rating_of_lead="4", note_of_lead="示例：要求清楚").status_code == 302
    assert act(world, LEAD, "confirm", rating_of_support="5").status_code == 302
    case = CaseRecord.objects.get()
    assert (case.state, case.closed_on, case.due_on) == ("confirmed", date(2019, 9, 30), date(2019, 10, 10))
    for key in (LEAD, SUPPORT, "supervision"):
        page = page_of(world, key).content.decode()
        assert "5分（满分5分）" in page
        assert "示例：要求清楚" in page
    assert list(JournalRecord.objects.filter(about=f"case:{case.pk}").order_by("number").values_list("action", flat=True)) == [
        "contribution.open", "contribution.agree", "contribution.finish", "contribution.confirm"]


def test_declining_needs_a_reason_and_keeps_what_was_typed(world: World) -> None:  # noqa: F811
    ask(world)
    assert act(world, SUPPORT, "decline", text="").status_code == 422
    assert act(world, SUPPORT, "decline", text="示例：不归本单位管").status_code == 302
    assert "示例：不归本单位管" in page_of(world, LEAD).content.decode()


def test_a_side_cannot_rate_itself(world: World) -> None:  # noqa: F811
    ask(world)
    act(world, SUPPORT, "agree")
    act(world, SUPPORT, "finish", text="示例：已送交", rating_of_support="5")
    assert "rating_of_support" not in CaseRecord.objects.get().data


@pytest.mark.parametrize(("changes", "words"), [({"title": ""}, "没有写请配合做什么"), ({"due_on": "2019-09-29"}, "期限已经过去"),
                                                ({"organ": ""}, "没有选单位"), ({"due_on": "十月"}, "没有这一天")])
def test_what_is_wrong_is_said_and_the_words_stay(world: World, changes: dict[str, str], words: str) -> None:  # noqa: F811
    answer = ask(world, text="示例：独一份的要求", **changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "示例：独一份的要求" in answer.content.decode()
    assert not CaseRecord.objects.exists()


def test_only_who_leads_asks_and_a_third_unit_sees_nothing(world: World) -> None:  # noqa: F811
    assert ask(world, key="liaison_b").status_code == 404
    ask(world)
    assert page_of(world, "liaison_c").status_code == 404
    assert act(world, "liaison_c", "agree").status_code == 404
    shown = reverse("contributions", args=(world.list.pk,))
    assert "示例：确认备案口径" not in world.client("liaison_c").get(shown).content.decode()
    assert "1件配合等您" in world.client(SUPPORT).get(shown).content.decode()


def test_the_report_of_the_line_shows_who_was_asked_for_what(world: World) -> None:  # noqa: F811
    ask(world)
    address = reverse("report", args=(world.list.pk, item_of(world, "重大项目").promise.id, world.organ("市经信局").pk, "2019-09"))
    page = world.client(LEAD).get(address).content.decode()
    assert "示例：确认备案口径" in page
    assert "请别的单位配合" in page


def test_the_list_takes_few_queries(world: World, django_assert_max_num_queries: Any) -> None:  # noqa: F811
    for number in range(5):
        ask(world, title=f"示例{number}")
    client = world.client(LEAD)
    client.get(reverse("contributions", args=(world.list.pk,)))
    with django_assert_max_num_queries(7):
        client.get(reverse("contributions", args=(world.list.pk,)))
