"""What an indicator names must exist, and its conditions must fit the fields they look at.

In: everything that is stated. Out: findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from luoshi.pack.indicator_spec import (
    Children,
    Condition,
    Count,
    Exists,
    Filter,
    Growth,
    IndicatorSpec,
    Latest,
    Quotient,
    Ratio,
    Sql,
    Sum,
)
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import FREE_FIELDS, FieldSpec, RegisterSpec
from luoshi.pack.stated import Sources, Stated, nearest
from luoshi.pack.strict import VERIFICATION_WORDS
from luoshi.pack.yaml_place import Where
from luoshi.provenance import Finding

_NUMBERS = ("integer", "number", "money", "area")
_ALWAYS = ("=", "!=", "is_set", "is_blank")
_ORDER = (">=", ">", "<=", "<")
_ON_DATES = ("in_year", "before_year", "by_as_of", "after_as_of", "not_by_as_of", "lapsed")
_WITHOUT_VALUE = ("is_set", "is_blank", *_ON_DATES)
_FITS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("text", "code", "choice", "period"), (*_ALWAYS, "in", "not_in")),
    **dict.fromkeys(_NUMBERS, (*_ALWAYS, *_ORDER)),
    "boolean": _ALWAYS,
    "date": (*_ALWAYS, *_ORDER, *_ON_DATES),
    **dict.fromkeys(("point", "polygon"), ("is_set", "is_blank")),
}
# what a city may compute itself, what only a statistics body may say, what a document proves
_CLASS_OF = {"latest": "B", "growth": "B", "quotient": "B", "exists": "C", "verdict": "D"}


def check_indicators(pack: Pack, sources: Sources) -> Iterator[Finding]:
    """「查测算」 Scope and class, the facts that are named, and every condition."""
    for stated in sources.indicators:
        yield from _counting(stated, pack)
        noun = stated.noun
        if isinstance(noun, Count | Sum | Ratio):
            yield from _rows(stated, noun, pack)
        elif isinstance(noun, Latest | Growth | Quotient):
            yield from _series(stated, noun, pack)
        elif isinstance(noun, Exists):
            yield from _exists(stated, noun, pack)
        elif isinstance(noun, Sql):
            yield from _sql(stated, noun, pack)
        else:
            yield from _named_fields(stated, noun, pack)


def _series(stated: Stated[IndicatorSpec], noun: Latest | Growth | Quotient, pack: Pack) -> Iterator[Finding]:
    keys = ("top", "bottom") if isinstance(noun, Quotient) else ("series",)
    for key in keys:
        name = getattr(noun, key)
        if name not in pack.series:
            yield stated.finding("unknown-name", f"没有序列“{name}”{nearest(name, pack.series)}", key)


# kind → key that names a register → keys that name its fields
_FIELD_KEYS: dict[str, dict[str, tuple[str, ...]]] = {
    "balance": {"register_name": ("amount", "movement")},
    "cohort": {"register_name": ("vintage", "size"), "treated": ("treated_on", "treated_amount")},
    "coverage": {"demand": ("weight", "demand_at"), "points": ("point_at",)},
    "verdict": {"register_name": ()},
    "earliest_start": {"register_name": ("item", "requires", "days", "done")},
    "composite": {"register_name": ("area", "of", "value"), "components": ("component", "sign", "weight")},
}


def _named_fields(stated: Stated[IndicatorSpec], noun: IndicatorSpec, pack: Pack) -> Iterator[Finding]:
    """「所指的字段」 Of the kinds that name a register and some of its fields by their part."""
    for key, fields in _FIELD_KEYS[noun.kind].items():
        name, written = getattr(noun, key), "register" if key == "register_name" else key
        register = pack.registers.get(name)
        if register is None:
            yield stated.finding("unknown-name", f"没有台账“{name}”{nearest(name, pack.registers)}", written)
            continue
        for one in fields:
            yield from _field_exists(stated, getattr(noun, one), register, (one,))
        if key in ("register_name", "points"):
            yield from _filters(stated, getattr(noun, "where", ()), register, pack, ("where",))
        if key == "components":
            yield from _filters(stated, getattr(noun, "among", ()), register, pack, ("among",))
        if noun.kind == "verdict" and register.rubric is None:
            yield stated.finding("wrong-value", f"台账“{register.title}”没有写 rubric，不能评定", "register")
        if key == "treated" and (register.parent is None or register.parent.register_name != getattr(noun, "register_name", "")):
            yield stated.finding("wrong-value", f"“{name}”不是下级台账，没有写 parent", "treated")


def _counting(stated: Stated[IndicatorSpec], pack: Pack) -> Iterator[Finding]:
    noun = stated.noun
    if not noun.scope.strip() and not noun.scope_question:
        yield stated.finding("scope-missing", "口径空着，就要在 scope_question 里写明问什么", "scope")
    wanted = _CLASS_OF.get(noun.kind, "A")
    if noun.figure_class != wanted:
        yield stated.finding("wrong-value", f"{noun.kind} 的类别是 {wanted}，不是 {noun.figure_class}", "class")
    for i, shadow in enumerate(noun.shadows):
        if shadow not in pack.indicators or shadow == noun.indicator:
            others = [name for name in pack.indicators if name != noun.indicator]
            yield stated.finding("unknown-name", f"没有可作参照的测算“{shadow}”{nearest(shadow, others)}", "shadows", i)


def _rows(stated: Stated[IndicatorSpec], noun: Count | Sum | Ratio, pack: Pack) -> Iterator[Finding]:
    register = pack.registers.get(noun.register_name)
    if register is None:
        text = f"没有台账“{noun.register_name}”{nearest(noun.register_name, pack.registers)}"
        yield stated.finding("unknown-name", text, "register")
        return
    yield from _filters(stated, noun.where, register, pack, ("where",))
    if isinstance(noun, Count):
        for i, name in enumerate(noun.distinct):
            yield from _field_exists(stated, name, register, ("distinct", i))
    elif isinstance(noun, Sum):
        yield from _number_field(stated, noun.field, register, ("field",))
    else:
        for key, part in (("top", noun.top), ("bottom", noun.bottom)):
            if part.field is not None:
                yield from _number_field(stated, part.field, register, (key, "field"))
            yield from _filters(stated, part.where, register, pack, (key, "where"))


def _filters(
    stated: Stated[IndicatorSpec], filters: tuple[Filter, ...], register: RegisterSpec, pack: Pack, at: Where
) -> Iterator[Finding]:
    for i, each in enumerate(filters):
        if isinstance(each, Condition):
            yield from _condition(stated, each, register, (*at, i))
        else:
            yield from _children(stated, each, register, pack, (*at, i))


def _children(stated: Stated[IndicatorSpec], each: Children, register: RegisterSpec, pack: Pack, at: Where) -> Iterator[Finding]:
    of = register.register_name
    children = {name: child for name, child in pack.registers.items() if child.parent and child.parent.register_name == of}
    if each.children not in children:
        text = f"“{each.children}”不是“{of}”的下级台账{nearest(each.children, children)}"
        yield stated.finding("unknown-name", text, *at, "children")
        return
    for key, conditions in (("among", each.among), ("meet", each.meet)):
        for i, condition in enumerate(conditions):
            yield from _condition(stated, condition, children[each.children], (*at, key, i))


def _condition(stated: Stated[IndicatorSpec], condition: Condition, register: RegisterSpec, at: Where) -> Iterator[Finding]:
    yield from _field_exists(stated, condition.field, register, (*at, "field"))
    field = _field(register, condition.field)
    if field is None:
        return
    if condition.op not in _FITS[field.type]:
        text = f"“{field.title}”的类型是 {field.type}，不能用 {condition.op}；可用：{'、'.join(_FITS[field.type])}"
        yield stated.finding("operator", text, *at, "op")
    else:
        yield from _value(stated, condition, field, at)


def _value(stated: Stated[IndicatorSpec], condition: Condition, field: FieldSpec, at: Where) -> Iterator[Finding]:
    value, op = condition.value, condition.op
    if op in _WITHOUT_VALUE:
        if value is not None:
            yield stated.finding("wrong-value", f"{op} 不需要写 value", *at, "value")
        return
    if (op in ("in", "not_in")) != isinstance(value, tuple):
        yield stated.finding("wrong-value", "in、not_in 的 value 要写成清单，其他的只写一个", *at, "value")
        return
    for each in value if isinstance(value, tuple) else (value,):
        text = _misfit(each, field)
        if text:
            yield stated.finding("wrong-value", text, *at, "value")


def _misfit(value: object, field: FieldSpec) -> str:
    """「不合」 Why a value cannot be one of this field, empty where it can."""
    if field.type == "choice":
        return "" if value in field.choices else f"“{field.title}”没有“{value}”这一项{nearest(value, field.choices)}"
    if field.type == "boolean":
        return "" if isinstance(value, bool) else f"“{field.title}”是是非项，要写 true 或 false"
    if field.type in _NUMBERS:
        return "" if isinstance(value, int | float) and not isinstance(value, bool) else f"“{field.title}”是数，要写数"
    if field.type == "date":
        return "" if is_date(value) else f"“{field.title}”是日期，“{value}”不是日期，要写成 2019-09-30 这样"
    return "" if isinstance(value, str) else f"“{field.title}”是文字，要加引号"


def _number_field(stated: Stated[IndicatorSpec], name: str, register: RegisterSpec, at: Where) -> Iterator[Finding]:
    yield from _field_exists(stated, name, register, at)
    field = _field(register, name)
    if field is not None and field.type not in _NUMBERS:
        yield stated.finding("wrong-value", f"“{field.title}”的类型是 {field.type}，不能相加", *at)


def _field_exists(stated: Stated[IndicatorSpec], name: str, register: RegisterSpec, at: Where) -> Iterator[Finding]:
    if _field(register, name) is None:
        names = [*(field.name for field in register.fields), *FREE_FIELDS]
        yield stated.finding("unknown-name", f"台账“{register.register_name}”没有字段“{name}”{nearest(name, names)}", *at)


def _field(register: RegisterSpec, name: str) -> FieldSpec | None:
    declared = next((field for field in register.fields if field.name == name), None)
    if declared is not None or name not in FREE_FIELDS or (name == "stage" and not register.stages):
        return declared
    choices = {"stage": register.stages, "verification": tuple(VERIFICATION_WORDS.values())}.get(name, ())
    kind = "choice" if choices else "date" if name in ("happened_on", "recorded_on") else "text"
    return FieldSpec.model_validate({"name": name, "title": FREE_FIELDS[name], "type": kind, "choices": choices})


def _exists(stated: Stated[IndicatorSpec], noun: Exists, pack: Pack) -> Iterator[Finding]:
    spec = pack.deliverables.get(noun.deliverables)
    if spec is None:
        text = f"没有成果清单“{noun.deliverables}”{nearest(noun.deliverables, pack.deliverables)}"
        yield stated.finding("unknown-name", text, "deliverables")
        return
    if noun.stage not in spec.stages:
        yield stated.finding("unknown-name", f"没有阶段“{noun.stage}”{nearest(noun.stage, spec.stages)}", "stage")
    names = [item.name for item in spec.items]
    for i, name in enumerate(noun.items):
        if name not in names:
            yield stated.finding("unknown-name", f"没有成果“{name}”{nearest(name, names)}", "items", i)


def _sql(stated: Stated[IndicatorSpec], noun: Sql, pack: Pack) -> Iterator[Finding]:
    for i, table in enumerate(noun.tables):
        if table not in pack.registers:
            yield stated.finding("unknown-name", f"没有台账“{table}”{nearest(table, pack.registers)}", "tables", i)
    if Path(noun.file).name != noun.file or not noun.file.endswith(".sql"):
        yield stated.finding("wrong-value", "只写同一文件夹里的 .sql 文件名", "file")
    elif not (stated.file.path.parent / noun.file).is_file():
        near = nearest(noun.file, [path.name for path in stated.file.path.parent.glob("*.sql")])
        yield stated.finding("missing-file", f"没有文件“{noun.file}”{near}", "file")


def is_date(value: object) -> bool:
    """「是日期」 A day that exists, written 2019-09-30."""
    try:
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False
