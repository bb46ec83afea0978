"""What a register, a series and a set of deliverables must hold together: their own names and each other.

In: everything that is stated. Out: findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.pack.facts_spec import DeliverablesSpec
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import FieldSpec, RegisterSpec
from luoshi.pack.stated import Sources, Stated, nearest
from luoshi.provenance import Finding

_NUMBERS = ("integer", "number", "money", "area")
# 万元 · 万平方米
_UNITS = {"money": (re.compile(r"[十百千万亿]*元"), "元、万元、亿元"),
          "area": (re.compile(r"[十百千万亿]*(?:亩|公顷|平方米|平方公里)"), "亩、万亩、公顷、平方米、平方公里")}


def check_registers(pack: Pack, sources: Sources) -> Iterator[Finding]:
    """「查台账」 Names, fields, stages; then references between registers."""
    for stated in sources.registers:
        yield from _names(stated)
        yield from _stages(stated)
        for i, field in enumerate(stated.noun.fields):
            yield from _field(stated, i, field, pack)
        yield from _parent(stated, pack)
    yield from _cycles(sources.registers)
    for deliverables in sources.deliverables:
        yield from _deliverables(deliverables)


def _names(stated: Stated[RegisterSpec]) -> Iterator[Finding]:
    register = stated.noun
    names = [field.name for field in register.fields]
    for i, name in enumerate(names):
        if name in names[:i]:
            yield stated.finding("redefined", f"字段“{name}”写了两次", "fields", i, "name")
    for key, used in (("key", register.key), ("same_thing", register.same_thing)):
        for i, name in enumerate(used):
            if name not in names:
                yield stated.finding("unknown-name", f"没有字段“{name}”{nearest(name, names)}", key, i)
    for key, one in (("row_title", register.row_title), ("happened", register.happened)):
        if one is not None and one not in names:
            yield stated.finding("unknown-name", f"没有字段“{one}”{nearest(one, names)}", key)
    if any(field.name == register.happened and field.type != "date" for field in register.fields):
        yield stated.finding("wrong-value", f"“{register.happened}”不是日期字段", "happened")
    if "happened_on" in register.without and register.happened is None:
        yield stated.finding("wrong-value", "不要“发生日期”这一列的，要用 happened 写明哪个字段是发生的日子", "without")


def _stages(stated: Stated[RegisterSpec]) -> Iterator[Finding]:
    stages = stated.noun.stages
    for i, transition in enumerate(stated.noun.transitions):
        for key, stage in (("from", transition.source), ("to", transition.to)):
            if stage not in stages:
                yield stated.finding("unknown-name", f"没有阶段“{stage}”{nearest(stage, stages)}", "transitions", i, key)


def _field(stated: Stated[RegisterSpec], i: int, field: FieldSpec, pack: Pack) -> Iterator[Finding]:
    if field.unit is not None and field.type in _UNITS and not _UNITS[field.type][0].fullmatch(field.unit):
        yield stated.finding("wrong-value", f"单位不能写“{field.unit}”；可写：{_UNITS[field.type][1]}", "fields", i, "unit")
    if (field.type == "choice") != bool(field.choices):
        text = "choice 字段要列出 choices" if field.type == "choice" else "只有 choice 字段可以写 choices"
        yield stated.finding("wrong-value", text, "fields", i, "choices")
    if field.references is not None and field.references not in pack.registers:
        text = f"没有台账“{field.references}”{nearest(field.references, pack.registers)}"
        yield stated.finding("unknown-name", text, "fields", i, "references")
    if field.pattern is not None and not _compiles(field.pattern):
        yield stated.finding("wrong-value", f"正则表达式写法不对：{field.pattern}", "fields", i, "pattern")
    yield from _computed(stated, i, field)


def _computed(stated: Stated[RegisterSpec], i: int, field: FieldSpec) -> Iterator[Finding]:
    """「算出的字段」 A difference is taken between numbers of one kind; years are counted from a date."""
    types = {other.name: other.type for other in stated.noun.fields if other.name != field.name}
    named = [("difference", name, (field.type,)) for name in (field.difference.of, *field.difference.minus)] if field.difference else []
    named += [("years_after", field.years_after.date, ("date",))] if field.years_after else []
    for key, name, wanted in named:
        if name not in types:
            yield stated.finding("unknown-name", f"没有字段“{name}”{nearest(name, types)}", "fields", i, key)
        elif types[name] not in wanted:
            yield stated.finding("wrong-value", f"“{name}”的类型是 {types[name]}，这里要 {wanted[0]}", "fields", i, key)
    if field.difference and field.type not in _NUMBERS:
        yield stated.finding("wrong-value", f"差额只能是数，不能是 {field.type}", "fields", i, "type")


def _parent(stated: Stated[RegisterSpec], pack: Pack) -> Iterator[Finding]:
    parent = stated.noun.parent
    if parent is None:
        return
    names = [field.name for field in stated.noun.fields]
    if parent.register_name not in pack.registers:
        text = f"没有台账“{parent.register_name}”{nearest(parent.register_name, pack.registers)}"
        yield stated.finding("unknown-name", text, "parent", "register")
    elif len(pack.registers[parent.register_name].key) != 1:
        yield stated.finding("wrong-value", "上级台账的 key 只能有一个字段，才找得到是哪一行", "parent", "register")
    if parent.field not in names:
        yield stated.finding("unknown-name", f"没有字段“{parent.field}”{nearest(parent.field, names)}", "parent", "field")


def _cycles(registers: list[Stated[RegisterSpec]]) -> Iterator[Finding]:
    """「成圈」 A register may point at itself (a mother company), never round through others: no order of loading is left."""
    by_name = {stated.noun.register_name: stated for stated in registers}
    points = {name: _points_at(stated.noun) - {name} for name, stated in by_name.items()}
    told: set[frozenset[str]] = set()
    for name, stated in by_name.items():
        ring = _ring(name, points)
        if ring and frozenset(ring) not in told:
            told.add(frozenset(ring))
            chain = "→".join((*ring, name))
            yield stated.finding("cycle", f"台账互相引用成了圈：{chain}", *_where_it_points(stated.noun, ring[1]))


def _points_at(register: RegisterSpec) -> set[str]:
    targets = {field.references for field in register.fields if field.references}
    return targets | ({register.parent.register_name} if register.parent else set())


def _where_it_points(register: RegisterSpec, target: str) -> tuple[str | int, ...]:
    for i, field in enumerate(register.fields):
        if field.references == target:
            return ("fields", i, "references")
    return ("parent", "register")


def _ring(start: str, points: dict[str, set[str]]) -> tuple[str, ...]:
    """「圈」 The shortest way from a register back to itself; nothing where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for target in sorted(points.get(way[-1], set())):
            if target == start:
                return way
            if target not in seen:
                seen.add(target)
                ways.append((*way, target))
    return ()


def _deliverables(stated: Stated[DeliverablesSpec]) -> Iterator[Finding]:
    stages = stated.noun.stages
    for i, gate in enumerate(stated.noun.gates):
        for key, stage in (("stage", gate.stage), ("since", gate.since)):
            if stage not in stages:
                yield stated.finding("unknown-name", f"没有阶段“{stage}”{nearest(stage, stages)}", "gates", i, key)
    names = [item.name for item in stated.noun.items]
    for i, name in enumerate(names):
        if name in names[:i]:
            yield stated.finding("redefined", f"成果“{name}”写了两次", "items", i, "name")


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
