"""「灯」: how a target stands on a day, and the sentence that says why.

In: what was promised (`Standing`), the figure, the plan line, a preset. Out: `Light`. Nothing is remembered and nothing is read
from a clock: the same input gives the same light for ever. 完成 before the due date is only for figures that cannot fall back
(cumulative, event); a stock is judged at its due date; 力争 is at most 滞后.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from luoshi.lexicon.written import day, number
from luoshi.pack.binding_spec import LightPreset
from luoshi.plan.target import Judged, Modality

State = Literal["normal", "late", "seriously_late", "done", "no_data", "not_judged"]
STATE_WORDS: dict[State, str] = {"seriously_late": "严重滞后", "late": "滞后", "normal": "正常", "done": "完成",
                                 "no_data": "无数据", "not_judged": "不评判"}
STATE_SHAPES: dict[State, str] = {"seriously_late": "■", "late": "▲", "normal": "●", "done": "◆", "no_data": "○", "not_judged": "◇"}
"""In the order of who needs a person first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """「现状」 A promise and what is known of it on a day.

    value: the figure, in the target's unit; None where nothing is known, then missing says why. observed_on: the last day that the
    figure covers: a monthly series is held against the plan of its own month. planned: what the plan asks by observed_on.
    judged, tolerance (percent): what fulfils. strict: 超过, not 达到.
    """

    run: Literal["cumulative", "stock", "event"]
    target: Decimal
    unit: str
    modality: Modality
    due: date | None
    as_of: date
    value: Decimal | None
    observed_on: date
    planned: Decimal | None = None
    judged: Judged = "at_least"
    tolerance: Decimal | None = None
    strict: bool = False
    decimals: int = 2
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Light:
    """「灯」 A state, the gap that the preset measures (None where none is measured), and why: one or two Chinese sentences."""

    state: State
    sentence: str
    gap: Decimal | None = None
    planned: Decimal | None = None

    @property
    def word(self) -> str:
        """正常, 滞后 …"""
        return STATE_WORDS[self.state]

    @property
    def shape(self) -> str:
        """● ▲ ■ ◆ ○ ◇: it prints in black and white."""
        return STATE_SHAPES[self.state]


def light_for(standing: Standing, preset: LightPreset) -> Light:
    """The light of one target under one preset."""
    if standing.modality == "directional":
        return Light("not_judged", "推进类要求，没有约定数量，只展示进展，不评判。")
    if standing.value is None:
        return Light("no_data", standing.missing or "还没有数据。")
    return _softened(standing, JUDGES[standing.run](standing, standing.value, preset))


def _cumulative(s: Standing, value: Decimal, preset: LightPreset) -> Light:
    if _fulfilled(s, value):
        return Light("done", f"{_asked(s)}，实际{_n(s, value)}。", planned=s.planned)
    if _is_due(s):
        return _failed(s, value)
    return _against_plan(s, value, preset)


def _stock(s: Standing, value: Decimal, preset: LightPreset) -> Light:
    if _is_due(s):
        done = Light("done", f"到期，{_asked(s)}，实际{_n(s, value)}。", planned=s.planned)
        return done if _fulfilled(s, value) else _failed(s, value)
    return _against_plan(s, value, preset)


def _event(s: Standing, value: Decimal, preset: LightPreset) -> Light:
    if _fulfilled(s, value):
        return Light("done", f"{_asked(s)}，实际{_n(s, value)}。")
    if s.due is None:
        return Light("not_judged", f"没有写完成日期，不评判；{_asked(s)}，现为{_n(s, value)}。")
    days = (s.as_of - s.due).days
    if days <= preset.late:
        ahead = f"离{day(s.due)}还有{-days}天" if days <= 0 else f"已过{day(s.due)}{days}天，在允许的{preset.late:g}天之内"
        return Light("normal", f"{ahead}；{_asked(s)}，现为{_n(s, value)}。", Decimal(days))
    state: State = "seriously_late" if days > preset.seriously_late else "late"
    return Light(state, f"已过{day(s.due)}{days}天，{_asked(s)}，现为{_n(s, value)}。", Decimal(days))


JUDGES = {"cumulative": _cumulative, "stock": _stock, "event": _event}


