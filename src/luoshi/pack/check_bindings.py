"""What binds a target to an indicator, the light presets, the answers and the worked cases must name what exists.

In: everything that is stated. Out: findings.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.pack.binding_spec import Binding, LightPreset
from luoshi.pack.case_spec import Case
from luoshi.pack.check_indicators import is_date
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import FREE_FIELDS, RegisterSpec
from luoshi.pack.stated import Sources, Stated, nearest
from luoshi.provenance import Finding

_REPEAT = "重复"


def check_bindings(pack: Pack, sources: Sources) -> Iterator[Finding]:
    """「查绑定」 and the lights and answers beside it."""
    for light in sources.lights:
        yield from _light(light)
    first: dict[object, Stated[Binding]] = {}
    for stated in sources.bindings:
        yield from _binding(stated, pack)
        written = stated.noun.target or stated.noun.milestone
        if written is not None and written in first:
            yield stated.finding("redefined", f"同一个指标已在 {first[written].place} 绑定过")
        first.setdefault(written, stated)
    for answer in sources.answers:
        if not is_date(answer.noun.on):
            yield answer.finding("wrong-date", f"没有“{answer.noun.on}”这一天", "on")


def _light(stated: Stated[LightPreset]) -> Iterator[Finding]:
    light = stated.noun
    if light.late >= light.seriously_late:
        yield stated.finding("wrong-value", "seriously_late 要大于 late", "seriously_late")
    if (light.gap == "days_late") != (light.run == "event"):
        yield stated.finding("wrong-value", "days_late 与 run: event 要一起用", "gap")


def _binding(stated: Stated[Binding], pack: Pack) -> Iterator[Finding]:
    binding = stated.noun
    if (binding.target is None) == (binding.milestone is None):
        yield stated.finding("target-or-milestone", "target 和 milestone 要写一个，只能写一个")
    indicator = pack.indicators.get(binding.indicator or "")
    if binding.indicator is not None and indicator is None:
        yield stated.finding("unknown-name", f"没有测算“{binding.indicator}”{nearest(binding.indicator, pack.indicators)}", "indicator")
    if indicator is not None and indicator.figure_class != binding.figure_class:
        yield stated.finding("wrong-value", f"测算“{indicator.indicator}”的类别是 {indicator.figure_class}", "class")
    light = pack.lights.get(binding.light)
    if light is None:
        yield stated.finding("unknown-name", f"没有灯规则“{binding.light}”{nearest(binding.light, pack.lights)}", "light")
    elif light.run != binding.run:
        alike = "、".join(name for name, other in pack.lights.items() if other.run == binding.run)
        yield stated.finding("run", f"灯规则“{binding.light}”用于 {light.run}，这里是 {binding.run}；可用：{alike}", "light")
    if (binding.judged == "band") != (binding.tolerance is not None):
        yield stated.finding("wrong-value", "judged: band 与 tolerance（容差，百分之几）要一起写", "tolerance")
    yield from _plan(stated)


def _plan(stated: Stated[Binding]) -> Iterator[Finding]:
    plan = stated.noun.plan
    if plan is None:
        return
    for month in plan.months:
        if not 1 <= month <= 12:
            yield stated.finding("wrong-date", f"没有{month}月，月份写 1 到 12", "plan", "months", str(month))
    if plan.linear == bool(plan.months):
        yield stated.finding("wrong-value", "计划线写 linear: true，或写各月的数 months，二者取一", "plan")
    if stated.noun.run == "event":
        yield stated.finding("wrong-value", "event 看期限，不写计划线", "plan")


def check_cases(pack: Pack, sources: Sources) -> Iterator[Finding]:
    """「查样例」 A case that names what does not exist would test nothing."""
    facts = {**pack.registers, **pack.series, **pack.deliverables}
    for stated in sources.cases:
        case = stated.noun
        if case.indicator not in pack.indicators:
            yield stated.finding("unknown-name", f"没有测算“{case.indicator}”{nearest(case.indicator, pack.indicators)}", "indicator")
        for key, day in (("as_of", case.as_of), ("known_at", case.known_at)):
            if day is not None and not is_date(day):
                yield stated.finding("wrong-date", f"没有“{day}”这一天", key)
        for name in case.given:
            if name not in facts:
                yield stated.finding("unknown-name", f"没有台账、序列或成果清单“{name}”{nearest(name, facts)}", "given", name)
            elif name in pack.registers:
                yield from _case_rows(stated, name, pack.registers[name])


def _case_rows(stated: Stated[Case], name: str, register: RegisterSpec) -> Iterator[Finding]:
    columns = {_REPEAT, *FREE_FIELDS.values(), *(field.name for field in register.fields), *(field.title for field in register.fields)}
    choices = {label: field.choices for field in register.fields for label in (field.name, field.title) if field.choices}
    for i, row in enumerate(stated.noun.given[name]):
        for column, value in row.items():
            if column not in columns:
                text = f"台账“{register.title}”没有这一列{nearest(column, sorted(columns))}"
                yield stated.finding("unknown-name", text, "given", name, i, column)
            elif value is not None and value not in choices.get(column, (value,)):
                yield stated.finding("wrong-value", f"没有“{value}”这一项{nearest(value, choices[column])}", "given", name, i, column)
