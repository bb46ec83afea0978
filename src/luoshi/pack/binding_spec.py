"""Which indicator measures which target, how the figure runs, and how lights fall.

Out: `BindingsFile` (bindings.yaml), `LightsFile` (lights.yaml), `AnswersFile` (answers.yaml).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from luoshi.pack.indicator_spec import FigureClass
from luoshi.pack.strict import Name, Strict

RUNS: tuple[str, ...] = ("cumulative", "stock", "event")
GAP_MEASURES: tuple[str, ...] = ("points_of_target", "percent_of_plan", "days_late")


class TargetWritten(Strict):
    """「指标所写」 Binding is by what is written: the task's number, value and unit, and words of the metric or its sentence.
    The same binding then fits the real list and a paraphrase of it."""

    task: str
    value: float
    unit: str
    words: tuple[str, ...] = ()


class MilestoneWritten(Strict):
    """「节点所写」 A milestone: the task's number and words of its text."""

    task: str
    words: tuple[str, ...] = Field(min_length=1)


class PlanLine(Strict):
    """「计划线」 What should be reached by each month's end, in the target's unit (month number → value); between two months the
    earlier one holds. `linear`: in proportion to the days of the year gone, from `start`."""

    linear: bool = False
    start: float = 0
    months: dict[int, float] = Field(default_factory=dict)


class Binding(Strict):
    """「绑定」 One target or milestone: its indicator, how it runs, its plan line, its light preset.

    run: cumulative (against a plan line), stock (a stock or level: against a stated monthly plan; without one it is judged at
    its due date), event (by days late). judged: what fulfils, apart from the comparator as written.
    tolerance: percent either side, for `band`. Without an indicator the figure is what was reported, and is shown as such.
    """

    target: TargetWritten | None = None
    milestone: MilestoneWritten | None = None
    figure_class: FigureClass = Field(alias="class")
    indicator: Name | None = None
    run: Literal["cumulative", "stock", "event"]
    judged: Literal["at_least", "at_most", "band", "exact"] = "at_least"
    tolerance: float | None = Field(None, gt=0, lt=100)
    plan: PlanLine | None = None
    light: str
    question: str | None = Field(None, description="口径还没定的，要问什么")
    note: str | None = None


class BindingsFile(Strict):
    """bindings.yaml"""

    bindings: tuple[Binding, ...]


class LightPreset(Strict):
    """「灯规则」 Up to `late`: 正常; above it: 滞后; above `seriously_late`: 严重滞后.

    gap: what is measured: points_of_target (plan minus actual, in percent of the target), percent_of_plan (how far below the
    plan, in percent of the plan) or days_late.
    """

    light: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    run: Literal["cumulative", "stock", "event"]
    gap: Literal["points_of_target", "percent_of_plan", "days_late"]
    late: float = Field(ge=0)
    seriously_late: float = Field(gt=0)
    reference: str


class LightsFile(Strict):
    """lights.yaml"""

    lights: tuple[LightPreset, ...] = Field(min_length=1)


class QuestionAnswered(Strict):
    """「已答」 The answer to one of the compiler's questions, found by what is written. answer: the key of one of the question's
    answers; the first one where it is left out."""

    finding: str
    task: str
    words: tuple[str, ...] = ()
    answer: str | None = None
    by: str = Field(description="谁答的")
    on: str = Field(description="哪天答的", pattern=r"^\d{4}-\d{2}-\d{2}$")


class AnswersFile(Strict):
    """answers.yaml"""

    answers: tuple[QuestionAnswered, ...]
