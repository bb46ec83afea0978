"""What a rubric must hold together: fields of its own register, and registers of experts and quotas that it names.

In: everything that is stated. Out: findings.
"""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import RegisterSpec, Rubric
from luoshi.pack.stated import Sources, Stated, nearest
from luoshi.provenance import Finding

_NUMBERS = ("integer", "number")


def check_rubrics(pack: Pack, sources: Sources) -> Iterator[Finding]:
    """「查评分表式」 Every register that has one."""
    for stated in sources.registers:
        rubric = stated.noun.rubric
        if rubric is not None:
            yield from _own_fields(stated, rubric)
            yield from _decides(stated, rubric)
            yield from _others(stated, rubric, pack)


def _own_fields(stated: Stated[RegisterSpec], rubric: Rubric) -> Iterator[Finding]:
    types = {field.name: field.type for field in stated.noun.fields}
    wanted: list[tuple[tuple[str | int, ...], str | None, tuple[str, ...]]] = [
        (("subject",), rubric.subject, ()), (("judge",), rubric.judge, ()), (("relation",), rubric.relation, ("choice",)),
        (("locked",), rubric.locked, ("date",)), (("opinion",), rubric.opinion, ("choice",)), (("round",), rubric.round, ("integer",)),
        (("judge_unit",), rubric.judge_unit, ()), (("subject_unit",), rubric.subject_unit, ()), (("words",), rubric.words, ("text",)),
        *((("criteria", i, "field"), one.field, _NUMBERS) for i, one in enumerate(rubric.criteria))]
    if rubric.ranking:
        wanted.append((("ranking", "tie"), rubric.ranking.tie, _NUMBERS))
        wanted.append((("ranking", "quota", "of"), rubric.ranking.quota.of if rubric.ranking.quota else None, ()))
    for where, name, allowed in wanted:
        if name is not None and name not in types:
            yield stated.finding("unknown-name", f"没有字段“{name}”{nearest(name, types)}", "rubric", *where)
        elif name is not None and allowed and types[name] not in allowed:
            yield stated.finding("wrong-value", f"“{name}”的类型是 {types[name]}，这里要 {'、'.join(allowed)}", "rubric", *where)


def _decides(stated: Stated[RegisterSpec], rubric: Rubric) -> Iterator[Finding]:
    """Either a majority of opinions, or a ranking; never neither."""
    choices = next((field.choices for field in stated.noun.fields if field.name == rubric.opinion), ())
    relations = next((field.choices for field in stated.noun.fields if field.name == rubric.relation), ())
    if relations and "无" not in relations:
        yield stated.finding("wrong-value", "申报的关系里要有“无”", "rubric", "relation")
    for i, one in enumerate(rubric.positive):
        if choices and one not in choices:
            yield stated.finding("unknown-name", f"没有“{one}”这个意见{nearest(one, choices)}", "rubric", "positive", i)
    if rubric.ranking is None and not (rubric.opinion and rubric.positive):
        yield stated.finding("missing-key", "要么写 opinion 和 positive，按过半数认定；要么写 ranking，择优", "rubric", "positive")
    if rubric.ranking and (rubric.ranking.places is None) == (rubric.ranking.quota is None):
        yield stated.finding("wrong-value", "places 和 quota 写一个：一共几个，或各组几个", "rubric", "ranking")


def _others(stated: Stated[RegisterSpec], rubric: Rubric, pack: Pack) -> Iterator[Finding]:
    wanted: list[tuple[tuple[str, ...], str, tuple[str, ...]]] = []
    if rubric.ranking and rubric.ranking.quota:
        quota = rubric.ranking.quota
        wanted.append((("ranking", "quota"), quota.register_name, (quota.group, quota.places)))
    if rubric.experts:
        experts = rubric.experts
        wanted.append((("experts",), experts.register_name, (experts.account, experts.unit)))
        wanted.append((("experts",), experts.ties, (experts.expert, experts.tied_to)))
    for where, register, names in wanted:
        if register not in pack.registers:
            yield stated.finding("unknown-name", f"没有台账“{register}”{nearest(register, pack.registers)}", "rubric", *where)
            continue
        fields = [field.name for field in pack.registers[register].fields]
        for name in names:
            if name not in fields:
                yield stated.finding("unknown-name", f"台账“{register}”没有字段“{name}”{nearest(name, fields)}", "rubric", *where)
