"""Two people act at the same moment, on threads of their own: one is first, the other is told, nothing of either is half done. Both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from luoshi.actions.accept_report import accept_report
from luoshi.actions.choose_office import choose_office
from luoshi.actions.close_month import close_month
from luoshi.actions.file_report import file_report
from luoshi.actions.hold_meeting import Decided, Held, hold_meeting
from luoshi.actions.journal import verify_journal
from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.plan_meeting import MeetingText, plan_meeting
from luoshi.actions.report_guards import ReportRefused
from luoshi.actions.seed_slips import OFFICE
from luoshi.actions.set_cycle import set_cycle, set_start
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.take_step import Given, take_step
from luoshi.actions.write_row import write_row
from luoshi.store.models import CaseRecord, ClosingRecord, CycleRecord, FactRecord, JournalRecord, ListRecord, OfficeChoiceRecord, ReportRecord
from luoshi.store.queries.months import month_sheet
from luoshi.store.queries.story import tell_list
from tests.actions.reporting import TEXT, filed, item_of, place_of, signed
from tests.web.world import AT, DAY, World, world  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)
AFTER = date(2019, 10, 9)


def at_once(*acts: Callable[[], Any]) -> Counter[str]:
    """How it ended for each of them."""
    gate = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> str:
        gate.wait()
        try:
            act()
        except (Stale, StepRefused, ReportRefused) as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(f.result() for f in [pool.submit(one, act) for act in acts])


def opened(world: World, **more: Any) -> CaseRecord:  # noqa: F811
    text = CaseText("slip", "补报开工情况（示例）", organ_id=world.organ("市经信局").pk, due_on=DAY)
    return open_case(world.who("supervision"), AT, DAY, world.list.pk, replace(text, **more))


def test_matters_settings_and_rows_each_take_one_of_two(transactional_db: None, world: World) -> None:  # noqa: F811
    """One world for all of them: what it costs is the world."""
    office, unit, head = world.who("supervision"), world.who("liaison"), world.who("head")
    _slip(world, office, unit, head)
    _settings(world, office)
    _row(world, office)
    _meeting(world, office)
    assert verify_journal()[1] is None


def _slip(world: World, office: Any, unit: Any, head: Any) -> None:  # noqa: F811
    """Two sign for it; one answers while the office withdraws; two slips that go out at once have two numbers."""
    first, second = opened(world), opened(world)
    issued = at_once(*(lambda case=case: take_step(office, AT, DAY, case.pk, "issue", Given(DAY), 1) for case in (first, second)))  # type: ignore[misc]
    assert issued == {"done": 2}
    assert set(CaseRecord.objects.values_list("serial", flat=True)) == {1, 2}
    assert at_once(*(lambda who=who: take_step(who, AT, DAY, first.pk, "receive", Given(DAY), 2) for who in (unit, head))) == {"done": 1, "Stale": 1}  # type: ignore[misc]
    ended = at_once(lambda: take_step(unit, AT, DAY, first.pk, "reply", Given(DAY, "办了（示例）"), 3),
                    lambda: take_step(office, AT, DAY, first.pk, "withdraw", Given(DAY, "发错了（示例）"), 3))
    assert ended == {"done": 1, "Stale": 1}
    first.refresh_from_db()
    assert (first.state, first.revision) in {("replied", 4), ("withdrawn", 4)}
    assert first.steps.count() == 4


def _settings(world: World, office: Any) -> None:  # noqa: F811
    """Two choose from the same page; two change the same cycle, two the same day."""
    ended = at_once(*(lambda n=n: choose_office(office, AT, world.list.pk, replace(OFFICE, grace=n), 0) for n in (2, 5)))  # type: ignore[misc]
    assert ended == {"done": 1, "Stale": 1}
    held = OfficeChoiceRecord.objects.get()
    assert (held.revision, held.grace in (2, 5)) == (1, True)
    promise = item_of(world, "重大项目").promise.id
    ended = at_once(*(lambda name=name: set_cycle(office, AT, world.list.pk, promise, name, "") for name in ("quarterly", "monthly-10")))  # type: ignore[misc]
    assert ended == {"done": 1, "Stale": 1}
    assert CycleRecord.objects.count() == 1
    days = (date(2019, 8, 1), date(2019, 7, 1))
    assert at_once(*(lambda day=day: set_start(office, AT, world.list.pk, day, 1) for day in days)) == {"done": 1, "Stale": 1}  # type: ignore[misc]
    assert OfficeChoiceRecord.objects.get().grace == held.grace


def _row(world: World, office: Any) -> None:  # noqa: F811
    """Two correct the same version of a row."""
    row = FactRecord.objects.filter(list=world.list, source="hightech_enterprise").exclude(key="").order_by("id").first()
    assert row is not None
    cells = {title: text for title, text in row.row.items() if title not in ("核验", "登记日期")}
    ended = at_once(*(lambda batch=batch: write_row(office, AT, DAY, world.list.pk, row.source, {**cells, "批次": batch}, key=row.key,  # type: ignore[misc]
                                                    version=row.pk, reason="核对证书（示例）") for batch in ("2016年第2批", "2016年第3批")))
    assert ended == {"done": 1, "Stale": 1}
    assert FactRecord.objects.filter(list=world.list, source=row.source, key=row.key).count() == 2


def _meeting(world: World, office: Any) -> None:  # noqa: F811
    """Two write down the same meeting: its decisions go out once."""
    meeting = plan_meeting(office, AT, DAY, world.list.pk, MeetingText("推进会（示例）", DAY))
    before = CaseRecord.objects.count()
    held = Held(DAY, "示例", (Decided("由市经信局报名单（示例）。", world.organ("市经信局").pk, DAY + timedelta(9)),))
    assert at_once(*[lambda: hold_meeting(office, AT, DAY, meeting.pk, held, meeting.revision)] * 2) == {"done": 1, "Stale": 1}
    assert CaseRecord.objects.count() == before + 1


def test_one_settles_the_month_while_others_report_accept_and_settle_it_too(transactional_db: None, world: World) -> None:  # noqa: F811
    """What is frozen is what the reports say afterwards, whoever was first."""
    office, unit, other = world.who("supervision"), world.who("liaison"), world.who("liaison")
    set_start(office, AT, world.list.pk, date(2019, 10, 1))
    report, draft = signed(world), filed(world, words="百亿", submit=False)
    place = place_of(world, "百亿")
    accept_report(office, AT, DAY, report.pk, report.revision)
    held = ListRecord.objects.select_related("plan").get(pk=world.list.pk)
    told = tell_list(held, AFTER)
    assert told is not None
    seal = month_sheet(held, told, "2019-09", AFTER).seal
    ended = at_once(*[lambda: close_month(office, AT, AFTER, held.pk, "2019-09", seal, True)] * 2,
                    lambda: file_report(unit, AT, AFTER, held.pk, place, TEXT, draft.revision, submit=True),
                    lambda: file_report(other, AT, AFTER, held.pk, place, TEXT, draft.revision, submit=False))
    closed, sent = ClosingRecord.objects.filter(opened_at=None).count(), ReportRecord.objects.get(pk=draft.pk)
    assert closed == (sent.state == "draft"), "who sends first keeps the month open for another look; who settles first keeps the report out"
    assert sent.revision - draft.revision + closed == ended["done"]
    if closed:
        states = {(r["promise_id"], r["organ_id"]): r["state"] for r in ClosingRecord.objects.get().content["returns"]}
        assert states[sent.promise_id, sent.organ_id] == "draft"
    assert JournalRecord.objects.filter(action="month.close").count() == closed
    assert verify_journal()[1] is None
