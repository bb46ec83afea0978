"""An accepted report is opened again: what was accepted stays readable, its value counts no longer, issued bulletins do not move."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from luoshi.actions.accept_report import accept_report, hash_of
from luoshi.actions.bulletin_content import seal_of
from luoshi.actions.delete_bulletin import delete_bulletin
from luoshi.actions.draft_bulletin import draft_bulletin
from luoshi.actions.issue_bulletin import issue_bulletin
from luoshi.actions.journal import verify_journal
from luoshi.actions.reopen_report import reopen_report
from luoshi.actions.report_guards import ReportRefused
from luoshi.actions.sign_report import sign_report
from luoshi.actions.stale import Stale
from luoshi.publish.bulletin import Office
from luoshi.store.models import BulletinRecord, JournalRecord, ReportRecord, SealedReportRecord
from luoshi.store.queries.published import published_of
from luoshi.store.queries.story import tell_list
from luoshi.store.who import NotAllowed
from tests.actions.reporting import accepted, filed, item_of
from tests.web.world import AT, DAY, World, world  # noqa: F401

OFFICE = Office("示例市政府督查室", "示例督")


def reopened(world: World, report: ReportRecord, reason: str = "示例：口径写错了", who: str = "supervision") -> ReportRecord:  # noqa: F811
    return reopen_report(world.who(who), AT, report.pk, report.revision, reason)


def issued(world: World) -> BulletinRecord:  # noqa: F811
    made = draft_bulletin(world.who("supervision"), AT, world.list.pk, DAY, OFFICE)
    return issue_bulletin(world.who("supervision"), AT, DAY, world.list.pk, made.pk, seal_of(made.content))


def test_what_was_accepted_stays_as_it_was_and_counts_no_longer(world: World) -> None:  # noqa: F811
    report = accepted(world, value=Decimal(44))
    before = report.snapshot
    back = reopened(world, report)
    assert (back.state, back.reason, back.snapshot, back.signed_by, back.accepted_by) == ("returned", "示例：口径写错了", None, None, None)
    kept = SealedReportRecord.objects.get(report=report)
    assert kept.snapshot == before
    world.list.refresh_from_db()
    assert item_of(world, "重大项目").value != Decimal(44)
    noted = JournalRecord.objects.filter(action="report.reopen").get()
    assert (noted.detail["snapshot_sha256"], noted.detail["reason"]) == (hash_of(kept.snapshot), "示例：口径写错了")
    assert verify_journal()[1] is None


def test_it_goes_the_whole_way_again_and_both_versions_are_there(world: World) -> None:  # noqa: F811
    back = reopened(world, accepted(world, value=Decimal(44)))
    again = filed(world, revision=back.revision, value=Decimal(42))
    again = sign_report(world.who("head"), AT, DAY, again.pk, again.revision)
    again = accept_report(world.who("supervision"), AT, DAY, again.pk, again.revision)
    assert again.snapshot is not None
    assert [again.snapshot["value"], *(s.snapshot["value"] for s in again.sealed.all())] == ["42", "44"]
    world.list.refresh_from_db()
    assert item_of(world, "重大项目").value == Decimal(42)


def test_only_the_office_opens_only_what_is_accepted_and_says_why(world: World) -> None:  # noqa: F811
    report = accepted(world)
    for key in ("liaison", "head", "leader", "administrator", "auditor"):
        with pytest.raises(NotAllowed):
            reopened(world, report, who=key)
    with pytest.raises(ReportRefused):
        reopened(world, report, reason=" \n")
    with pytest.raises(Stale):
        reopen_report(world.who("supervision"), AT, report.pk, report.revision - 1, "示例")
    back = reopened(world, report)
    with pytest.raises(Stale):
        reopened(world, back)
    assert SealedReportRecord.objects.count() == 1


def test_an_issued_bulletin_stays_as_issued_when_a_report_is_opened_again(world: World) -> None:  # noqa: F811
    report = accepted(world, value=Decimal(44))
    bulletin = issued(world)
    published = published_of(world.list, report.promise_id)
    assert published[DAY].value == Decimal(44)
    reopened(world, report)
    bulletin.refresh_from_db()
    assert published_of(world.list, report.promise_id) == published
    content = (Path(settings.MEDIA_ROOT) / bulletin.docx).read_bytes()
    assert hashlib.sha256(content).hexdigest() == bulletin.content["issued"]["sha256"]["docx"]


def test_what_a_bulletin_printed_is_what_the_same_day_says_until_something_changes(world: World) -> None:  # noqa: F811
    issued(world)
    told = tell_list(world.list, DAY)
    assert told is not None
    printed = {item.number: published_of(world.list, item.promise.id).get(DAY) for item in told.items}
    assert sum(figure is not None for figure in printed.values()) > 20
    for item in told.items:
        figure = printed[item.number]
        assert figure is None or figure.value == item.value, item.number


def test_a_draft_is_deleted_with_a_journal_entry_and_an_issued_bulletin_never(world: World) -> None:  # noqa: F811
    office = world.who("supervision")
    made = draft_bulletin(office, AT, world.list.pk, DAY, OFFICE)
    with pytest.raises(NotAllowed):
        delete_bulletin(world.who("leader"), AT, world.list.pk, made.pk, seal_of(made.content))
    with pytest.raises(Stale):
        delete_bulletin(office, AT, world.list.pk, made.pk, "another")
    delete_bulletin(office, AT, world.list.pk, made.pk, seal_of(made.content))
    assert not BulletinRecord.objects.exists()
    assert JournalRecord.objects.filter(action="bulletin.delete", about=f"bulletin:{made.pk}").get().detail["title"] == made.title
    out = issued(world)
    with pytest.raises(Stale):
        delete_bulletin(office, AT, world.list.pk, out.pk, seal_of(out.content))
    assert BulletinRecord.objects.filter(pk=out.pk).exists()
