"""The worked cases of time limits and ladders, run. In: presets, the calendar. Out: `PresetCase`s: what each expected and what came out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.lexicon.workday import WorkCalendar
from luoshi.lexicon.written import day
from luoshi.pack.preset_case_spec import ClockCase, LadderCase, TakenCase
from luoshi.pack.presets import Presets
from luoshi.pack.supervision_spec import ClockPreset, LadderPreset
from luoshi.supervision.clock import STATE_WORDS, ClockEvent, ClockRefused, stand_of_clock
from luoshi.supervision.ladder import Matter, RungTaken, propose_rung

NOTHING = "不建议"
REFUSED = "不收"


@dataclass(frozen=True, slots=True)
class PresetCase:
    """「预设样例」 given: what happened, in words; expected, got: the day, the step, or that nothing comes of it."""

    preset: str
    title: str
    given: str
    expected: str
    got: str
    why: str

    @property
    def passed(self) -> bool:
        """What came out is what was expected."""
        return self.expected == self.got


def run_preset_cases(presets: Presets, calendar: WorkCalendar) -> Iterator[PresetCase]:
    """「试预设样例」 Time limits first, then ladders, in the order of the files."""
    for clock in presets.clocks.values():
        yield from (_clock_case(clock, case, calendar) for case in clock.cases)
    for ladder in presets.ladders.values():
        yield from (_ladder_case(ladder, case) for case in ladder.cases)


def _clock_case(preset: ClockPreset, case: ClockCase, calendar: WorkCalendar) -> PresetCase:
    """Asked on the last day that the case names, or on the day of the start."""
    events = list(_events(case))
    asked = max(event.on for event in events)
    try:
        stand = stand_of_clock(preset, events, calendar, asked)
        got = "" if stand.due_on is None else day(stand.due_on)
        if case.state is not None:
            got += f"，{STATE_WORDS[stand.state]}"
    except ClockRefused:
        got = REFUSED
    expected = REFUSED if case.due is None else day(case.due) + (f"，{STATE_WORDS[case.state]}" if case.state else "")
    return PresetCase(preset.clock, preset.title, _given_clock(preset, case), expected, got, case.why)


def _events(case: ClockCase) -> Iterator[ClockEvent]:
    yield ClockEvent("start", case.start, promised=case.promised)
    if case.pause is not None:
        yield ClockEvent("pause", case.pause, case.because)
    if case.resume is not None:
        yield ClockEvent("resume", case.resume)
    if case.ask is not None:
        yield ClockEvent("extend", case.ask, until=case.until)
    if case.stop is not None:
        yield ClockEvent("stop", case.stop)


def _given_clock(preset: ClockPreset, case: ClockCase) -> str:
    words = [f"{day(case.start)}{preset.start}"]
    words += [f"承诺{case.promised}{'个工作日' if preset.days == 'workday' else '天'}"] if case.promised else []
    words += [f"{day(case.pause)}因{case.because}暂停"] if case.pause else []
    words += [f"{day(case.resume)}恢复"] if case.resume else []
    words += [f"{day(case.ask)}申请延期{f'到{day(case.until)}' if case.until else ''}"] if case.ask else []
    words += [f"{day(case.stop)}办结"] if case.stop else []
    return "，".join(words)


def _ladder_case(preset: LadderPreset, case: LadderCase) -> PresetCase:
    taken = tuple(RungTaken(step.rung, step.on, step.answer_by, step.answered) for step in case.taken)
    matter = Matter("某市甲局（示例）", "新开三条公交线（示例）", case.weight, case.due, case.done, case.lights, case.missed, case.raised,
                    taken=taken)
    proposal = propose_rung(preset, matter, case.today)
    titles = {rung.rung: rung.title for rung in preset.rungs}
    expected = NOTHING if case.proposes is None else titles.get(case.proposes, case.proposes)
    got = NOTHING if proposal is None else proposal.rung.title
    return PresetCase(preset.ladder, preset.title, _given_ladder(case, titles), expected, got, case.why)


_LIGHTS = {"normal": "正常", "late": "滞后", "seriously_late": "严重滞后", "done": "完成", "no_data": "无数据", "not_judged": "不评判"}
_WEIGHTS = {"ordinary": "", "important": "重要事项", "special": "特别重要事项"}


def _given_ladder(case: LadderCase, titles: dict[str, str]) -> str:
    words = [_WEIGHTS[case.weight]] if _WEIGHTS[case.weight] else []
    words += [f"{day(case.raised)}提出"] if case.raised else []
    words += [f"{day(case.due)}到期"] if case.due else []
    words += [f"各月亮灯{'、'.join(_LIGHTS[light] for light in case.lights)}"] if case.lights else []
    words += [f"累计{case.missed}次没有按期完成"] if case.missed else []
    words += [_given_taken(step, titles.get(step.rung, step.rung)) for step in case.taken]
    words += [f"{day(case.done)}办结"] if case.done else []
    return "，".join([*words, f"看{day(case.today)}"])


def _given_taken(step: TakenCase, title: str) -> str:
    by = f"，应于{day(step.answer_by)}前办" if step.answer_by else ""
    return f"{day(step.on)}{title}{by}{f'，{day(step.answered)}已办' if step.answered else '，没有办'}"
