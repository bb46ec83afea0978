"""The page of a month's end: what is open with where it is done, settling, opening again; who sees what."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from luoshi.actions.set_cycle import set_start
from luoshi.store.models import ClosingRecord, ReportRecord
from tests.actions.reporting import accepted, filed, signed
from tests.web.world import AT, World, world  # noqa: F401

AFTER = "2019-10-09"


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the last day for September."""
    monkeypatch.setenv("LUOSHI_TODAY", AFTER)


@pytest.fixture
def september(world: World) -> World:  # noqa: F811
    """Reports are asked for from September on."""
    set_start(world.who("supervision"), AT, world.list.pk, AT.date().replace(month=10, day=1))
    return world


def page(world: World, who: str = "supervision", closing: int | None = None) -> str:  # noqa: F811
    return str(world.client(who).get(address(world, closing)).content.decode())


def address(world: World, closing: int | None = None) -> str:  # noqa: F811
    return reverse("month", args=(world.list.pk, closing)) if closing else reverse("months", args=(world.list.pk,))


def close(world: World, **typed: Any) -> Any:  # noqa: F811
    shown = world.client("supervision").get(address(world)).context["form"].initial
    return world.client("supervision").post(address(world), {"sure": "on", **shown, **typed})


def test_what_is_open_is_named_with_the_page_where_it_is_done(september: World) -> None:
    report = signed(september)
    shown = page(september)
    assert "9月还不能结" in shown
    assert "等督查室接收" in shown
    assert reverse("report", args=(september.list.pk, report.promise_id, report.organ_id, "2019-09")) in shown
    assert "这个月还没有印发通报" in shown
    assert "name=\"seal\"" not in shown


def test_a_month_is_settled_after_what_is_open_was_seen_and_its_page_says_who_is_missing(september: World) -> None:
    accepted(september)
    refused = close(september, sure="")
    assert refused.status_code == 422
    assert "还有没了的（没有报" in refused.content.decode(), refused.context["form"].errors
    answer = close(september)
    assert answer.status_code == 302
    made = ClosingRecord.objects.get()
    shown = page(september, closing=made.pk)
    assert made.sha256 in shown
    assert "沈知行（示例）2019年10月9日结" in shown
    assert "10月还没有过完" in page(september)


def test_who_settles_what_changed_meanwhile_sees_it_as_it_is_now_and_can_settle_it_then(september: World) -> None:
    accepted(september)
    seen = september.client("supervision").get(address(september)).context["form"].initial
    filed(september, words="百亿", submit=False)
    late = september.client("supervision").post(address(september), {"sure": "on", **seen})
    assert late.status_code == 409
    assert "变过" in late.content.decode()
    assert "只有草稿，没有提交" in late.content.decode()
    again = {name: late.context["form"].data[name] for name in ("month", "seal", "sure")}
    assert september.client("supervision").post(address(september), again).status_code == 302


def test_a_report_of_a_settled_month_says_so_and_cannot_be_sent_or_decided(september: World) -> None:
    accepted(september)
    draft = filed(september, words="百亿", submit=False)
    close(september)
    where = reverse("report", args=(september.list.pk, draft.promise_id, draft.organ_id, "2019-09"))
    liaison = september.client("liaison")
    shown = liaison.get(where).content.decode()
    assert "这个月已经月结" in shown
    assert 'value="submit"' not in shown
    typed = {"do": "submit", "observed_on": "2019-09-30", "progress": "示例：迟来的话", "value": "5", "revision": draft.revision}
    answer = liaison.post(where, typed)
    assert answer.status_code == 422
    assert "9月已经月结" in answer.content.decode()
    assert "示例：迟来的话" in answer.content.decode()
    report = ReportRecord.objects.get(state="accepted")
    decide = reverse("decide_report", args=(september.list.pk, report.pk))
    refused = september.client("supervision").post(decide, {"do": "reopen", "revision": report.revision, "reason": "数错了（示例）"})
    assert refused.status_code == 422
    assert "9月已经月结" in refused.content.decode()
    assert "数错了（示例）" in refused.content.decode()


def test_a_settled_month_is_opened_again_on_its_page_with_a_reason(september: World) -> None:
    accepted(september)
    close(september)
    made = ClosingRecord.objects.get()
    client = september.client("supervision")
    assert client.post(address(september, made.pk), {"reason": ""}).status_code == 422
    assert client.post(address(september, made.pk), {"reason": "补报一份（示例）"}).status_code == 302
    assert "补报一份（示例）" in page(september, closing=made.pk)
    again = client.post(address(september, made.pk), {"reason": "又一次（示例）"})
    assert again.status_code == 409
    assert "又一次（示例）" in again.content.decode()
    assert "9月可以结" in page(september)


def test_a_unit_sees_its_own_line_and_only_the_office_settles(september: World) -> None:
    accepted(september)
    close(september)
    made = ClosingRecord.objects.get()
    own = page(september, "liaison", made.pk)
    assert "市经信局" in own
    assert "市科技局" not in own
    assert made.sha256 not in own
    assert "市科技局" in page(september, "auditor", made.pk)
    for role in ("liaison", "auditor", "leader"):
        assert september.client(role).post(address(september), {"month": "2019-10"}).status_code == 403
        assert september.client(role).post(address(september, made.pk), {"reason": "示例"}).status_code == 403
    assert september.client("supervision").get(address(september, made.pk + 9)).status_code == 404


def test_a_closing_that_was_changed_in_the_database_is_seen(september: World) -> None:
    accepted(september)
    close(september)
    made = ClosingRecord.objects.get()
    made.content["lines"][0]["late"] = 0
    made.content["bulletin"] = "示例督〔2019〕9号"
    made.save()
    assert "内容被改动过" in page(september, closing=made.pk)
