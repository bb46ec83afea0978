"""A post changes hands: the successor has its duties, reports, matters and unread notices in one act; the one before has none of them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from luoshi.actions.hand_over import hand_over
from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.remind_people import remind_people
from luoshi.actions.take_step import Given, take_step
from luoshi.store.models import JournalRecord, ListRecord, NoticeRecord, PostRecord, ReportRecord
from luoshi.store.queries.cases import cases_of
from luoshi.store.queries.duties import waiting_cases
from luoshi.store.queries.reports import filing_of, owed_by
from luoshi.store.queries.story import tell_list
from luoshi.store.who import Who
from tests.web.world import AT, DAY, World, busy_world, world  # noqa: F401

MORNING = datetime.combine(DAY, time(7, 30), ZoneInfo("Asia/Shanghai"))


def at_work(world: World) -> None:  # noqa: F811
    """A slip that waits for the unit, and reminders of what it owes."""
    office, unit = world.who("supervision"), world.organ("市经信局")
    slip = open_case(office, AT, DAY, world.list.pk, CaseText("slip", "报一次进展（示例）", organ_id=unit.pk, due_on=DAY + timedelta(3)))
    take_step(office, AT, DAY, slip.pk, "issue", Given(DAY), slip.revision)
    remind_people(MORNING, DAY)


def change_hands(world: World) -> int:  # noqa: F811
    post = PostRecord.objects.get(holder=world.person("liaison"))
    before = NoticeRecord.objects.filter(person=world.person("liaison"), channel="inbox", read_at=None).count()
    hand_over(world.who("administrator"), AT, post.pk, world.person("assessor").pk, post.holder_id)
    return before


def owed(world: World, who: Who) -> set[tuple[str, str]]:  # noqa: F811
    record = ListRecord.objects.select_related("plan").get(pk=world.list.pk)
    told = tell_list(record, DAY)
    assert told is not None
    return {(o.item.promise.id, o.state) for o in owed_by(filing_of(who, record, told), DAY)}


def test_the_successor_inherits_duties_reports_matters_and_notices_in_one_act(busy_world: World) -> None:  # noqa: F811
    at_work(busy_world)
    old = busy_world.who("liaison")
    duties, cases = owed(busy_world, old), set(cases_of(old, busy_world.list))
    drafts = set(ReportRecord.objects.filter(organ=busy_world.organ("市经信局"), state__in=("draft", "returned")))
    number = JournalRecord.objects.count()
    unread = change_hands(busy_world)
    assert JournalRecord.objects.filter(number__gt=number).count() == 1
    new = busy_world.who("assessor")
    assert unread
    assert duties
    assert drafts
    assert owed(busy_world, new) == duties
    assert set(cases_of(new, busy_world.list)) >= cases
    assert [w.case.title for w in waiting_cases(new, busy_world.list)] == ["报一次进展（示例）"]
    assert NoticeRecord.objects.filter(person=busy_world.person("assessor"), channel="inbox", read_at=None).count() == unread
    assert JournalRecord.objects.latest("number").detail["notices"] == unread
    assert all(new.may("file_report", draft.organ_id) for draft in drafts)


def test_the_one_before_has_none_of_it_any_more(busy_world: World) -> None:  # noqa: F811
    at_work(busy_world)
    change_hands(busy_world)
    old = busy_world.who("liaison")
    assert owed(busy_world, old) == set()
    assert not cases_of(old, busy_world.list).exists()
    assert waiting_cases(old, busy_world.list) == ()
    assert not NoticeRecord.objects.filter(person=busy_world.person("liaison"), read_at=None).exists()


def test_the_successor_is_not_reminded_twice_of_the_same(busy_world: World) -> None:  # noqa: F811
    at_work(busy_world)
    change_hands(busy_world)
    before = NoticeRecord.objects.count()
    remind_people(MORNING, DAY)
    assert NoticeRecord.objects.count() == before


def test_who_keeps_another_post_of_the_unit_keeps_the_notices(busy_world: World) -> None:  # noqa: F811
    at_work(busy_world)
    PostRecord.objects.create(title="副联络员", role="liaison", organ=busy_world.organ("市经信局"), holder=busy_world.person("liaison"))
    post = PostRecord.objects.filter(holder=busy_world.person("liaison")).exclude(title="副联络员").get()
    hand_over(busy_world.who("administrator"), AT, post.pk, busy_world.person("assessor").pk, post.holder_id)
    assert JournalRecord.objects.latest("number").detail["notices"] == 0
    assert NoticeRecord.objects.filter(person=busy_world.person("liaison"), read_at=None).exists()
