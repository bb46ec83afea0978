"""When reports are due: the list's cycle, a promise's own, other days with a reason; what comes late is marked, what comes early is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from luoshi.actions.accept_report import accept_report
from luoshi.actions.file_report import ReportPlace, file_report
from luoshi.actions.report_guards import ReportRefused
from luoshi.actions.return_report import return_report
from luoshi.actions.set_cycle import CycleRefused, drop_exception, except_period, set_cycle, set_start
from luoshi.store.models import CycleRecord, JournalRecord, ListRecord, ReportRecord, SampleItemRecord, SampleRecord
from luoshi.store.queries.marks import marks_of
from luoshi.store.queries.story import tell_list
from luoshi.store.queries.windows import windows_of_list
from luoshi.store.who import NotAllowed
from tests.actions.reporting import TEXT, accepted, filed, item_of, place_of, signed
from tests.web.world import AT, DAY, World, world  # noqa: F401


def promise(world: World, words: str = "重大项目") -> str:  # noqa: F811
    return item_of(world, words).promise.id


def quarterly(world: World, words: str = "重大项目") -> None:  # noqa: F811
    set_cycle(world.who("supervision"), AT, world.list.pk, promise(world, words), "quarterly")


def test_a_promise_with_its_own_cycle_is_filed_by_its_own_periods(world: World) -> None:  # noqa: F811
    quarterly(world)
    with pytest.raises(ReportRefused, match="2019-09不是这一项的填报期间"):
        filed(world)
    report = filed(world, period="2019-Q3", observed_on=date(2019, 9, 30))
    assert (report.state, report.due_on, report.was_late) == ("submitted", date(2019, 10, 10), False)


def test_before_its_window_opens_nothing_is_filed(world: World) -> None:  # noqa: F811
    place = place_of(world, "重大项目")
    with pytest.raises(ReportRefused, match="2019年9月25日起可以填报，2019年10月5日截止"):
        file_report(world.who("liaison"), AT, date(2019, 9, 24), world.list.pk, place, TEXT, 0, True)
    assert not ReportRecord.objects.exists()


def test_what_comes_after_the_day_is_marked_late_for_ever(world: World) -> None:  # noqa: F811
    office = world.who("supervision")
    set_start(office, AT, world.list.pk, date(2019, 9, 1))
    report = filed(world, period="2019-08")
    assert (report.filed_on, report.due_on, report.was_late) == (DAY, date(2019, 9, 5), True)
    except_period(office, AT, world.list.pk, "", "2019-08", date(2019, 10, 1), "示例：系统停机")
    report.refresh_from_db()
    assert report.was_late
    assert JournalRecord.objects.get(about=f"report:{report.pk}", action="report.submit").detail["overdue"] is True


def test_grace_counts_as_on_time_and_what_was_due_before_the_start_is_not_late(world: World) -> None:  # noqa: F811
    assert not filed(world, period="2019-08").was_late       # the list began on 30 September
    windows = windows_of_list(world.list)
    assert [w.period for w in windows.opened(promise(world), DAY) if windows.is_asked(w)] == ["2019-09"]


def test_a_report_sent_again_after_the_day_is_as_late_as_it_was_first(world: World) -> None:  # noqa: F811
    report = signed(world)
    returned = return_report(world.who("supervision"), AT, report.pk, report.revision, "示例：口径")
    again = file_report(world.who("liaison"), AT, date(2019, 10, 20), world.list.pk, place_of(world, "重大项目"), TEXT, returned.revision, True)
    assert (again.was_late, again.filed_on, again.returns) == (False, DAY, 1)


def test_only_what_the_office_returns_is_counted(world: World) -> None:  # noqa: F811
    report = filed(world)
    assert return_report(world.who("head"), AT, report.pk, report.revision, "示例：改一个字").returns == 0


def test_an_exception_moves_one_period_and_is_taken_back(world: World) -> None:  # noqa: F811
    office = world.who("supervision")
    except_period(office, AT, world.list.pk, "", "2019-09", date(2019, 10, 8), "示例：国庆假期顺延")
    window = windows_of_list(world.list).window(promise(world), "2019-09")
    assert window is not None
    assert (window.due_on, window.reason) == (date(2019, 10, 8), "示例：国庆假期顺延")
    drop_exception(office, AT, world.list.pk, CycleRecord.objects.get().pk)
    window = windows_of_list(world.list).window(promise(world), "2019-09")
    assert window is not None
    assert window.due_on == date(2019, 10, 5)


@pytest.mark.parametrize(("period", "due", "why", "field"), [
    ("2019-13", date(2019, 10, 8), "示例", "period"), ("2019-Q3", date(2019, 10, 8), "示例", "period"),
    ("2019-09", date(2019, 8, 1), "示例", "due_on"), ("2019-09", date(2019, 10, 8), "  ", "reason")])
def test_an_exception_that_cannot_be_says_why(world: World, period: str, due: date, why: str, field: str) -> None:  # noqa: F811
    with pytest.raises(CycleRefused) as refused:
        except_period(world.who("supervision"), AT, world.list.pk, "", period, due, why)
    assert set(refused.value.problems) == {field}
    assert not CycleRecord.objects.exists()


def test_only_the_office_sets_cycles_and_only_those_that_there_are(world: World) -> None:  # noqa: F811
    with pytest.raises(NotAllowed):
        set_cycle(world.who("liaison"), AT, world.list.pk, promise(world), "quarterly")
    with pytest.raises(CycleRefused, match="没有这种报送周期"):
        set_cycle(world.who("supervision"), AT, world.list.pk, promise(world), "weekly")
    quarterly(world)
    set_cycle(world.who("supervision"), AT, world.list.pk, promise(world), "")
    assert not CycleRecord.objects.exists()


def test_a_monthly_board_shows_the_latest_accepted_quarterly_value_with_its_day(world: World) -> None:  # noqa: F811
    quarterly(world)
    accepted(world, period="2019-Q2", value=Decimal(35), observed_on=date(2019, 6, 30))
    accepted(world, period="2019-Q3", value=Decimal(43), observed_on=date(2019, 9, 30))
    world.list.refresh_from_db()
    shown = {}
    for day in (date(2019, 7, 31), date(2019, 8, 15), DAY):
        told = tell_list(world.list, day)
        assert told is not None
        item = next(i for i in told.items if "重大项目" in i.title)
        assert item.standing is not None
        shown[day] = (item.value, item.standing.observed_on)
    assert shown[date(2019, 7, 31)] == (Decimal(35), date(2019, 6, 30))
    assert shown[DAY] == (Decimal(43), DAY)


def test_a_place_that_no_unit_leads_is_refused(world: World) -> None:  # noqa: F811
    place = ReportPlace(promise(world), world.organ("市科技局").pk, "2019-09")
    with pytest.raises(NotAllowed):
        file_report(world.who("liaison_c"), AT, DAY, world.list.pk, place, TEXT, 0, True)


def test_marks_say_who_was_late_returned_or_found_false(world: World, django_assert_num_queries: Any) -> None:  # noqa: F811
    office = world.who("supervision")
    set_start(office, AT, world.list.pk, date(2019, 9, 1))
    report = signed(world, period="2019-08")
    return_report(office, AT, report.pk, report.revision, "示例：口径")
    sample = SampleRecord.objects.create(list=world.list, title="示例", seed="1", as_of=DAY, random=1, by_risk=0, by=world.person("supervision"),
                                         at=AT)
    SampleItemRecord.objects.create(sample=sample, key="1", place=1, title="示例", organ=world.organ("市科技局"), how="random", why="",
                                    result="false", checked_on=DAY)
    with django_assert_num_queries(2):
        marks = marks_of(world.list, date(2019, 9, 1), DAY)
    assert [(mark.kind, mark.organ, mark.times) for mark in marks] == [("false", "市科技局", 1), ("late", "市经信局", 25),
                                                                       ("returned", "市经信局", 1)]
    assert marks_of(world.list, date(2019, 1, 1), date(2019, 8, 31)) == ()


def test_in_a_monthly_list_a_quarterly_line_shows_its_latest_accepted_report_with_its_date(world: World) -> None:  # noqa: F811
    def shown(on: date) -> tuple[Decimal | None, date | None]:
        told = tell_list(ListRecord.objects.select_related("plan").get(pk=world.list.pk), on)
        assert told is not None
        item = next(item for item in told.items if item.promise.id == promise(world))
        return item.value, item.standing.observed_on if item.standing else None

    quarterly(world)
    accepted(world, period="2019-Q2", observed_on=date(2019, 6, 30), value=Decimal(21))
    waiting = signed(world, period="2019-Q3", observed_on=date(2019, 9, 30), value=Decimal(43))
    assert shown(date(2019, 8, 31)) == (Decimal(21), date(2019, 6, 30))
    assert shown(DAY) == (Decimal(21), date(2019, 6, 30))     # what is not accepted yet moves nothing
    accept_report(world.who("supervision"), AT, DAY, waiting.pk, waiting.revision)
    assert shown(date(2019, 7, 31)) == (Decimal(21), date(2019, 6, 30))
    assert shown(date(2019, 11, 30)) == (Decimal(43), date(2019, 9, 30))
    page = world.client("leader").get(f"/lists/{world.list.pk}/targets/{promise(world)}/?on=2019-11-30").content.decode()
    assert "<b>43</b>" in page
    assert "数据到2019年9月30日" in page
