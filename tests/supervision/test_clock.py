"""Time limits: counted as the law counts, paused, extended, promised, one after another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.lexicon.workday import Holiday, WorkCalendar, calendar_of
from luoshi.pack.presets import load_presets
from luoshi.supervision.clock import ClockEvent, ClockRefused, stand_of_clock, stand_of_course

CALENDAR = calendar_of({2019: [Holiday("国庆节", date(2019, 10, 1), date(2019, 10, 7), (date(2019, 9, 29), date(2019, 10, 12)))]})
CLOCKS = load_presets("base").clocks


def start(on: date, promised: int | None = None) -> ClockEvent:
    return ClockEvent("start", on, promised=promised)


@pytest.mark.parametrize(("clock", "started", "due"), [
    ("licence-ordinary", date(2019, 9, 2), date(2019, 9, 29)),        # 周日上班的9月29日也算一天
    ("licence-ordinary", date(2019, 9, 20), date(2019, 10, 23)),      # 跨国庆七天，10月12日补班
    ("licence-tell-once", date(2019, 9, 27), date(2019, 10, 10)),
    ("document-matter", date(2019, 9, 2), date(2019, 10, 2)),         # 自然日不管放假
    ("minutes-matter", date(2019, 9, 2), date(2019, 9, 22)),
    ("leader-note-urgent", date(2019, 9, 2), date(2019, 9, 7)),
    ("leader-note-hard", date(2019, 9, 2), date(2019, 10, 2)),
    ("meeting-decision", date(2019, 9, 2), date(2019, 10, 17)),
    ("appeal-contact", date(2019, 9, 2), date(2019, 9, 2)),           # 当日为限
    ("idle-land-investigation", date(2019, 9, 30), date(2019, 10, 30)),
])
def test_a_limit_ends_on_the_day_that_the_rule_gives(clock: str, started: date, due: date) -> None:
    stand = stand_of_clock(CLOCKS[clock], [start(started)], CALENDAR, started)
    assert stand.due_on == due


def test_days_of_a_pause_do_not_count() -> None:
    events = [start(date(2019, 9, 2)), ClockEvent("pause", date(2019, 9, 4), "听证"), ClockEvent("resume", date(2019, 9, 11))]
    assert stand_of_clock(CLOCKS["licence-ordinary"], events[:2], CALENDAR, date(2019, 9, 9)).state == "paused"
    assert stand_of_clock(CLOCKS["licence-ordinary"], events, CALENDAR, date(2019, 9, 12)).due_on == date(2019, 10, 11)  # five working days later


def test_a_reason_that_the_law_does_not_name_pauses_nothing() -> None:
    with pytest.raises(ClockRefused, match="不能因“领导出差”暂停计时；可以暂停的是：听证"):
        stand_of_clock(CLOCKS["licence-ordinary"], [start(date(2019, 9, 2)), ClockEvent("pause", date(2019, 9, 4), "领导出差")], CALENDAR,
                       date(2019, 9, 5))


def test_an_extension_after_expiry_is_refused() -> None:
    events = [start(date(2019, 9, 2)), ClockEvent("extend", date(2019, 10, 5), "情况复杂", until=date(2019, 10, 20))]
    with pytest.raises(ClockRefused, match="2019年10月2日已到期，延期要在到期以前提出"):
        stand_of_clock(CLOCKS["document-matter"], events, CALENDAR, date(2019, 10, 6))


def test_an_extension_longer_than_the_law_allows_is_refused() -> None:
    events = [start(date(2019, 9, 2)), ClockEvent("extend", date(2019, 9, 20), until=date(2019, 12, 1))]
    with pytest.raises(ClockRefused, match="最多到2019年10月17日"):
        stand_of_clock(CLOCKS["licence-ordinary"], events, CALENDAR, date(2019, 9, 21))


def test_an_extension_needs_an_exact_date_where_no_length_is_laid_down() -> None:
    with pytest.raises(ClockRefused, match="写明确的新期限"):
        stand_of_clock(CLOCKS["document-matter"], [start(date(2019, 9, 2)), ClockEvent("extend", date(2019, 9, 20))], CALENDAR, date(2019, 9, 21))


def test_only_one_extension_where_the_rule_says_once() -> None:
    twice = [ClockEvent("extend", date(2019, 9, day), until=date(2019, 10, 8 + day)) for day in (10, 11)]
    with pytest.raises(ClockRefused, match="只能延期一次"):
        stand_of_clock(CLOCKS["licence-ordinary"], [start(date(2019, 9, 2)), *twice], CALENDAR, date(2019, 9, 21))


def test_a_promise_is_shorter_than_the_law_and_both_days_are_shown() -> None:
    stand = stand_of_clock(CLOCKS["licence-ordinary"], [start(date(2019, 9, 2), promised=5)], CALENDAR, date(2019, 9, 3))
    assert (stand.due_on, stand.legal_on) == (date(2019, 9, 9), date(2019, 9, 29))
    with pytest.raises(ClockRefused, match="承诺时限只能更短"):
        stand_of_clock(CLOCKS["licence-ordinary"], [start(date(2019, 9, 2), promised=30)], CALENDAR, date(2019, 9, 3))


@pytest.mark.parametrize(("stopped", "state", "words"), [
    (date(2019, 9, 30), "kept", "按期"), (date(2019, 10, 4), "broken", "超期2天")])
def test_it_says_whether_the_limit_was_kept(stopped: date, state: str, words: str) -> None:
    stand = stand_of_clock(CLOCKS["document-matter"], [start(date(2019, 9, 2)), ClockEvent("stop", stopped)], CALENDAR, date(2019, 12, 1))
    assert stand.state == state
    assert words in stand.why


def test_a_notice_that_was_taken_down_early_is_broken() -> None:
    events = [start(date(2019, 3, 1)), ClockEvent("stop", date(2019, 3, 30))]
    stand = stand_of_clock(CLOCKS["plan-notice"], events, CALENDAR, date(2019, 4, 10))
    assert (stand.state, stand.due_on) == ("broken", date(2019, 3, 31))
    assert "早了1天" in stand.why


def test_overdue_is_said_in_the_days_of_the_rule() -> None:
    stand = stand_of_clock(CLOCKS["licence-tell-once"], [start(date(2019, 9, 2))], CALENDAR, date(2019, 9, 12))
    assert (stand.state, stand.days_left) == ("overdue", -3)
    assert "已超期3个工作日" in stand.why


def test_the_last_days_before_it_are_near() -> None:
    stand = stand_of_clock(CLOCKS["document-matter"], [start(date(2019, 9, 2))], CALENDAR, date(2019, 10, 1))
    assert stand.state == "near"


def test_a_year_without_published_holidays_says_so() -> None:
    stand = stand_of_clock(CLOCKS["licence-ordinary"], [start(date(2019, 12, 20))], CALENDAR, date(2019, 12, 21))
    assert stand.unpublished == (2020,)
    assert "2020年放假安排还没有公布" in stand.why


def test_nothing_runs_before_it_starts() -> None:
    stand = stand_of_clock(CLOCKS["licence-ordinary"], [], CALENDAR, date(2019, 9, 2))
    assert (stand.state, stand.due_on) == ("waiting", None)


def test_serial_clocks_start_when_the_one_before_stops_and_parallel_ones_together() -> None:
    serial = [CLOCKS["fdi-complaint-accept"], CLOCKS["fdi-complaint-finish"]]
    stands = stand_of_course(serial, {"fdi-complaint-accept": [start(date(2019, 9, 2)), ClockEvent("stop", date(2019, 9, 4))]}, CALENDAR,
                             date(2019, 9, 5))
    assert [stand.started_on for stand in stands] == [date(2019, 9, 2), date(2019, 9, 4)]
    parallel = [CLOCKS["document-matter"], CLOCKS["minutes-matter"]]
    both = stand_of_course(parallel, {clock.clock: [start(date(2019, 9, 2))] for clock in parallel}, CALENDAR, date(2019, 9, 5))
    assert {stand.started_on for stand in both} == {date(2019, 9, 2)}


@given(st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(0, 40), st.integers(0, 40))
def test_a_longer_pause_never_makes_it_due_earlier(begin: date, wait: int, length: int) -> None:
    plain = WorkCalendar()
    free = stand_of_clock(CLOCKS["licence-joint"], [start(begin)], plain, begin)
    paused = [start(begin), ClockEvent("pause", begin + timedelta(wait), "鉴定"), ClockEvent("resume", begin + timedelta(wait + length))]
    held = stand_of_clock(CLOCKS["licence-joint"], paused, plain, begin + timedelta(wait + length))
    assert held.due_on is not None and free.due_on is not None  # noqa: PT018 - both, for the comparison
    assert held.due_on >= free.due_on