def _against_plan(s: Standing, value: Decimal, preset: LightPreset) -> Light:
    """Before the due date: against the plan line; without one there is nothing to judge by, only a gap to show."""
    if s.planned is None:
        due = f"到{day(s.due)}再评判" if s.due else "也没有写期限"
        return Light("not_judged", f"没有约定分月计划，{due}；{_asked(s)}，现为{_n(s, value)}，{_distance(s, value)}。")
    gap = gap_of(s, value, preset)
    state: State = "seriously_late" if gap > preset.seriously_late else "late" if gap > preset.late else "normal"
    return Light(state, _plan_sentence(s, value, preset, gap, state), gap, s.planned)


def gap_of(s: Standing, value: Decimal, preset: LightPreset) -> Decimal:
    """How far behind the plan, in what the preset measures; negative when ahead. Less is better where at most is judged."""
    assert s.planned is not None
    behind = value - s.planned if s.judged == "at_most" else s.planned - value
    whole = s.target if preset.gap == "points_of_target" else s.planned
    return behind / whole * 100 if whole else Decimal(0)


def _plan_sentence(s: Standing, value: Decimal, preset: LightPreset, gap: Decimal, state: State) -> str:
    assert s.planned is not None
    upto = "截至" + day(s.observed_on) + ("的数据" if s.observed_on != s.as_of else "")
    compare = f"{upto}，应{'不高于' if s.judged == 'at_most' else '达'}{_n(s, s.planned)}，实际{_n(s, value)}"
    if gap <= 0:
        return f"{compare}，不落后于计划。"
    points = preset.gap == "points_of_target"
    measured = f"落后目标的{number(gap, 1)}个百分点" if points else f"{'高' if s.judged == 'at_most' else '低'}于计划{number(gap, 1)}%"
    unit = "个百分点" if points else "%"
    bound = {"normal": f"没有超过{preset.late:g}{unit}",
             "late": f"超过{preset.late:g}{unit}、没有超过{preset.seriously_late:g}{unit}" if preset.late else "低于计划即为滞后",
             "seriously_late": f"超过{preset.seriously_late:g}{unit}"}[state]
    return f"{compare}，差{_difference(s, s.planned - value)}，{measured}，{bound}。"


def _failed(s: Standing, value: Decimal) -> Light:
    assert s.due is not None
    return Light("seriously_late", f"{day(s.due)}到期，{_asked(s)}，实际{_n(s, value)}，{_distance(s, value)}。", planned=s.planned)


def _softened(s: Standing, light: Light) -> Light:
    """力争 is reported, not held against anybody: at most 滞后."""
    if s.modality == "stretch" and light.state == "seriously_late":
        return Light("late", light.sentence + "原文写的是“力争”，最多评为滞后。", light.gap, light.planned)
    return light


def _is_due(s: Standing) -> bool:
    """The figure covers the due date; one that is observed earlier is not final yet."""
    return s.due is not None and s.observed_on >= s.due


def _fulfilled(s: Standing, value: Decimal) -> bool:
    if s.judged == "band":
        margin = s.target * (s.tolerance or Decimal(0)) / 100
        return s.target - margin <= value <= s.target + margin
    if s.judged == "exact":
        return value == s.target
    if s.judged == "at_most":
        return value < s.target if s.strict else value <= s.target
    return value > s.target if s.strict else value >= s.target


def _asked(s: Standing) -> str:
    if s.judged == "band":
        margin = s.target * (s.tolerance or Decimal(0)) / 100
        return f"要求{_n(s, s.target - margin)}到{_n(s, s.target + margin)}"
    word = {"at_least": "超过" if s.strict else "不少于", "at_most": "低于" if s.strict else "不超过", "exact": "正好"}[s.judged]
    return f"要求{word}{_n(s, s.target)}"


def _distance(s: Standing, value: Decimal) -> str:
    if _fulfilled(s, value):
        return "已在要求之内"
    return f"离目标{'超出' if value > s.target else '差'}{_difference(s, s.target - value)}"


def _difference(s: Standing, amount: Decimal) -> str:
    """Between two percentages lie percentage points."""
    return f"{number(abs(amount), s.decimals)}{'个百分点' if s.unit == '%' else s.unit}"


def _n(s: Standing, value: Decimal) -> str:
    return f"{number(value, s.decimals)}{s.unit}"
