"""Spot checks: drawn so that anybody can draw them again; what is found false counts no longer, and its owner is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.actions.draw_sample import SampleText, draw_sample
from luoshi.actions.record_check import CheckText, record_check
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.store.models import FactRecord, ListRecord, NoticeRecord, ReportRecord, SampleItemRecord, SampleRecord
from luoshi.store.queries.changes import solving_of
from luoshi.store.queries.claims import claims_of
from luoshi.store.queries.doubts import Doubt
from luoshi.store.queries.samples import effect_of, redraw, samples_of, the_sample
from luoshi.store.queries.story import tell_list
from luoshi.store.who import NotAllowed
from tests.actions.reporting import png
from tests.web.world import AT, DAY, World, busy_world, world  # noqa: F401

TEXT = SampleText("9月抽查（示例）", DAY, 4, 4, "20190930")
PHOTO = (("现场.png", png()),)


def fresh(world: World) -> ListRecord:  # noqa: F811
    return ListRecord.objects.select_related("plan").get(pk=world.list.pk)


def drawn(world: World) -> SampleRecord:  # noqa: F811
    return draw_sample(world.who("supervision"), AT, DAY, world.list.pk, TEXT)


def a_row(sample: SampleRecord, world: World) -> SampleItemRecord:  # noqa: F811
    """One that counts with an amount: whichever was drawn, put in place of the first item."""
    told = tell_list(fresh(world), DAY)
    assert told is not None
    item = sample.items.filter(key__startswith="row:").first()
    assert item is not None
    return item


def check(world: World, item: SampleItemRecord, **more: object) -> SampleItemRecord:  # noqa: F811
    text = CheckText("false", DAY, "示例路1号", "地块还是空地。", confirmed=True)
    files = more.pop("files", PHOTO)
    return record_check(world.who("supervision"), AT, DAY, item.pk, replace(text, **more), item.revision, files)  # type: ignore[arg-type]


def test_rows_that_count_accepted_reports_and_closed_slips_are_claims_with_their_risks(busy_world: World) -> None:  # noqa: F811
    told = tell_list(fresh(busy_world), DAY)
    assert told is not None
    claims = claims_of(busy_world.list, told)
    kinds = {claim.key.partition(":")[0] for claim in claims.claims}
    assert kinds >= {"row", "report"}
    assert len({claim.key for claim in claims.claims}) == len(claims.claims)
    assert all("never_checked" in claim.risks for claim in claims.claims)
    assert all(claims.promise[claim.key] for claim in claims.claims)


def test_the_draw_is_the_same_for_everybody_who_repeats_it(world: World) -> None:  # noqa: F811
    sample = drawn(world)
    assert sample.items.count() == 8
    page = the_sample(world.who("auditor"), world.list, sample.pk)
    assert page.agrees
    assert [d.claim.key for d in redraw(sample)] == [i.key for i in page.items]
    sample.seed = "20190931"
    assert [d.claim.key for d in redraw(sample)] != [i.key for i in page.items]


def test_without_a_seed_the_head_of_the_journal_is_taken_which_nobody_can_choose(world: World) -> None:  # noqa: F811
    sample = draw_sample(world.who("supervision"), AT, DAY, world.list.pk, replace(TEXT, seed=""))
    assert ":" in sample.seed
    assert len(sample.seed) > 20


def test_what_is_found_false_counts_no_longer_and_the_figure_is_as_was_shown(world: World) -> None:  # noqa: F811
    item = a_row(drawn(world), world)
    effect = effect_of(fresh(world), item, DAY)
    assert effect.before is not None
    assert effect.after is None or effect.after != effect.before
    check(world, item)
    told = tell_list(fresh(world), DAY)
    assert told is not None
    assert next(i.value for i in told.items if i.promise.id == item.promise_id) == effect.after
    newest = FactRecord.objects.filter(list=world.list, key=item.key.split(":", 2)[2]).latest("id")
    assert newest.row["核验"] == "退回"


def test_the_effect_has_to_be_confirmed_and_photos_given(world: World) -> None:  # noqa: F811
    item = a_row(drawn(world), world)
    with pytest.raises(StepRefused, match="会改总览"):
        check(world, item, confirmed=False)
    with pytest.raises(StepRefused, match="附照片"):
        check(world, item, files=())
    with pytest.raises(StepRefused, match="没有写地点"):
        check(world, item, where=" ")
    item.refresh_from_db()
    assert item.result == ""


def test_what_is_found_true_is_marked_as_spot_checked_and_still_counts(world: World) -> None:  # noqa: F811
    item = a_row(drawn(world), world)
    before = effect_of(fresh(world), item, DAY).before
    check(world, item, result="true", note="", files=())
    assert effect_of(fresh(world), item, DAY).before == before
    assert FactRecord.objects.filter(list=world.list, key=item.key.split(":", 2)[2]).latest("id").row["核验"] == "督查抽查"


def test_an_accepted_report_found_false_is_opened_again_and_its_unit_is_told(busy_world: World) -> None:  # noqa: F811
    sample = drawn(busy_world)
    report = ReportRecord.objects.get(state="accepted")
    item = SampleItemRecord.objects.create(sample=sample, key=f"report:{report.pk}", place=99, title="填报（示例）", organ=report.organ, how="random",
                                           why="随机抽取", promise_id=report.promise_id, amount=Decimal(41))
    check(busy_world, item)
    report.refresh_from_db()
    assert (report.state, "抽查" in report.reason) == ("returned", True)
    assert NoticeRecord.objects.filter(person=busy_world.person("liaison"), text__contains="不实").exists()


def test_two_people_do_not_write_over_each_other(world: World) -> None:  # noqa: F811
    item = a_row(drawn(world), world)
    check(world, item, result="true", note="", files=())
    with pytest.raises(Stale):
        check(world, item)


def test_units_see_what_was_drawn_of_theirs_and_cannot_draw(world: World) -> None:  # noqa: F811
    sample = drawn(world)
    mine = sample.items.filter(organ=world.organ("市经信局")).count()
    if mine:
        assert len(the_sample(world.who("liaison"), world.list, sample.pk).items) == mine
    with pytest.raises(NotAllowed):
        draw_sample(world.who("liaison"), AT, DAY, world.list.pk, TEXT)


def test_the_list_of_samples_is_one_query(world: World) -> None:  # noqa: F811
    drawn(world)
    drawn(world)
    office = world.who("supervision")
    with CaptureQueriesContext(connection) as asked:
        assert [s.drawn for s in samples_of(office, world.list)] == [8, 8]  # type: ignore[attr-defined]
    assert len(asked) == 1


def partly(world: World) -> SampleItemRecord:  # noqa: F811
    """A row of a figure that adds amounts up, of which half was seen."""
    told = tell_list(fresh(world), DAY)
    assert told is not None
    item = next(i for i in told.items if i.figure and told.pack.indicators[i.figure.indicator].kind == "sum" and i.figure.because.counted)
    row = item.figure.because.counted[0]  # type: ignore[union-attr]
    source = next(name for name, rows in told.facts.records.items() if any(r.key == row.key for r in rows))
    made = drawn(world).items.first()
    assert made is not None
    SampleItemRecord.objects.filter(pk=made.pk).update(key=f"row:{source}:{row.key}", promise_id=item.promise.id, amount=row.amount, title=row.title)
    made.refresh_from_db()
    assert made.amount is not None
    return check(world, made, result="partly", found=made.amount / 2, confirmed=False)


def doubt(world: World, item: SampleItemRecord) -> Doubt | None:  # noqa: F811
    told = tell_list(fresh(world), DAY)
    assert told is not None
    line = next(i for i in told.items if i.promise.id == item.promise_id)
    return solving_of(world.who("leader"), fresh(world), told, line.promise.id).doubt


def test_what_is_partly_true_stands_beside_the_figure_which_stays_what_the_rows_say(world: World) -> None:  # noqa: F811
    item = partly(world)
    told = tell_list(fresh(world), DAY)
    assert told is not None
    value = next(i.value for i in told.items if i.promise.id == item.promise_id)
    found = doubt(world, item)
    assert found is not None
    assert value is not None
    assert item.amount is not None
    assert (found.amount, found.as_found, found.claims) == (item.amount / 2, value - item.amount / 2, (item.title,))
    page = world.client("leader").get(f"/lists/{world.list.pk}/targets/{item.promise_id}/").content.decode()
    assert "抽查没有全部证实" in page
    assert item.title in page


def test_a_doubt_ends_when_the_unit_puts_the_row_right_or_a_later_check_finds_it_true(world: World) -> None:  # noqa: F811
    item = partly(world)
    source, key = item.key.split(":", 2)[1:]
    newest = FactRecord.objects.filter(list=world.list, source=source, key=key).latest("id")
    FactRecord.objects.create(list=world.list, source=source, key=key, row=newest.row, origin="表单", recorded_at=AT + timedelta(hours=1),
                              act="verify", by=world.person("checker"))
    assert doubt(world, item) is not None
    corrected = FactRecord.objects.create(list=world.list, source=source, key=key, row=newest.row, origin="表单",
                                          recorded_at=AT + timedelta(hours=2), act="correct", by=world.person("liaison"))
    assert doubt(world, item) is None
    corrected.delete()
    check(world, item, result="true", note="", files=())
    assert doubt(world, item) is None
