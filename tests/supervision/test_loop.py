"""The rest of the loop: courses, reminders, burden, samples, numbers."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.pack.presets import load_presets
from luoshi.supervision.burden import Request, adding, burden_of
from luoshi.supervision.course import COURSES, NEEDS, PARTY_WORDS
from luoshi.supervision.numbering import SchemeRefused, number_of
from luoshi.supervision.reminder import Owed, is_quiet, nudges_on
from luoshi.supervision.sample import Claim, draw_sample

REMINDERS = load_presets("base").reminders
DUE = date(2019, 10, 5)


@pytest.mark.parametrize("name", sorted(COURSES))
def test_every_state_of_a_course_is_reached_and_every_open_one_left(name: str) -> None:
    course = COURSES[name]
    first = next(iter(course.states))
    assert {step.to for step in course.steps} | {first} == set(course.states)
    assert {step.at for step in course.steps} >= set(course.states) - course.closed
    assert {step.act for step in course.steps} == set(course.acts)
    assert {need for step in course.steps for need in step.needs} <= set(NEEDS)
    assert {party for step in course.steps for party in step.by} <= set(PARTY_WORDS)
    assert len({(step.at, step.act) for step in course.steps}) == len(course.steps)


@given(st.lists(st.sampled_from(sorted(COURSES["slip"].acts)), max_size=12))
def test_no_way_leads_to_a_closed_slip_past_its_verification(acts: list[str]) -> None:
    state, seen = "draft", []
    for act in acts:
        step = COURSES["slip"].step(state, act)
        if step is not None:
            state = step.to
            seen.append(act)
    if state == "closed":
        assert seen[-2:] == ["verify", "close"]


@given(st.lists(st.sampled_from(sorted(COURSES["blocker"].acts)), max_size=12))
def test_a_blocker_is_solved_only_when_its_proposer_says_so(acts: list[str]) -> None:
    state, last = "raised", None
    for act in acts:
        step = COURSES["blocker"].step(state, act)
        if step is not None:
            state, last = step.to, step
    if state == "closed":
        assert last is not None
        assert last.by == ("proposer",)


@pytest.mark.parametrize(("days", "readers"), [
    (-5, ["author"]), (-3, []), (-1, ["author"]), (1, ["author"]), (3, ["author", "office"]), (7, ["author"]), (8, []), (30, [])])
def test_the_owner_hears_first_the_office_after_grace_and_then_it_is_quiet(days: int, readers: list[str]) -> None:
    owed = Owed("report:1:2019-09", "9月填报", "市甲局（示例）", DUE)
    assert [nudge.to for nudge in nudges_on(REMINDERS["luoshi-monthly"], [owed], DUE + timedelta(days))] == readers


def test_what_waits_for_approval_goes_to_the_approver() -> None:
    owed = Owed("report:1:2019-09", "9月填报", "市甲局（示例）", DUE, "approval", DUE - timedelta(10))
    assert [nudge.to for nudge in nudges_on(REMINDERS["orb-monthly"], [owed], DUE - timedelta(3))] == ["approver"]
    assert [nudge.to for nudge in nudges_on(REMINDERS["orb-monthly"], [owed], DUE - timedelta(10))] == []


@pytest.mark.parametrize(("waiting", "days", "to"), [("draft", 2, "author"), ("approval", 3, "approver"), ("returned", 1, "author")])
def test_what_lies_idle_is_mentioned_once(waiting: str, days: int, to: str) -> None:
    since = DUE - timedelta(20)
    owed = Owed("report:1:2019-09", "9月填报", "市甲局（示例）", DUE, waiting, since)  # type: ignore[arg-type]
    said = [(ahead, nudge.to) for ahead in range(1, 15) for nudge in nudges_on(REMINDERS["anet"], [owed], since + timedelta(ahead))]
    assert said == [(days, to)]


def test_a_nudge_has_one_key_for_thing_reader_and_day() -> None:
    owed = Owed("report:1:2019-09", "9月填报", "市甲局（示例）", DUE)
    twice = [nudges_on(REMINDERS["luoshi-monthly"], [owed], DUE + timedelta(1)) for _ in range(2)]
    assert twice[0] == twice[1]


@pytest.mark.parametrize(("at", "quiet"), [(time(23), True), (time(7, 59), True), (time(8), False), (time(12), False)])
def test_quiet_hours_go_over_midnight(at: time, quiet: bool) -> None:
    assert is_quiet(at, time(21), time(8)) is quiet


def test_one_entry_that_serves_two_lists_is_counted_once_and_the_other_as_spared() -> None:
    asked = [Request("市甲局（示例）", "公交线路月报", 5, 12, ("1.1",), lists=("十大任务",)),
             Request("市甲局（示例）", "公交线路月报", 5, 12, ("3.2",), lists=("民生实事",))]
    (line,) = burden_of(asked, ceiling=10)
    assert (line.requests, line.fields, line.spared, line.is_over) == (1, 5, 5, False)


def test_a_new_request_shows_what_it_adds_before_it_is_sent() -> None:
    asked = [Request("市甲局（示例）", "公交线路月报", 8, 12, ("1.1",))]
    added = adding(asked, Request("市甲局（示例）", "车辆季报", 12, 4, ()), ceiling=10)
    assert (added.before, added.after, added.is_over, added.serves_nothing) == (8, 12, True, True)


CLAIMS = [Claim(f"row:{n}", f"第{n}项（示例）", "市甲局（示例）", Decimal(1), ("last_days",) if n % 5 == 0 else ()) for n in range(50)]


def test_a_sample_can_be_drawn_again_by_anybody() -> None:
    assert draw_sample(CLAIMS, 5, 3, "2019-09") == draw_sample(list(reversed(CLAIMS)), 5, 3, "2019-09")
    assert draw_sample(CLAIMS, 5, 3, "2019-09") != draw_sample(CLAIMS, 5, 3, "2019-10")


def test_a_claim_that_leaves_changes_nothing_for_the_others() -> None:
    drawn = [each.claim.key for each in draw_sample(CLAIMS, 5, 3, "2019-09")]
    left_out = next(claim for claim in CLAIMS if claim.key not in drawn)
    assert [each.claim.key for each in draw_sample([claim for claim in CLAIMS if claim != left_out], 5, 3, "2019-09")] == drawn


def test_risky_claims_are_drawn_more_often_by_their_weight() -> None:
    two = [Claim("light", "轻", "甲", risks=("never_checked",)), Claim("heavy", "重", "甲", risks=("evidence_reused", "jump"))]
    heavy = sum(draw_sample(two, 0, 1, str(seed))[0].claim.key == "heavy" for seed in range(2000))
    assert 0.75 < heavy / 2000 < 0.85  # 8 of 8 + 2


@pytest.mark.parametrize(("scheme", "number"), [("督〔｛年｝〕｛号｝号", "督〔2019〕12号"), ("示督办字｛年｝第｛号:3｝号", "示督办字2019第012号")])
def test_slips_are_numbered_as_the_office_writes(scheme: str, number: str) -> None:
    assert number_of(scheme, 2019, 12) == number


def test_a_scheme_without_a_serial_is_refused() -> None:
    with pytest.raises(SchemeRefused, match="要有“｛年｝”和“｛号｝”"):
        number_of("督〔｛年｝〕号", 2019, 1)
