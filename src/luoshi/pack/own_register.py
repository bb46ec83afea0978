"""A register that an office made itself, in the pack's own specification, and a pack with such registers in it.

In: a pack, specifications as a page says them. Out: `RegisterSpec`s, the pack they make, and what is wrong with them. The same model and the
same checks as for register.yaml: written out as YAML, the register is one of a pack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import yaml

from luoshi.pack.check_registers import check_registers
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import FREE_FIELDS, FieldSpec, RegisterSpec
from luoshi.pack.said import Complaint, complaints_in, on_page, read_said
from luoshi.pack.stated import Sources, Stated
from luoshi.provenance import Finding

PREFIX: Final = "local_"
"""No pack begins the name of a register so."""
KEPT: Final[dict[str, str]] = {"title": "栏目名", "type": "类型", "unit": "单位", "check": "校验", "personal": "个人信息的存法"}
"""What a column that has rows keeps, and how the page calls it: rows are written under the column's title, in its unit."""


def own_register_name(list_id: int, number: int) -> str:
    """「自建台账名」 local_3_1: the first of list 3. Two lists never share one: the scope of a token names a register by it."""
    return f"{PREFIX}{list_id}_{number}"


def read_register(tree: Any) -> tuple[RegisterSpec | None, tuple[Complaint, ...]]:
    """「读自建台账」 JSON → the specification, or what is wrong, at which key."""
    return read_said(RegisterSpec, tree)


def register_to_json(spec: RegisterSpec) -> dict[str, Any]:
    """「自建台账的写法」 What `read_register` reads; what is left at its default is left out."""
    tree: dict[str, Any] = spec.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return tree


def register_to_yaml(spec: RegisterSpec) -> str:
    """「导出定义」 register.yaml of a pack, to lie in a folder of the register's name."""
    text: str = yaml.safe_dump(register_to_json(spec), allow_unicode=True, sort_keys=False, width=120)
    return text


def check_register(pack: Pack, spec: RegisterSpec) -> tuple[Complaint, ...]:
    """「查自建台账」 Everything that the checks of a pack say of it, and what a page must not leave open."""
    held = replace(pack, registers={**pack.registers, spec.register_name: spec})
    sources = Sources(registers=[Stated(spec, on_page("register"))])
    return (*_columns(spec), *_head(pack, spec), *complaints_in(check_registers(held, sources)))


def _columns(spec: RegisterSpec) -> Iterator[Complaint]:
    titles = [field.title for field in spec.fields]
    free = set(FREE_FIELDS.values()) | set(FREE_FIELDS)
    for i, field in enumerate(spec.fields):
        if field.title in titles[:i]:
            yield Complaint(("fields", i, "title"), f"栏目“{field.title}”写了两次，请换个名字")
        if {field.title, field.name} & free:
            yield Complaint(("fields", i, "title"), f"每本台账都自带“{field.title}”，不用再写")
    for i, name in enumerate(spec.key):
        if name in spec.key[:i]:
            yield Complaint(("key",), "认行的栏目写了两次")


def _head(pack: Pack, spec: RegisterSpec) -> Iterator[Complaint]:
    if not spec.supply.unit.strip():
        yield Complaint(("supply", "unit"), "由谁供数要写明：写单位名称；各县各报一份的，写“县（市、区）”加单位，如 县（市、区）科技局")
    for key, text in (("counted_as", spec.counted_as), ("purpose", spec.purpose)):
        if not text.strip():
            yield Complaint((key,), "这一项没有填")
    if any(other.title == spec.title for name, other in pack.registers.items() if name != spec.register_name):
        yield Complaint(("title",), f"已经有一本“{spec.title}”，请换个名字")


def change_complaints(before: RegisterSpec, after: RegisterSpec) -> tuple[Complaint, ...]:
    """「改栏目的限制」 What would make rows that are there unreadable, or other rows than they were."""
    now = {field.name: i for i, field in enumerate(after.fields)}
    found: list[Complaint] = []
    for field in before.fields:
        if field.name not in now:
            found.append(Complaint(("fields",), f"“{field.title}”已经有行在用，不能去掉。不再填的，改成不必填，在填写说明里写“停用”"))
        else:
            found += _kept(field, after.fields[now[field.name]], now[field.name])
    if before.key != after.key:
        found.append(Complaint(("key",), f"已经有行，认行的栏目不能改：原来是{_titles(before, before.key)}"))
    if before.happened != after.happened:
        found.append(Complaint(("happened",), "已经有行，“哪一天算发生”不能改，否则以前各月的数会变"))
    return tuple(found)


def _kept(before: FieldSpec, after: FieldSpec, place: int) -> Iterator[Complaint]:
    for key, words in KEPT.items():
        was, becomes = getattr(before, key), getattr(after, key)
        if was != becomes:
            yield Complaint(("fields", place, key), f"已经有行，{words}不能由“{was or '空'}”改为“{becomes or '空'}”。要换，请另加一栏")


def _titles(spec: RegisterSpec, names: Iterable[str]) -> str:
    titles = {field.name: field.title for field in spec.fields}
    return "、".join(f"“{titles[name]}”" for name in names)


def with_registers(pack: Pack, made: Mapping[str, RegisterSpec]) -> tuple[Pack, tuple[Finding, ...]]:
    """「并入自建台账」 What no longer fits the pack is left out, and said: its rows stay, and are read again once it fits."""
    findings = []
    for name, spec in made.items():
        complaints = check_register(pack, spec) if name not in pack.registers else (Complaint(("register",), "数据包里有了同名的台账"),)
        if complaints:
            text = f"自建台账“{spec.title}”和现在的数据包对不上，没有采用：{'；'.join(c.text for c in complaints)}。请在“台账”页改它的栏目。"
            findings.append(Finding("register.no-longer-fits", f"register.no-longer-fits:{name}", "warning", text, about=name))
        else:
            pack = replace(pack, registers={**pack.registers, name: spec})
    return pack, tuple(findings)
