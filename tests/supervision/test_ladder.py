"""Ladders: every preset with a worked case, and what holds for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.pack.presets import load_presets
from luoshi.pack.supervision_spec import RungSpec
from luoshi.supervision.ladder import Matter, RungTaken, propose_rung

LADDERS = load_presets("base").ladders
TODAY = date(2019, 9, 30)
MATTER = Matter("市甲局（示例）", "新开三条公交线（示例）", due_on=date(2019, 8, 31))
OPEN = RungTaken("", date(2019, 9, 1), answer_by=date(2019, 9, 8))


def taken(*rungs: str) -> tuple[RungTaken, ...]:
    return tuple(replace(OPEN, rung=rung) for rung in rungs)


@pytest.mark.parametrize(("ladder", "matter", "rung"), [
    ("sanming-3slips-2017", replace(MATTER, lights=("late",)), "blue"),
    ("sanming-3slips-2017", replace(MATTER, taken=taken("blue")), "orange"),
    ("sanming-3slips-2017", replace(MATTER, taken=taken("blue", "orange")), "red"),
    ("yingtan-3slips", replace(MATTER, missed=1), "white"),
    ("yingtan-3slips", replace(MATTER, missed=2, taken=taken("white")), "yellow"),
    ("yingtan-3slips", replace(MATTER, missed=3, taken=taken("white", "yellow")), "red"),
    ("dengzhou-3slips-2018", replace(MATTER, raised_on=date(2019, 9, 2)), "assign"),
    ("dengzhou-3slips-2018", replace(MATTER, taken=taken("assign")), "chase"),
    ("suqian-3slips-2025", replace(MATTER, due_on=date(2019, 10, 5)), "blue"),
    ("suqian-3slips-2025", replace(MATTER, due_on=date(2019, 12, 31), lights=("late",), taken=taken("blue")), "yellow"),
    ("suqian-3slips-2025", replace(MATTER, taken=taken("blue", "yellow")), "red"),
    ("sanya-interview", replace(MATTER, lights=("normal", "late")), "yellow"),
    ("sanya-interview", replace(MATTER, lights=("late", "late"), taken=taken("yellow")), "two-yellows"),
    ("sanya-interview", replace(MATTER, lights=("late", "late", "seriously_late"), taken=taken("yellow", "two-yellows")), "red"),
    ("haikou-leaders", replace(MATTER, lights=("seriously_late",), taken=taken("yellow")), "red"),
    ("guangyuan-2018", replace(MATTER, lights=("late", "late")), "letter"),
    ("longchang-2020", replace(MATTER, lights=("seriously_late",) * 3), "three-reds"),
    ("yongkang-4steps", replace(MATTER, raised_on=date(2019, 9, 27)), "task-force"),
    ("yongkang-4steps", replace(MATTER, taken=taken("task-force")), "consultation"),
    ("yongkang-4steps", replace(MATTER, taken=taken("task-force", "consultation")), "leader"),
    ("quanzhou-six-ones", replace(MATTER, taken=taken("report")), "meeting"),
    ("orb-risk", replace(MATTER, taken=taken("directorate")), "group"),
    ("rrf-suspend", MATTER, "suspend"),
    ("rrf-suspend", replace(MATTER, taken=taken("suspend")), "reduce"),
])
def test_a_matter_climbs_as_the_published_rule_says(ladder: str, matter: Matter, rung: str) -> None:
    proposal = propose_rung(LADDERS[ladder], matter, TODAY)
    assert proposal is not None
    assert proposal.rung.rung == rung
    assert "｛" not in proposal.text
    assert proposal.why


@pytest.mark.parametrize("matter", [
    replace(MATTER, lights=("late", "normal")), replace(MATTER, lights=("late",), done_on=date(2019, 9, 20)),
    replace(MATTER, lights=("late",), excused=True), replace(MATTER, taken=(replace(OPEN, rung="blue", answered_on=date(2019, 9, 5)),)),
    replace(MATTER, taken=(replace(OPEN, rung="blue", excused=True),))])
def test_what_has_caught_up_is_done_excused_or_answered_does_not_climb(matter: Matter) -> None:
    assert propose_rung(LADDERS["sanming-3slips-2017"], matter, TODAY) is None


@pytest.mark.parametrize(("weight", "rung"), [("ordinary", "blue"), ("important", "orange"), ("special", "red")])
def test_a_heavier_matter_starts_higher_by_the_signal_of_the_first_step(weight: str, rung: str) -> None:
    proposal = propose_rung(LADDERS["sanming-3slips-2017"], replace(MATTER, weight=weight, lights=("late",)), TODAY)  # type: ignore[arg-type]
    assert proposal is not None
    assert proposal.rung.rung == rung
    assert propose_rung(LADDERS["sanming-3slips-2017"], replace(MATTER, weight=weight), TODAY) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(("matter", "rung"), [
    (replace(MATTER, due_on=date(2019, 12, 31), lights=("late",)), "yellow"), (replace(MATTER, lights=("late",)), "red"),
    (replace(MATTER, taken=taken("blue")), "red"), (replace(MATTER, due_on=date(2019, 10, 2)), "blue")])
def test_where_each_colour_has_a_signal_of_its_own_a_matter_gets_the_one_that_has_come(matter: Matter, rung: str) -> None:
    proposal = propose_rung(LADDERS["suqian-3slips-2025"], matter, TODAY)
    assert proposal is not None
    assert proposal.rung.rung == rung


def test_a_month_without_data_ends_no_row_of_lates() -> None:
    assert propose_rung(LADDERS["guangyuan-2018"], replace(MATTER, lights=("late", "no_data", "late")), TODAY) is not None
    assert propose_rung(LADDERS["guangyuan-2018"], replace(MATTER, lights=("late", "normal", "late")), TODAY) is None


def test_past_what_the_office_allowed_it_only_informs() -> None:
    proposal = propose_rung(LADDERS["sanming-3slips-2017"], replace(MATTER, taken=taken("blue")), TODAY, allowed="blue")
    assert proposal is not None
    assert proposal.beyond


def test_the_top_has_nothing_above_it() -> None:
    assert propose_rung(LADDERS["dengzhou-3slips-2018"], replace(MATTER, taken=taken("assign", "chase", "notice")), TODAY) is None


def test_every_ladder_has_twelve_presets_with_a_source() -> None:
    assert len(LADDERS) == 12
    assert all(ladder.reference for ladder in LADDERS.values())


LIGHTS = st.lists(st.sampled_from(["normal", "late", "seriously_late", "done", "no_data", "not_judged"]), max_size=6).map(tuple)


@given(st.sampled_from(sorted(LADDERS)), LIGHTS, st.integers(0, 4), st.integers(-1, 3))
def test_no_ladder_ever_skips_a_step_unless_it_lets_such_a_matter_start_there(name: str, lights: tuple[str, ...], missed: int, at: int) -> None:
    rungs = [rung.rung for rung in LADDERS[name].rungs]
    matter = replace(MATTER, lights=lights, missed=missed, taken=taken(*rungs[:at + 1]))  # type: ignore[arg-type]
    proposal = propose_rung(LADDERS[name], matter, TODAY)
    if proposal is not None:
        assert rungs.index(proposal.rung.rung) == min(at, len(rungs) - 1) + 1 or matter.weight in proposal.rung.starts_for


def test_signals_and_acts_have_words() -> None:
    from luoshi.pack.supervision_spec import ACTS, SIGNALS

    assert {rung.when for ladder in LADDERS.values() for rung in ladder.rungs} <= set(SIGNALS)
    assert {act for ladder in LADDERS.values() for rung in ladder.rungs for act in rung.acts} <= set(ACTS)
    assert set(RungSpec.model_fields["when"].annotation.__args__) == set(SIGNALS)  # type: ignore[union-attr]
