"""Settling a month: what is open is named, the office's own desk holds it up, marks are frozen, nothing moves until it is opened again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from luoshi.actions.accept_report import accept_report
from luoshi.actions.close_month import close_month, reopen_month
from luoshi.actions.report_guards import ReportRefused
from luoshi.actions.set_cycle import CycleRefused, except_period, set_start
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.store.models import ClosingRecord, JournalRecord, ListRecord, ReportRecord
from luoshi.store.queries.months import MonthSheet, hash_of_month, lines_for, month_sheet, next_month
from luoshi.store.queries.reports import filing_of, owed_by
from luoshi.store.queries.story import tell_list
from luoshi.store.queries.windows import windows_of_list
from luoshi.store.who import NotAllowed
from tests.actions.reporting import accepted, filed, signed
from tests.web.world import AT, World, world  # noqa: F401

AFTER = date(2019, 10, 9)
"""Every return of September is due by the 5th."""


@pytest.fixture
def september(world: World) -> World:  # noqa: F811
    """Reports are asked for from September on."""
    set_start(world.who("supervision"), AT, world.list.pk, date(2019, 10, 1))
    return world


def fresh(world: World) -> ListRecord:  # noqa: F811
    return ListRecord.objects.select_related("plan").get(pk=world.list.pk)


def sheet(world: World, on: date = AFTER) -> MonthSheet:  # noqa: F811
    held = fresh(world)
    told = tell_list(held, on)
    assert told is not None
    return month_sheet(held, told, next_month(held, told, windows_of_list(held)), on)


def close(world: World, on: date = AFTER, sure: bool = True) -> ClosingRecord:  # noqa: F811
    seen = sheet(world, on)
    return close_month(world.who("supervision"), AT, on, world.list.pk, seen.month, seen.seal, sure)


def test_a_settled_month_freezes_its_marks_and_the_journal_knows_their_hash(september: World) -> None:
    accepted(september)
    made = close(september)
    assert (made.month, fresh(september).settled_to) == ("2019-09", "2019-09")
    line = next(line for line in lines_for(september.who("supervision"), made.content) if line.unit == "市经信局")
    assert (line.in_time, line.accepted, line.missing) == (1, 1, line.owed - 1)
    entry = JournalRecord.objects.get(action="month.close")
    assert entry.detail["sha256"] == made.sha256 == hash_of_month(made.content)
    assert entry.detail["missing"] == sum(each["missing"] for each in made.content["lines"])
    ReportRecord.objects.update(was_late=True)
    assert ClosingRecord.objects.get().content == made.content


def test_nothing_of_a_settled_month_moves_any_more(september: World) -> None:
    report = accepted(september)
    close(september)
    for act in (lambda: filed(september, words="新三板"), lambda: filed(september, words="新三板", submit=False)):
        with pytest.raises(ReportRefused, match="9月已经月结"):
            act()
    with pytest.raises(CycleRefused, match="已经月结"):
        except_period(september.who("supervision"), AT, september.list.pk, "", "2019-09", date(2019, 10, 20), "示例")
    who, told = september.who("liaison"), tell_list(fresh(september), AFTER)
    assert told is not None
    assert {o.period for o in owed_by(filing_of(who, fresh(september), told), AFTER)} <= {"2019-10"}
    assert ReportRecord.objects.get(pk=report.pk).revision == report.revision


def test_what_lies_on_the_offices_desk_and_what_still_has_time_holds_it_up(september: World) -> None:
    report = signed(september)
    with pytest.raises(StepRefused, match="还没有过完"):
        close(september, date(2019, 9, 30))
    with pytest.raises(StepRefused, match="没到期"):
        close(september, date(2019, 10, 3))
    with pytest.raises(StepRefused, match="还有1份等督查室接收"):
        close(september)
    accept_report(september.who("supervision"), AT, AFTER, report.pk, report.revision)
    with pytest.raises(StepRefused, match=r"没有报.*通报没有印发"):
        close(september, sure=False)
    assert not ClosingRecord.objects.exists()
    assert close(september).month == "2019-09"


def test_who_settles_what_changed_since_they_looked_is_told(september: World) -> None:
    seen = sheet(september)
    filed(september, submit=False)
    with pytest.raises(Stale, match="变过"):
        close_month(september.who("supervision"), AT, AFTER, september.list.pk, seen.month, seen.seal, True)
    close(september)
    with pytest.raises(Stale, match="刚才有人结过"):
        close_month(september.who("supervision"), AT, AFTER, september.list.pk, seen.month, seen.seal, True)


def test_a_month_is_opened_again_with_a_reason_and_what_was_frozen_stays(september: World) -> None:
    office, first = september.who("supervision"), close(september)
    with pytest.raises(StepRefused, match="没有写重开的原因"):
        reopen_month(office, AT, september.list.pk, first.pk, " ")
    reopen_month(office, AT, september.list.pk, first.pk, "市经信局补报一份（示例）。")
    assert fresh(september).settled_to == ""
    with pytest.raises(Stale, match="已经有人重开过"):
        reopen_month(office, AT, september.list.pk, first.pk, "再开")
    accepted(september)
    second = close(september)
    held = list(ClosingRecord.objects.order_by("id"))
    assert [each.opened_at is not None for each in held] == [True, False]
    assert held[0].content == first.content != second.content


def test_months_are_settled_in_their_order_and_opened_the_newest_first(september: World) -> None:
    first, november = close(september), date(2019, 11, 8)
    second = close(september, november)
    assert (second.month, fresh(september).settled_to) == ("2019-10", "2019-10")
    office = september.who("supervision")
    with pytest.raises(StepRefused, match="从最后一个月起"):
        reopen_month(office, AT, september.list.pk, first.pk, "示例")
    reopen_month(office, AT, september.list.pk, second.pk, "示例")
    assert fresh(september).settled_to == "2019-09"


def test_only_the_office_settles_and_a_unit_sees_its_own_line(september: World) -> None:
    seen = sheet(september)
    for role in ("liaison", "leader", "auditor", "administrator"):
        with pytest.raises(NotAllowed):
            close_month(september.who(role), AT, AFTER, september.list.pk, seen.month, seen.seal, True)
    made = close(september)
    assert [line.unit for line in lines_for(september.who("liaison"), made.content)] == ["市经信局"]
    assert len(lines_for(september.who("auditor"), made.content)) > 5


def test_the_sheet_costs_the_same_number_of_queries_for_any_number_of_reports(
        september: World, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    accepted(september)
    held = fresh(september)
    told = tell_list(held, AFTER)
    assert told is not None
    with django_assert_max_num_queries(22):
        month_sheet(held, told, "2019-09", AFTER + timedelta(1))
