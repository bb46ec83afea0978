"""Blockers「难点堵点」 on their ladder: which steps of the course are which rungs, and what a ladder proposes next.

In: presets, the steps that were taken. Out: `Proposal`s of every ladder that begins when something is raised. Nothing climbs by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.lexicon.workday import WorkCalendar
from luoshi.pack.supervision_spec import LadderPreset, RungSpec
from luoshi.supervision.ladder import Matter, Proposal, RungTaken, propose_rung

COURSE_ACT: dict[str, str] = {"team": "triage", "report": "triage", "consult": "consult", "leader": "escalate"}
"""What a rung does → the act of the course by which it is done."""


@dataclass(frozen=True, slots=True)
class Taken:
    """「已办一步」 A step of the course. until: the day that was set with it."""

    act: str
    on: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class LadderStand:
    """「阶梯位置」 A ladder that fits, how far the matter is on it (index, -1: not begun), and what comes next."""

    preset: LadderPreset
    at: int
    proposal: Proposal | None
    act: str


def ladders_for_blockers(presets: Iterable[LadderPreset]) -> tuple[LadderPreset, ...]:
    """Those whose first rung begins with a matter raised, and whose every rung is an act of the course."""
    return tuple(p for p in presets if p.rungs[0].when == "raised" and all(_act_of(rung) for rung in p.rungs))


def stand_on(preset: LadderPreset, unit: str, title: str, raised_on: date, steps: Sequence[Taken], calendar: WorkCalendar,
             today: date) -> LadderStand:
    """steps: oldest first; a rejected answer begins no rung anew."""
    taken: list[RungTaken] = []
    names = [rung.rung for rung in preset.rungs]
    for step in steps:
        at = next((i for i, rung in enumerate(preset.rungs) if _act_of(rung) == step.act), None)
        if at is not None and (not taken or at > names.index(taken[-1].rung)):
            taken.append(RungTaken(names[at], step.on, step.until or _answer_by(preset.rungs[at], step.on, calendar)))
    proposal = propose_rung(preset, Matter(unit, title, raised_on=raised_on, taken=tuple(taken)), today)
    return LadderStand(preset, names.index(taken[-1].rung) if taken else -1, proposal, _act_of(proposal.rung) if proposal else "")


def _act_of(rung: RungSpec) -> str:
    return next((COURSE_ACT[act] for act in rung.acts if act in COURSE_ACT), "")


def _answer_by(rung: RungSpec, on: date, calendar: WorkCalendar) -> date | None:
    if rung.answer_within is None:
        return None
    return calendar.after(on, rung.answer_within).day if rung.days == "workday" else on + timedelta(rung.answer_within)
