"""Every preset of the base pack has worked cases, and each comes out as it says; a wrong one is told, and a broken one is refused."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from luoshi.pack.preset_case_spec import ClockCase, LadderCase
from luoshi.pack.presets import Presets, load_presets
from luoshi.pack.reference import load_reference
from luoshi.supervision.preset_cases import PresetCase, run_preset_cases

PRESETS, CALENDAR = load_presets("base"), load_reference().calendar
CASES = tuple(run_preset_cases(PRESETS, CALENDAR))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.preset}: {case.why}")
def test_a_worked_case_comes_out_as_it_says(case: PresetCase) -> None:
    assert case.got == case.expected, case.given


def test_every_clock_and_every_ladder_has_one() -> None:
    assert all(clock.cases for clock in PRESETS.clocks.values())
    assert all(len(ladder.cases) > 1 for ladder in PRESETS.ladders.values())
    assert {case.preset for case in CASES} == {*PRESETS.clocks, *PRESETS.ladders}


def test_a_case_that_is_wrong_is_told_with_both_answers() -> None:
    clock = PRESETS.clocks["document-matter"]
    wrong = clock.model_copy(update={"cases": (ClockCase(start=date(2019, 9, 2), due=date(2019, 10, 1), why="少数一天"),)})
    case = LadderCase(today=date(2019, 9, 30), proposes="red", why="没有信号")
    ladder = PRESETS.ladders["sanming-3slips-2017"].model_copy(update={"cases": (case,)})
    told = tuple(run_preset_cases(Presets({"document-matter": wrong}, {"sanming-3slips-2017": ladder}), CALENDAR))
    assert [(case.expected, case.got, case.passed) for case in told] == [
        ("2019年10月1日", "2019年10月2日", False), ("红色督办单（督责）", "不建议", False)]


@pytest.mark.parametrize("case", [{"start": "2019-09-02", "why": "没有写得哪一天"},
                                  {"start": "2019-09-02", "due": "2019-09-03", "refused": True, "why": "两样都写"},
                                  {"start": "2019-09-02", "due": "2019-09-03", "pause": "2019-09-02", "why": "没有事由"},
                                  {"start": "2019-09-02", "due": "2019-09-03", "state": "kept", "why": "没有办结"}])
def test_a_case_that_says_nothing_or_two_things_is_refused(case: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ClockCase.model_validate(case)
