"""Every target and milestone of a plan with its figure and its light. In: plan, bindings, figures. Out: `Item`s, in list order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from luoshi.indicator.figure import Figure
from luoshi.indicator.match import by_promise, reported_for
from luoshi.lexicon.written import day, number
from luoshi.pack.agreed import Agreed
from luoshi.pack.binding_spec import Binding, LightPreset
from luoshi.pack.pack import Pack
from luoshi.pack.said import Complaint
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.plan import Plan, holders_of
from luoshi.plan.target import Target
from luoshi.plan.task import Task
from luoshi.provenance import Because
from luoshi.register.reported import Reported
from luoshi.status.light import Light, Standing, light_for
from luoshi.status.trajectory import planned_by

ValueFrom = Literal["computed", "reported", "none"]
_UNKNOWN = Light("no_data", "还没有约定怎样测算，也没有填报数。")


@dataclass(frozen=True, slots=True)
class Known:
    """「所知」 All that is known on a day: bindings by target or milestone id, figures by indicator, reported values, presets."""

    bindings: Mapping[str, Binding]
    figures: Mapping[str, Figure]
    reported: tuple[Reported, ...]
    lights: Mapping[str, LightPreset]
    as_of: date
    year: int


@dataclass(frozen=True, slots=True)
class Item:
    """「事项」 One line of the board: what was promised, what is known, how it stands.

    number: task.ordinal, how people call it (`9.1`). value_from: computed from facts, reported by a unit, or none: never mixed.
    standing: what the light was given; None where nobody has said how it is measured and nothing was reported.
    """

    number: str
    task: Task
    holder: Task | Measure
    promise: Target | Milestone
    binding: Binding | None
    figure: Figure | None
    reported: tuple[Reported, ...]
    value_from: ValueFrom
    standing: Standing | None
    preset: LightPreset | None
    light: Light

    @property
    def title(self) -> str:
        """The metric of a target, with the whole that it is a part of; the text of a milestone."""
        if not isinstance(self.promise, Target):
            return self.promise.text
        whole = next((t.metric for t in self.holder.targets if t.id == self.promise.of), None)
        return f"{whole}（其中{self.promise.metric}）" if whole else self.promise.metric

    @property
    def value(self) -> Decimal | None:
        """The figure or reported value, in the target's unit."""
        return self.standing.value if self.standing else None

    @property
    def leads(self) -> tuple[str, ...]:
        """Units that lead: of the measure; of all measures, each once, where the promise stands in the task's goal."""
        holders = self.task.measures if isinstance(self.holder, Task) and self.task.measures else (self.holder,)
        return tuple(dict.fromkeys(d.unit for h in holders for d in h.duties if d.role != "support"))


def without_questions(item: Item) -> Item:
    """The item for somebody who may not open its rows: what is asked about them names them."""
    return item if item.figure is None else replace(item, figure=replace(item.figure, because=replace(item.figure.because, questions=())))


def without_rows(item: Item) -> Item:
    """The item with the rows behind its figure left out: rule, scope and totals stay."""
    if item.figure is None:
        return item
    shadows = tuple(replace(shadow, because=_counted_only(shadow.because)) for shadow in item.figure.shadows)
    return replace(item, figure=replace(item.figure, because=_counted_only(item.figure.because), shadows=shadows))


def _counted_only(because: Because) -> Because:
    return replace(because, counted=(), excluded=(), questions=())


def stand_items(plan: Plan, known: Known) -> tuple[Item, ...]:
    """Every target, every milestone with a written date or a binding; other milestones make no line."""
    said = by_promise(known.reported)
    return tuple(_item(f"{task.no or '?'}.{ordinal}", task, holder, promise, known, said)
                 for task in plan.tasks for ordinal, (holder, promise) in enumerate(_promises(task, known.bindings), 1))


def _promises(task: Task, bindings: Mapping[str, Binding]) -> Iterator[tuple[Task | Measure, Target | Milestone]]:
    for holder in holders_of(task):
        for target in holder.targets:
            yield holder, target
        for milestone in holder.milestones:
            if milestone.id in bindings or (milestone.due and milestone.due.written and milestone.due.date):
                yield holder, milestone


def _item(number: str, task: Task, holder: Task | Measure, promise: Target | Milestone, known: Known,
          said: Mapping[str, Sequence[Reported]]) -> Item:
    binding = known.bindings.get(promise.id)
    figure = known.figures.get(binding.indicator) if binding and binding.indicator else None
    reported = () if figure and not _is_empty(figure) else reported_for(task, promise, said)
    until = tuple(_in_unit(r, promise) for r in reported if r.on <= known.as_of)
    bare = Item(number, task, holder, promise, binding, figure, until, "none", None, known.lights[binding.light] if binding else None, _UNKNOWN)
    return _lit(bare, known.as_of, known.year)


