"""One matter in several lists is filed once: the other list has it in the same act, by its own guards; it counts once in the burden."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from luoshi.actions.join_promises import JoinRefused, join_promises, split_promise
from luoshi.actions.journal import verify_journal
from luoshi.actions.report_guards import ReportRefused
from luoshi.actions.set_cycle import set_cycle
from luoshi.store.models import JournalRecord, ListRecord, ReportRecord, SameMatterRecord, SamePromiseRecord
from luoshi.store.queries.burden import requests_of
from luoshi.store.queries.same_matter import filed_with, joined_of, likely_same, same_places
from luoshi.store.queries.story import Told, tell_list
from luoshi.store.who import NotAllowed
from luoshi.supervision.burden import burden_of
from tests.actions.reporting import accepted, filed, item_of, png
from tests.web.world import AT, DAY, World, world  # noqa: F401


@pytest.fixture
def second(world: World) -> ListRecord:  # noqa: F811
    """Another list of the year that holds the same plan."""
    made = ListRecord.objects.create(title="示例：政府工作报告任务", year=2019, pack=world.list.pack, made_at=AT, plan=world.list.plan)
    return ListRecord.objects.select_related("plan").get(pk=made.pk)


def told_of(record: ListRecord) -> Told:
    told = tell_list(record, DAY)
    assert told is not None
    return told


def join(world: World, second: ListRecord, here: str = "重大项目", there: str = "重大项目", who: str = "supervision") -> Any:  # noqa: F811
    return join_promises(world.who(who), AT, (world.list, told_of(world.list), item_of(world, here).promise.id),
                         (second, told_of(second), item_of(world, there).promise.id))


def test_what_reads_alike_is_proposed_until_it_is_joined(world: World, second: ListRecord, django_assert_max_num_queries: Any) -> None:  # noqa: F811
    told, other = told_of(world.list), told_of(second)
    with django_assert_max_num_queries(3):
        likely = likely_same(world.list, told, second, other)
    assert len(likely) == len(told.items)
    assert likely[0].likeness == 1
    join(world, second)
    assert len(likely_same(world.list, told, second, other)) == len(told.items) - 1


def test_one_report_is_filed_in_both_lists_with_its_evidence_and_both_are_journalled(world: World, second: ListRecord) -> None:  # noqa: F811
    join(world, second)
    report = filed(world, files=(("验收.png", png()),))
    there = ReportRecord.objects.get(list=second)
    assert (there.state, there.value, there.progress, there.period) == ("submitted", Decimal(43), report.progress, "2019-09")
    assert [e.list_id for e in there.evidence.all()] == [second.pk]
    assert [place.list_id for place in filed_with(report)] == [second.pk]
    entries = JournalRecord.objects.filter(action="report.submit").order_by("number")
    assert {entry.list_id: entry.detail.get("same") or entry.detail.get("from") for entry in entries} == {
        second.pk: report.pk, world.list.pk: [there.pk]}
    assert verify_journal()[1] is None


def test_each_list_has_its_own_cycle_and_a_draft_stays_where_it_is(world: World, second: ListRecord) -> None:  # noqa: F811
    join(world, second)
    set_cycle(world.who("supervision"), AT, second.pk, item_of(world, "重大项目").promise.id, "quarterly")
    filed(world, submit=False)
    assert not ReportRecord.objects.filter(list=second).exists()
    filed(world, revision=1)
    assert ReportRecord.objects.get(list=second).period == "2019-Q3"


def test_what_was_sent_there_already_is_not_touched(world: World, second: ListRecord) -> None:  # noqa: F811
    join(world, second)
    accepted(world)
    there = ReportRecord.objects.get(list=second)
    ReportRecord.objects.filter(list=world.list).update(state="returned")
    filed(world, value=Decimal(44), revision=3)
    there.refresh_from_db()
    assert there.value == Decimal(43)


def test_a_guard_of_the_other_list_refuses_the_whole_act_and_names_it(world: World, second: ListRecord) -> None:  # noqa: F811
    join(world, second)
    place = item_of(world, "重大项目").promise.id
    ReportRecord.objects.create(list=second, promise_id=place, organ=world.organ("市经信局"), period="2019-08", value=Decimal(60), state="accepted",
                                observed_on=date(2019, 8, 31), progress="示例", author=world.person("liaison"), changed_at=AT)
    with pytest.raises(ReportRefused, match=r"同时报给“示例：政府工作报告任务”.*累计数不会变小"):
        filed(world)
    assert ReportRecord.objects.count() == 1


def test_it_counts_once_in_the_burden(world: World, second: ListRecord) -> None:  # noqa: F811
    def fields() -> tuple[float, float]:
        line = next(line for line in burden_of(requests_of(world.list, DAY).requests) if line.unit == "市经信局")
        return line.fields, line.spared
    before, spared = fields()
    join(world, second)
    after, more = fields()
    assert (round(before - after, 6), round(more - spared, 6)) == (3, 3)      # the figure, what was done, what comes next; once a month


def test_different_units_or_leads_or_one_list_are_refused(world: World, second: ListRecord) -> None:  # noqa: F811
    with pytest.raises(JoinRefused, match="计量单位不同"):
        join(world, second, there="核心产业主营收入")
    with pytest.raises(JoinRefused, match="没有共同的牵头单位"):
        join(world, second, there="高能级平台")
    with pytest.raises(JoinRefused, match="同一张清单"):
        join(world, world.list, there="高能级平台")
    with pytest.raises(NotAllowed):
        join(world, second, who="liaison")
    join(world, second)
    with pytest.raises(JoinRefused, match="都已经并报"):
        join(world, second)


def test_it_is_split_again(world: World, second: ListRecord) -> None:  # noqa: F811
    join(world, second)
    promise_id = item_of(world, "重大项目").promise.id
    assert [place.list_id for place in same_places(world.list.pk, promise_id)] == [second.pk]
    assert set(joined_of(world.list)) == {promise_id}
    split_promise(world.who("supervision"), AT, world.list.pk, promise_id)
    assert not SamePromiseRecord.objects.exists()
    assert not SameMatterRecord.objects.exists()
    filed(world)
    assert not ReportRecord.objects.filter(list=second).exists()
