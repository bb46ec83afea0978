"""What the office takes back: an accepted report is opened again, a draft of a bulletin deleted; what was published stands beside today's figure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.urls import reverse

from luoshi.actions.bulletin_content import seal_of
from luoshi.actions.draft_bulletin import draft_bulletin
from luoshi.actions.issue_bulletin import issue_bulletin
from luoshi.actions.reopen_report import reopen_report
from luoshi.publish.bulletin import Office
from luoshi.store.models import BulletinRecord, ReportRecord
from tests.actions.reporting import accepted, filed, png
from tests.web.world import AT, DAY, World

OFFICE = Office("示例市政府督查室", "示例督")


def page_of(world: World, report: ReportRecord, key: str = "supervision") -> str:
    address = reverse("report", args=(report.list_id, report.promise_id, report.organ_id, report.period))
    return world.client(key).get(address).content.decode()


def reopen(world: World, report: ReportRecord, **form: Any) -> Any:
    address = reverse("decide_report", args=(report.list_id, report.pk))
    return world.client("supervision").post(address, {"do": "reopen", "revision": report.revision, "reason": "示例：口径写错了", **form}, follow=True)


def drafted(world: World) -> BulletinRecord:
    return draft_bulletin(world.who("supervision"), AT, world.list.pk, DAY, OFFICE)


def test_the_office_opens_an_accepted_report_again_and_what_was_accepted_stays_readable(world: World) -> None:
    report = accepted(world, value=Decimal(44), progress="示例：原来写的")
    assert "退回重报" in page_of(world, report)
    for key in ("liaison", "head", "leader"):
        assert "why-reopen" not in page_of(world, report, key)
    assert "已退回重报" in reopen(world, report).content.decode()
    page = page_of(world, report, "liaison")
    assert "退回了，请按原因改好再提交" in page
    assert "以前接收过的" in page
    assert "示例：原来写的" in page


def test_a_reason_that_is_missing_or_a_stale_page_is_answered_in_words(world: World) -> None:
    report = accepted(world)
    empty = reopen(world, report, reason="")
    assert (empty.status_code, "没有写退回重报的原因" in empty.content.decode()) == (422, True)
    stale = reopen(world, report, revision=report.revision - 1, reason="示例：要留住的原因")
    assert (stale.status_code, "示例：要留住的原因" in stale.content.decode()) == (409, True)
    report.refresh_from_db()
    assert report.state == "accepted"


def test_a_difference_to_what_a_bulletin_printed_is_marked_as_a_correction(world: World) -> None:
    report = accepted(world, value=Decimal(44))
    made = drafted(world)
    issue_bulletin(world.who("supervision"), AT, DAY, world.list.pk, made.pk, seal_of(made.content))
    address = reverse("target", args=(world.list.pk, report.promise_id))
    page = world.client("leader").get(address).content.decode()
    assert "通报印发的数" in page
    assert "要更正" not in page
    reopen_report(world.who("supervision"), AT, report.pk, report.revision, "示例")
    page = world.client("leader").get(address).content.decode()
    assert "44个" in page
    assert "要更正" in page


def test_a_draft_is_deleted_by_its_office_and_an_issued_bulletin_is_not(world: World) -> None:
    client, made = world.client("supervision"), drafted(world)
    address = reverse("delete_bulletin", args=(world.list.pk, made.pk))
    assert client.get(address).status_code == 405
    assert "确定删除" in client.get(reverse("bulletin", args=(world.list.pk, made.pk))).content.decode()
    assert client.post(address, {"seal": "another"}).status_code == 409
    assert "草稿已删" in client.post(address, {"seal": seal_of(made.content)}, follow=True).content.decode()
    assert not BulletinRecord.objects.exists()


def test_a_file_used_a_second_time_is_noticed_on_the_report_and_another_units_use_is_not_told_in_detail(world: World) -> None:
    filed(world, words="重大项目", files=(("八月.png", png()),))
    second = filed(world, words="百亿企业", value=Decimal(7), files=(("另名.png", png()),))
    assert "同一文件已用于市经信局9月：数字经济领域重大项目" in page_of(world, second)
    assert "同一文件已用于市经信局9月：数字经济领域重大项目" in page_of(world, second, "liaison")