def with_reported(item: Item, value: Reported, as_of: date, year: int) -> Item:
    """The line as it will stand once this value counts too; unchanged where facts compute the figure."""
    if is_computed(item):
        return item
    kept = (r for r in item.reported if r.promise_id or r.on < value.on)
    return _lit(replace(item, reported=tuple(sorted((*kept, _in_unit(value, item.promise)), key=lambda r: r.on))), as_of, year)


def is_computed(item: Item) -> bool:
    """Whether facts compute the figure: nothing is asked of a unit then."""
    return item.figure is not None and not _is_empty(item.figure)


def _is_empty(figure: Figure) -> bool:
    """No facts have come in yet: until they do, what a unit reports stands in, and is called reported."""
    return figure.state == "no_facts" and not figure.because.counted_total and not figure.because.excluded_total


def _in_unit(value: Reported, promise: Target | Milestone) -> Reported:
    """A report does not repeat the unit of its promise."""
    return value if value.unit else replace(value, unit=unit_of(promise) if isinstance(promise, Target) else "项")


def _lit(item: Item, as_of: date, year: int) -> Item:
    if item.binding is None or item.preset is None:
        return _unbound(item, as_of)
    standing = _standing(item.promise, item.binding, item.figure, item.reported, as_of, year)
    computed = item.figure is not None and not (item.reported and _is_empty(item.figure))
    value_from: ValueFrom = "none" if standing.value is None else "computed" if computed else "reported"
    return replace(item, standing=standing, value_from=value_from, light=light_for(standing, item.preset))


def _unbound(item: Item, as_of: date) -> Item:
    """Nobody has said how it is judged: a reported value is shown, and no more."""
    if not item.reported:
        return item
    last, promise = item.reported[-1], item.promise
    target, unit = (promise.value, unit_of(promise)) if isinstance(promise, Target) else (Decimal(1), last.unit)
    standing = Standing("stock", target, unit, promise.modality, None, as_of, last.value, last.on)
    light = Light("not_judged", f"{day(last.on)}填报{number(last.value, 2)}{last.unit}；还没有约定怎样评判，只展示。")
    return replace(item, standing=standing, value_from="reported", light=light)


def _standing(promise: Target | Milestone, binding: Binding, figure: Figure | None, said: tuple[Reported, ...], as_of: date,
              year: int) -> Standing:
    value, observed, decimals, missing = _value(binding, figure, said, as_of)
    target, unit = (promise.value, unit_of(promise)) if isinstance(promise, Target) else _milestone_target(figure)
    if figure is not None and not (said and _is_empty(figure)) and figure.unit != unit:
        value, missing = None, f"指标的单位是{unit}，测算“{figure.title}”的单位是{figure.unit}，不能相比。请核对绑定。"
    planned = planned_by(binding.plan, target, observed, year) if binding.plan else None
    if planned is not None and planned != planned.to_integral_value():
        decimals = max(decimals, 1)   # 7.5 of 10 shown as 8 would not add up with the difference beside it
    return Standing(
        run=binding.run, target=target, unit=unit, modality=promise.modality, as_of=as_of, value=value, observed_on=observed,
        due=date.fromisoformat(promise.due.date) if promise.due and promise.due.date else None,
        planned=planned, judged=binding.judged, tolerance=Decimal(str(binding.tolerance)) if binding.tolerance else None,
        strict=isinstance(promise, Target) and promise.op in {">", "<"}, decimals=decimals, missing=missing)


def _value(binding: Binding, figure: Figure | None, said: tuple[Reported, ...], as_of: date) -> tuple[Decimal | None, date, int, str]:
    """The value, the day it covers, decimals to show, and why there is none."""
    if figure is not None and not (said and _is_empty(figure)):
        return figure.value, figure.observed_on, figure.decimals, figure.missing
    if said:
        return said[-1].value, said[-1].on, 2, ""
    return None, as_of, 2, f"口径待定：{binding.question}" if binding.question else "还没有台账，也没有填报数。"


def unit_of(target: Target) -> str:
    """万元/亩 for 亩均…340万元: the unit that a figure of this target must have."""
    return f"{target.unit}/{target.per}" if target.per and "/" not in target.unit else target.unit


def check_unit(pack: Pack, agreed: Agreed, promise: Target | Milestone) -> tuple[Complaint, ...]:
    """「查单位」 A figure in another unit than the target's could never be compared with it."""
    spec = agreed.indicator or pack.indicators.get(agreed.binding.indicator or "")
    if spec is None or not isinstance(promise, Target) or spec.unit == unit_of(promise):
        return ()
    return (Complaint(("indicator", "unit"), f"指标的单位是{unit_of(promise)}，“{spec.title}”算出来的单位是{spec.unit}，不能相比"),)


def _milestone_target(figure: Figure | None) -> tuple[Decimal, str]:
    """A milestone asks for everything its indicator names: three plans of three; else one event."""
    if figure is None:
        return Decimal(1), "项"
    rows = figure.because.counted_total + figure.because.excluded_total
    return Decimal(rows or 1), figure.unit
