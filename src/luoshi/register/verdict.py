"""Judgements under a rubric, as rows: who may score whom, what may no longer be changed, and what they decide.

In: a `RegisterSpec` with a rubric, and its records. Out: the records that may stand, findings about the others; `Decision`s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from luoshi.pack.register_spec import Ranking, RegisterSpec, Rubric
from luoshi.provenance import Finding
from luoshi.register.cell import write_number
from luoshi.register.record import Record, field_of, fields_of

NO_RELATION: Final = "无"
EXTREMES_FROM: Final = 3
Cells = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Decision:
    """「评定结果」 What judges decided about one subject in its last round. signed: their judgements; aside: whose do not count, and why.

    mean: of their totals, as the rubric takes it; None: nobody signed. place: in its group, from 1; None where nothing is ranked. reason: Chinese.
    """

    subject: str
    round: int
    signed: tuple[Cells, ...]
    aside: tuple[str, ...]
    mean: Decimal | None
    passed: bool = False
    place: int | None = None
    reason: str = ""


def has_conflict(rubric: Rubric, cells: Cells) -> bool:
    """「有利益关系」 Declared by the judge, or plain from the row: judge and subject belong to one unit. Nothing declared is not 无."""
    if cells[rubric.relation] != NO_RELATION:
        return True
    if rubric.judge_unit is None or rubric.subject_unit is None:
        return False
    return is_of(cells[rubric.judge_unit], cells[rubric.subject], cells[rubric.subject_unit])


def is_of(unit: str | None, *of: str | None) -> bool:
    """「同一单位」 Whether a judge's unit is the subject itself, or the subject's unit."""
    return bool(unit) and unit in of


def why_barred(unit: str, tied_to: Iterable[str], subject: str, subject_unit: str) -> str:
    """「回避理由」 Why a judge of that unit, registered as tied to these, may not judge the subject; empty where nothing is known."""
    if is_of(unit, subject, subject_unit):
        return "与被评对象是同一单位"
    tie = next((one for one in tied_to if one in (subject, subject_unit)), "")
    return f"登记有与“{tie}”的利害关系" if tie else ""


def subject_fields(rubric: Rubric) -> tuple[str, ...]:
    """「对象的栏目」 What is said of a subject before it is judged: its name, its unit, its group."""
    quota = rubric.ranking.quota.of if rubric.ranking and rubric.ranking.quota else None
    return tuple(dict.fromkeys(name for name in (rubric.subject, rubric.subject_unit, quota) if name))


def round_of(rubric: Rubric, cells: Cells) -> int:
    """「第几轮」 Without a number: the first."""
    return int(cells[rubric.round] or 1) if rubric.round else 1


def total_of(rubric: Rubric, cells: Cells) -> Decimal:
    """「总分」 Of one judge."""
    return sum((cells[one.field] or Decimal(0) for one in rubric.criteria), Decimal(0))


def check_verdicts(spec: RegisterSpec, rows: Iterable[Record]) -> tuple[tuple[Record, ...], tuple[Finding, ...]]:
    """「查评分表」 A judge with a conflict has no score sheet; no score is above its points; nothing changes after it is signed."""
    rubric = spec.rubric
    assert rubric is not None
    names = [f.name for f in fields_of(spec)]
    good: list[Record] = []
    told: list[Finding] = []
    locked: dict[str, tuple[date, int]] = {}
    for row in sorted(rows, key=lambda r: (r.recorded_on or date.min)):
        cells = dict(zip(names, row.values, strict=True))
        why = _why_not(spec, rubric, cells, locked.get(row.key))
        if why:
            message = f"{row.origin}：{why}。这一行没有导入。"
            told.append(Finding("row.verdict", f"row.verdict:{row.origin}", "error", message, None, spec.register_name))
            continue
        good.append(row)
        signed = cells[rubric.locked]
        if isinstance(signed, date):
            locked[row.key] = signed, round_of(rubric, cells)
    return tuple(good), tuple(told)


def _why_not(spec: RegisterSpec, rubric: Rubric, cells: Cells, locked: tuple[date, int] | None) -> str:
    judge = cells[rubric.judge]
    if locked is not None and round_of(rubric, cells) <= locked[1]:
        return f"{judge}的评分表{locked[0]}已签定，不能再改。要更正，另评一轮"
    scored = [one for one in rubric.criteria if cells[one.field] is not None]
    if has_conflict(rubric, cells) and (scored or (rubric.opinion and cells[rubric.opinion] is not None)):
        told = cells[rubric.relation]
        declared = f"{judge}申报了“{told}”" if told else f"{judge}没有申报有无利益关系"
        why = f"{judge}与被评对象是同一单位" if told == NO_RELATION else declared
        return f"{why}，应当回避，不能评分。没有关系的，请先申报“{NO_RELATION}”"
    for one in scored:
        if not Decimal(0) <= cells[one.field] <= one.points:
            return f"“{field_of(spec, one.field).title}”满分{one.points}分，写的是{cells[one.field]}分"
    return ""


def decide(rubric: Rubric, rows: Iterable[Cells], left: Iterable[tuple[Cells, str]], as_of: date,
           places: Mapping[str, int] | None = None) -> tuple[Decision, ...]:
    """「评定」 left: judgements that may not count, each with why not. places: how many of each group go on, where the rubric says by quota."""
    cast: dict[str, list[tuple[Cells, str]]] = {}
    for cells, why in (*((cells, _aside(rubric, cells, as_of)) for cells in rows), *left):
        cast.setdefault(str(cells[rubric.subject]), []).append((cells, why))
    gathered = [_gather(rubric, subject, judged) for subject, judged in sorted(cast.items())]
    if rubric.ranking is None:
        return tuple(_by_majority(rubric, one) for one in gathered)
    return _by_rank(rubric, rubric.ranking, gathered, places or {})


def _aside(rubric: Rubric, cells: Cells, as_of: date) -> str:
    if cells[rubric.relation] is None:
        return "没有申报有无利益关系"
    if has_conflict(rubric, cells):
        return "有利益关系，回避"
    return "还没有签定" if cells[rubric.locked] is None or cells[rubric.locked] > as_of else ""


def _gather(rubric: Rubric, subject: str, judged: list[tuple[Cells, str]]) -> Decision:
    """Of the last round in which somebody signed; before that, of all there is."""
    last = max((round_of(rubric, cells) for cells, why in judged if not why), default=0)
    of_round = [(cells, why) for cells, why in judged if round_of(rubric, cells) == last or not last]
    signed = tuple(cells for cells, why in of_round if not why)
    aside = tuple(f"{cells[rubric.judge]}（{why}）" for cells, why in of_round if why)
    return Decision(subject, last or 1, signed, aside, _mean([total_of(rubric, cells) for cells in signed], rubric.ranking))


def _mean(totals: list[Decimal], ranking: Ranking | None) -> Decimal | None:
    if ranking and ranking.without_extremes and len(totals) >= EXTREMES_FROM:
        totals = sorted(totals)[1:-1]
    return sum(totals, Decimal(0)) / len(totals) if totals else None


def _by_majority(rubric: Rubric, one: Decision) -> Decision:
    assert rubric.opinion is not None, "the pack check lets no rubric pass without opinion or ranking"
    said, yes = len(one.signed), sum(cells[rubric.opinion] in rubric.positive for cells in one.signed)
    passed = said >= rubric.at_least and 2 * yes > said
    if passed:
        reason = f"{said}名评委签定，{yes}名认定"
    elif said < rubric.at_least:
        reason = f"签定的评委只有{said}名，不足{rubric.at_least}名"
    else:
        reason = f"{said}名评委签定，只有{yes}名认定，没有过半数"
    return replace(one, passed=passed, reason=reason + _said_aside(one))


def _by_rank(rubric: Rubric, ranking: Ranking, gathered: list[Decision], places: Mapping[str, int]) -> tuple[Decision, ...]:
    groups: dict[str, list[Decision]] = {}
    decided: dict[str, Decision] = {}
    for one in gathered:
        if len(one.signed) < rubric.at_least:
            reason = f"签定的评委只有{len(one.signed)}名，不足{rubric.at_least}名，不排名"
            decided[one.subject] = replace(one, reason=reason + _said_aside(one))
        else:
            groups.setdefault(str(one.signed[0][ranking.quota.of]) if ranking.quota else "", []).append(one)
    for group, ones in groups.items():
        room = places.get(group, 0) if ranking.quota else ranking.places or 0
        decided |= {one.subject: one for one in _ranked(ranking, group, ones, room)}
    return tuple(decided[one.subject] for one in gathered)


def _ranked(ranking: Ranking, group: str, ones: list[Decision], room: int) -> Iterable[Decision]:
    order = sorted(ones, key=lambda one: _strength(ranking, one), reverse=True)
    border = _strength(ranking, order[room - 1]) if 0 < room < len(order) else None
    torn = border is not None and _strength(ranking, order[room]) == border
    for place, one in enumerate(order, 1):
        equal = next(n for n, other in enumerate(order, 1) if _strength(ranking, other) == _strength(ranking, one))
        tied = torn and _strength(ranking, one) == border
        assert one.mean is not None, "who is ranked was signed for"
        said = f"{group}第{equal}名，平均{write_number(round(one.mean, 2))}分，{len(one.signed)}名评委签定，名额{room}个"
        tail = "；同分的多于余下的名额，要加评一轮" if tied else "" if place <= room else "，没有进入"
        yield replace(one, passed=place <= room and not tied, place=equal, reason=said + tail + _said_aside(one))


def _strength(ranking: Ranking, one: Decision) -> tuple[Decimal, Decimal]:
    tie = [cells[ranking.tie] or Decimal(0) for cells in one.signed] if ranking.tie else []
    return one.mean or Decimal(0), sum(tie, Decimal(0)) / len(tie) if tie else Decimal(0)


def _said_aside(one: Decision) -> str:
    return f"；不计的：{'、'.join(one.aside)}" if one.aside else ""
