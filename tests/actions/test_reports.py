"""A report goes from the liaison to the head to the office; nothing skips a check; what was accepted counts and stays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from luoshi.actions.accept_report import accept_report, hash_of
from luoshi.actions.evidence_kind import EvidenceRefused
from luoshi.actions.file_report import ReportPlace, file_report
from luoshi.actions.journal import verify_journal
from luoshi.actions.report_guards import ReportRefused
from luoshi.actions.return_report import return_report
from luoshi.actions.sign_report import sign_report
from luoshi.actions.stale import Stale
from luoshi.store.models import DutyRecord, EvidenceRecord, JournalRecord, ListRecord, ReportRecord
from luoshi.store.queries.story import tell_list
from luoshi.store.who import NotAllowed
from tests.actions.reporting import TEXT, accepted, filed, item_of, place_of, png, signed
from tests.web.world import AT, DAY, World, world  # noqa: F401


def test_it_goes_from_the_liaison_to_the_head_to_the_office(world: World) -> None:  # noqa: F811
    report = accepted(world)
    assert (report.state, report.author_id, report.signed_by_id, report.accepted_by_id) == (
        "accepted", world.person("liaison").pk, world.person("head").pk, world.person("supervision").pk)
    acts = list(JournalRecord.objects.filter(about=f"report:{report.pk}").order_by("number").values_list("action", flat=True))
    assert acts == ["report.submit", "report.sign", "report.accept"]
    assert verify_journal()[1] is None


def test_an_accepted_value_counts_from_then_on_for_exactly_its_promise(world: World) -> None:  # noqa: F811
    before = item_of(world, "重大项目")
    other = item_of(world, "新三板")
    assert (before.value, before.value_from) == (Decimal(41), "reported")
    report = accepted(world, observed_on=date(2019, 9, 25), value=Decimal(43))
    world.list.refresh_from_db()
    after = item_of(world, "重大项目")
    assert (after.value, after.value_from) == (Decimal(43), "reported")
    assert [(r.on, r.by, r.unit) for r in after.reported][-2:] == [(date(2019, 8, 31), "示例市经信局", "个"), (date(2019, 9, 25), "市经信局", "个")]
    assert item_of(world, "新三板").value == other.value
    assert report.list.facts_version == 0
    assert world.list.facts_version == 1


def test_what_was_accepted_later_was_not_known_before(world: World) -> None:  # noqa: F811
    accepted(world)
    record = ListRecord.objects.select_related("plan").get(pk=world.list.pk)
    told = tell_list(record, DAY, known_at=date(2019, 9, 29))
    assert told is not None
    assert next(i for i in told.items if "重大项目" in i.title).value == Decimal(41)


def test_a_submitted_or_signed_value_does_not_count_yet(world: World) -> None:  # noqa: F811
    signed(world, value=Decimal(48))
    world.list.refresh_from_db()
    assert world.list.facts_version == 0
    assert item_of(world, "重大项目").value == Decimal(41)


def test_a_computed_figure_takes_no_typed_value(world: World) -> None:  # noqa: F811
    before = item_of(world, "核心产业主营收入")
    report = accepted(world, words="核心产业主营收入", value=Decimal(9999))
    assert report.value is None
    world.list.refresh_from_db()
    after = item_of(world, "核心产业主营收入")
    assert (after.value, after.value_from) == (before.value, "computed")
    assert report.snapshot["stood"]["value"] == str(before.value.normalize() if before.value else None)
    assert report.snapshot["stood"]["from"] == "computed"


def test_accepting_freezes_words_evidence_and_light_of_the_day(world: World) -> None:  # noqa: F811
    report = accepted(world, files=(("验收.png", png()),))
    kept = ReportRecord.objects.get(pk=report.pk).snapshot
    assert (kept["value"], kept["title"], kept["organ"], kept["as_of"]) == ("43", "数字经济领域重大项目", "市经信局", "2019-09-30")
    assert kept["evidence"] == [{"name": "验收.png", "sha256": EvidenceRecord.objects.get().sha256, "size": len(png()), "kind": "png"}]
    assert (kept["stood"]["value"], kept["stood"]["light"]) == ("43", "normal")
    assert kept["people"] == {"author": "朱文澜（示例）", "signed_by": "赵立新（示例）", "accepted_by": "沈知行（示例）"}
    entry = JournalRecord.objects.get(action="report.accept")
    assert entry.detail["snapshot_sha256"] == hash_of(kept)


def test_nothing_leads_out_of_accepted(world: World) -> None:  # noqa: F811
    report = accepted(world)
    for act in (lambda: filed(world, revision=report.revision), lambda: sign_report(world.who("head"), AT, DAY, report.pk, report.revision),
                lambda: return_report(world.who("supervision"), AT, report.pk, report.revision, "示例"),
                lambda: accept_report(world.who("supervision"), AT, DAY, report.pk, report.revision)):
        with pytest.raises(Stale):
            act()


@pytest.mark.parametrize(("on", "words"), [(date(2019, 10, 1), "还没有到"), (date(2019, 8, 31), "不在9月里")])
def test_a_data_date_in_the_future_or_outside_the_month_is_refused(world: World, on: date, words: str) -> None:  # noqa: F811
    for submit in (True, False):
        with pytest.raises(ReportRefused) as refused:
            filed(world, observed_on=on, submit=submit)
        assert words in refused.value.problems["observed_on"]
    assert not ReportRecord.objects.exists()


def test_a_falling_cumulative_value_needs_a_reason(world: World) -> None:  # noqa: F811
    accepted(world, period="2019-08", value=Decimal(38))
    with pytest.raises(ReportRefused) as refused:
        filed(world, value=Decimal(36))
    assert "8月28日接收的是38，这次是36" in refused.value.problems["value"]
    assert filed(world, value=Decimal(36), submit=False).state == "draft"
    report = filed(world, value=Decimal(36), why_lower="示例：2个项目经核实没有注册", revision=1)
    assert report.state == "submitted"


def test_a_stock_may_fall(world: World) -> None:  # noqa: F811
    accepted(world, words="百亿企业", period="2019-08", value=Decimal(7))
    assert filed(world, words="百亿企业", value=Decimal(6)).state == "submitted"


def test_what_fell_meanwhile_is_found_when_it_is_signed_and_accepted(world: World) -> None:  # noqa: F811
    late = signed(world, value=Decimal(40))
    waiting = filed(world, period="2019-08", value=Decimal(42))
    waiting = sign_report(world.who("head"), AT, DAY, waiting.pk, waiting.revision)
    accept_report(world.who("supervision"), AT, DAY, waiting.pk, waiting.revision)
    with pytest.raises(ReportRefused, match="累计数不会变小"):
        accept_report(world.who("supervision"), AT, DAY, late.pk, late.revision)


def test_a_period_of_another_year_is_refused(world: World) -> None:  # noqa: F811
    place = place_of(world, "重大项目", period="2018-09")
    with pytest.raises(ReportRefused, match="2018-09不是这一项的填报期间"):
        file_report(world.who("liaison"), AT, DAY, world.list.pk, place, TEXT, 0, True)


def test_a_report_without_a_word_is_refused_and_a_draft_is_not(world: World) -> None:  # noqa: F811
    with pytest.raises(ReportRefused) as refused:
        filed(world, progress="  \n ")
    assert "没有写本期做了什么" in refused.value.problems["progress"]
    assert filed(world, progress="", submit=False).state == "draft"


def test_only_a_unit_that_leads_files(world: World) -> None:  # noqa: F811
    place = place_of(world, "高新技术企业新增", unit="市经信局")
    with pytest.raises(NotAllowed):
        file_report(world.who("liaison"), AT, DAY, world.list.pk, place, TEXT, 0, True)
    supporting = item_of(world, "重大项目").holder.id
    DutyRecord.objects.create(plan=world.list.plan, organ=world.organ("市科技局"), holder_id=supporting, task_no="3", role="support")
    with pytest.raises(NotAllowed):
        file_report(world.who("liaison_c"), AT, DAY, world.list.pk, place_of(world, "重大项目", unit="市科技局"), TEXT, 0, True)


def test_nobody_files_for_a_foreign_unit_or_signs_there(world: World) -> None:  # noqa: F811
    with pytest.raises(NotAllowed):
        filed(world, who="liaison_b")
    report = filed(world)
    for key in ("liaison", "head_b", "supervision", "leader", "administrator"):
        with pytest.raises(NotAllowed):
            sign_report(world.who(key), AT, DAY, report.pk, report.revision)
    report = sign_report(world.who("head"), AT, DAY, report.pk, report.revision)
    for key in ("liaison", "head", "leader", "administrator", "auditor"):
        with pytest.raises(NotAllowed):
            accept_report(world.who(key), AT, DAY, report.pk, report.revision)


def test_of_two_heads_who_sign_at_once_the_second_is_told(world: World) -> None:  # noqa: F811
    report = filed(world)
    sign_report(world.who("head"), AT, DAY, report.pk, report.revision)
    with pytest.raises(Stale, match="待督查室接收"):
        sign_report(world.who("head"), AT, DAY, report.pk, report.revision)
    assert JournalRecord.objects.filter(action="report.sign").count() == 1


def test_a_report_that_changed_since_the_head_looked_is_not_signed(world: World) -> None:  # noqa: F811
    report = filed(world)
    seen = report.revision
    return_report(world.who("head"), AT, report.pk, seen, "示例：数不对")
    filed(world, revision=2, value=Decimal(44))
    with pytest.raises(Stale, match="变过"):
        sign_report(world.who("head"), AT, DAY, report.pk, seen)


def test_a_return_needs_a_reason_and_gives_it_to_the_unit(world: World) -> None:  # noqa: F811
    report = filed(world)
    with pytest.raises(ReportRefused) as refused:
        return_report(world.who("head"), AT, report.pk, report.revision, "   ")
    assert "没有写退回的原因" in refused.value.problems["reason"]
    report = return_report(world.who("head"), AT, report.pk, report.revision, "示例：佐证不清楚")
    assert (report.state, report.reason) == ("returned", "示例：佐证不清楚")
    saved = filed(world, revision=report.revision, submit=False)
    assert (saved.state, saved.reason) == ("returned", "示例：佐证不清楚")
    again = filed(world, revision=saved.revision)
    assert (again.state, again.reason, again.signed_by_id) == ("submitted", "", None)


def test_the_office_returns_what_was_signed_and_not_what_was_only_submitted(world: World) -> None:  # noqa: F811
    report = filed(world)
    with pytest.raises(NotAllowed):
        return_report(world.who("supervision"), AT, report.pk, report.revision, "示例")
    report = sign_report(world.who("head"), AT, DAY, report.pk, report.revision)
    with pytest.raises(NotAllowed):
        return_report(world.who("head"), AT, report.pk, report.revision, "示例")
    assert return_report(world.who("supervision"), AT, report.pk, report.revision, "示例").state == "returned"


def test_a_form_made_from_an_older_revision_is_stale(world: World) -> None:  # noqa: F811
    filed(world, submit=False)
    with pytest.raises(Stale, match="别人存过一次"):
        filed(world, submit=False)
    assert ReportRecord.objects.get().revision == 1


def test_a_bad_file_leaves_nothing_behind(world: World) -> None:  # noqa: F811
    entries = JournalRecord.objects.count()
    with pytest.raises(EvidenceRefused):
        filed(world, files=(("好.png", png()), ("坏.jpg", b"MZ\x90\0" + b"\0" * 100)))
    assert not ReportRecord.objects.exists()
    assert not EvidenceRecord.objects.exists()
    assert JournalRecord.objects.count() == entries


def test_the_same_file_twice_is_attached_once_and_can_be_taken_off(world: World) -> None:  # noqa: F811
    report = filed(world, submit=False, files=(("a.png", png()), ("b.png", png())))
    filed(world, submit=False, revision=1, files=(("c.png", png()),))
    kept = report.evidence.get()
    file_report(world.who("liaison"), AT, DAY, world.list.pk, ReportPlace(report.promise_id, report.organ_id, report.period), TEXT, 2, False,
                drop=frozenset({kept.pk}))
    assert not report.evidence.exists()
    assert EvidenceRecord.objects.filter(pk=kept.pk).exists()


def test_the_journal_says_what_changed(world: World) -> None:  # noqa: F811
    filed(world, submit=False)
    filed(world, value=Decimal(44), revision=1)
    changed: dict[str, Any] = JournalRecord.objects.get(action="report.submit").detail
    assert changed["changed"] == {"value": ["43.000000", "44"]}
    assert changed["state"] == ["draft", "submitted"]
