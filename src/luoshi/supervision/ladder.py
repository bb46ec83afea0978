"""Ladders「升级」: which step a matter has reached, and which is proposed next. Nothing climbs by itself.

In: a preset, what is known of the matter, the day. Out: a `Proposal`, with the reason and the text to send; or none, and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.lexicon.written import day as day_words
from luoshi.pack.supervision_spec import LadderPreset, RungSpec

LightName = Literal["normal", "late", "seriously_late", "done", "no_data", "not_judged"]
Weight = Literal["ordinary", "important", "special"]


@dataclass(frozen=True, slots=True)
class RungTaken:
    """「已走台阶」 A step that was taken for this matter. answered_on: the unit's answer was accepted; excused: with good reason."""

    rung: str
    on: date
    answer_by: date | None = None
    answered_on: date | None = None
    excused: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """「督办事项」 What a ladder looks at. lights: month by month, oldest first, the last is today's; missed: times not done by their day."""

    unit: str
    title: str
    weight: Weight = "ordinary"
    due_on: date | None = None
    done_on: date | None = None
    lights: tuple[LightName, ...] = ()
    missed: int = 0
    raised_on: date | None = None
    solved: bool = False
    excused: bool = False
    taken: tuple[RungTaken, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """「升级建议」 The next step, why, and the text for it. beyond: past what the office allowed, so it only informs."""

    ladder: str
    rung: RungSpec
    why: str
    text: str
    beyond: bool = False


def propose_rung(preset: LadderPreset, matter: Matter, today: date, allowed: str | None = None, near_days: int = 7) -> Proposal | None:
    """The next rung whose signal has come: one above the last one taken, or higher where the preset lets such a matter start there.

    allowed: the highest rung that the office let the system prepare; None: all. A closed, solved or excused matter climbs no more.
    Raises KeyError where a rung taken, or the allowed one, is not on the ladder.
    """
    names = [rung.rung for rung in preset.rungs]
    at = max((names.index(taken.rung) for taken in matter.taken), default=-1)
    if matter.done_on is not None or matter.solved or matter.excused or at + 1 >= len(names):
        return None
    for index in _reachable(preset, matter, at):
        why = _why(_signal(preset, matter, index), preset.rungs[index].times, matter, today, near_days)
        if why is not None:
            rung = preset.rungs[index]
            return Proposal(preset.ladder, rung, why, _text(rung, matter, why, today), allowed is not None and index > names.index(allowed))
    return None


def _reachable(preset: LadderPreset, matter: Matter, at: int) -> Sequence[int]:
    """The highest first: where a matter of this weight may start, then the next one."""
    higher = [i for i, rung in enumerate(preset.rungs) if i > at + 1 and matter.weight in rung.starts_for]
    return (*reversed(higher), at + 1)


def _signal(preset: LadderPreset, matter: Matter, index: int) -> str:
    """A matter that starts high has no step before it that could be unanswered: what moves others to the first rung moves it there."""
    when = preset.rungs[index].when
    return preset.rungs[0].when if index and not matter.taken and when in ("unanswered", "unsolved") else when


def _why(when: str, times: int, matter: Matter, today: date, near_days: int) -> str | None:
    """The reason in words, or None where the signal has not come."""
    late_days = (today - matter.due_on).days if matter.due_on is not None else None
    last = matter.taken[-1] if matter.taken else None
    match when:
        case "near_due" if late_days is not None and -near_days <= late_days <= 0:
            return f"{day_words(matter.due_on or today)}到期，还有{-late_days}天"
        case "overdue" if late_days is not None and late_days > 0:
            return f"{day_words(matter.due_on or today)}到期未办结，已超期{late_days}天"
        case "late" if matter.lights[-1:] and matter.lights[-1] in ("late", "seriously_late"):
            return "本期亮滞后灯" if matter.lights[-1] == "late" else "本期亮严重滞后灯"
        case "seriously_late" if matter.lights[-1:] == ("seriously_late",):
            return "本期亮严重滞后灯"
        case "late_in_a_row" if _run(matter.lights, ("late", "seriously_late")) >= times:
            return f"连续{_run(matter.lights, ('late', 'seriously_late'))}期滞后"
        case "seriously_late_in_a_row" if _run(matter.lights, ("seriously_late",)) >= times:
            return f"连续{_run(matter.lights, ('seriously_late',))}期严重滞后"
        case "missed" if matter.missed >= times:
            return f"累计{matter.missed}次未按期完成"
        case "unanswered" if last and not last.excused and last.answered_on is None and last.answer_by is not None and today > last.answer_by:
            return f"上一步应于{day_words(last.answer_by)}前办理，没有正当理由仍未办"
        case "raised" if matter.raised_on is not None:
            return f"{day_words(matter.raised_on)}提出"
        case "unsolved" if last and last.answer_by is not None and today > last.answer_by:
            return f"上一步{day_words(last.answer_by)}前没有解决"
    return None


def _run(lights: Sequence[LightName], which: Sequence[LightName]) -> int:
    """How many of the last periods in a row. A month without data or judgement ends no run and adds nothing."""
    count = 0
    for light in reversed(lights):
        if light in which:
            count += 1
        elif light in ("normal", "done"):
            break
    return count


def _text(rung: RungSpec, matter: Matter, why: str, today: date) -> str:
    due = "期限" if rung.answer_within is None else f"{rung.answer_within}个工作日内" if rung.days == "workday" else f"{rung.answer_within}天内"
    title = matter.title.replace("“", "‘").replace("”", "’")   # the texts put it between “ ” already
    words = {"单位": matter.unit, "事项": title, "原因": why, "期限": due, "日期": day_words(today)}
    text = rung.text
    for name, said in words.items():
        text = text.replace(f"｛{name}｝", said)
    return text
