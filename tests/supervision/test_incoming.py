"""What comes in from outside, in time: side by side or one after another, over holidays, standing still while somebody is awaited."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.lexicon.workday import WorkCalendar
from luoshi.pack.find import find_pack
from luoshi.pack.presets import Presets, load_presets
from luoshi.pack.reference import load_reference
from luoshi.supervision.incoming import IncomingStep, PartStand, next_due, pauses_of, stands_of

CAME = date(2019, 9, 2)


@pytest.fixture(scope="module")
def presets() -> Presets:
    return load_presets("base")


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return load_reference(find_pack("base")).calendar


def stood(presets: Presets, calendar: WorkCalendar, kind: str, today: date, *steps: IncomingStep) -> tuple[PartStand, ...]:
    return stands_of(presets.incomings[kind], presets.clocks, (IncomingStep("open", CAME), *steps), calendar, today)


def test_side_by_side_both_clocks_start_when_it_comes_in(presets: Presets, calendar: WorkCalendar) -> None:
    first, second = stood(presets, calendar, "permits-parallel", CAME)
    assert (first.stand.started_on, second.stand.started_on) == (CAME, CAME)


def test_one_after_another_the_second_starts_the_day_the_first_is_finished(presets: Presets, calendar: WorkCalendar) -> None:
    first, second = stood(presets, calendar, "permits-serial", CAME)
    assert (first.stand.started_on, second.stand.started_on, second.used) == (CAME, None, None)
    done = IncomingStep("finish_part", date(2019, 9, 20), "planning-permit")
    assert stood(presets, calendar, "permits-serial", date(2019, 9, 20), done)[1].stand.started_on == date(2019, 9, 20)


def test_a_hearing_keeps_the_limit_the_last_day_moves_by_the_days_that_stood_still(presets: Presets, calendar: WorkCalendar) -> None:
    pause, resume = IncomingStep("pause", date(2019, 9, 9), reason="听证"), IncomingStep("resume", date(2019, 9, 12))
    before = stood(presets, calendar, "permits-parallel", date(2019, 9, 6))[0]
    still = stood(presets, calendar, "permits-parallel", date(2019, 9, 11), pause)[0]
    after = stood(presets, calendar, "permits-parallel", date(2019, 9, 12), pause, resume)[0]
    assert (before.used, still.used, still.stand.state) == (4, 4, "paused")
    assert (before.stand.due_on, after.stand.due_on, after.used) == (date(2019, 9, 30), date(2019, 10, 10), 5)


def test_a_complaint_counts_working_days_and_stops_while_the_complainant_is_awaited(presets: Presets, calendar: WorkCalendar) -> None:
    accepted = IncomingStep("accept", date(2019, 9, 27))
    over_the_week = stood(presets, calendar, "fdi-complaint", date(2019, 10, 9), accepted)[1]
    assert over_the_week.used == 4      # 29 and 30 September, 8 and 9 October: the 29th was a working Sunday, 1 to 7 October a holiday
    waits = IncomingStep("pause", date(2019, 9, 30), reason="等待投诉人补充材料")
    still = stood(presets, calendar, "fdi-complaint", date(2019, 11, 1), accepted, waits)[1]
    assert (still.used, still.stand.state) == (1, "paused")


def test_what_may_pause_and_the_day_that_counts_are_those_of_running_clocks(presets: Presets, calendar: WorkCalendar) -> None:
    parts = stood(presets, calendar, "fdi-complaint", CAME)
    assert pauses_of(parts) == ()
    assert next_due(parts) == date(2019, 9, 11)
    answered = stood(presets, calendar, "fdi-complaint", date(2019, 9, 20), IncomingStep("accept", CAME), IncomingStep("answer", date(2019, 9, 20)))
    assert [part.stand.state for part in answered] == ["kept", "kept"]
    assert not any(part.is_running for part in answered)
