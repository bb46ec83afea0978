"""Subjects decided by named judges under a rubric. In: a `Verdicts`. Out: a `Figure`: each subject a row, with who said what and who stood aside.

A judgement counts once it is signed (locked), in the version of the rubric that the register names, from a judge without a conflict.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from luoshi.indicator.at_hand import Cells, no_rows, take
from luoshi.indicator.figure import Figure
from luoshi.indicator.moment import Moment
from luoshi.pack.indicator_spec import Verdicts
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import Rubric
from luoshi.provenance import Because, Row
from luoshi.register.cell import write_number
from luoshi.register.verdict import has_conflict
from luoshi.register.warehouse import Warehouse


@dataclass(slots=True)
class _Votes:
    """What was said about one subject."""

    yes: list[Cells] = field(default_factory=list)
    no: list[Cells] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)


def measure_verdicts(pack: Pack, warehouse: Warehouse, spec: Verdicts, moment: Moment) -> Figure:
    """「评定数」 Subjects with enough judges, of whom more than half say yes."""
    at_hand = take(pack, warehouse, spec.register_name, (), None, moment)
    rubric = at_hand.spec.rubric
    assert rubric is not None, "the pack check lets no verdict pass without a rubric"
    votes: dict[str, _Votes] = {}
    for cells in at_hand.rows:
        _cast(votes.setdefault(str(cells[rubric.subject]), _Votes()), cells, rubric, moment)
    for cells, why in at_hand.left:
        votes.setdefault(str(cells[rubric.subject]), _Votes()).aside.append(f"{cells[rubric.judge]}（{why}）")
    decided = [(_passes(cast, rubric), _row(subject, cast, rubric)) for subject, cast in sorted(votes.items())]
    counted, excluded = (tuple(row for passed, row in decided if passed == which) for which in (True, False))
    rule = (f"看评定：截至{moment}，按“{rubric.version}”由至少{rubric.at_least}名没有利益关系的评委签定、"
            f"过半数评为“{'、'.join(rubric.positive)}”的，一{at_hand.spec.counted_as}算一{at_hand.spec.counted_as}")
    because = Because(rule, spec.scope, f"评定“{at_hand.spec.title}”，共{at_hand.looked}张评分表", counted, excluded, len(counted), len(excluded))
    missing = no_rows(spec, at_hand)
    return Figure(spec.indicator, spec.title, spec.figure_class, spec.unit, spec.decimals, moment.as_of, moment.as_of,
                  "no_facts" if missing else "known", None if missing else Decimal(len(counted)), because, missing=missing)


def _cast(votes: _Votes, cells: Cells, rubric: Rubric, moment: Moment) -> None:
    judge = str(cells[rubric.judge])
    if has_conflict(rubric, cells):
        votes.aside.append(f"{judge}（有利益关系，回避）")
    elif cells[rubric.locked] is None or cells[rubric.locked] > moment.as_of:
        votes.aside.append(f"{judge}（还没有签定）")
    elif cells[rubric.opinion] in rubric.positive:
        votes.yes.append(cells)
    else:
        votes.no.append(cells)


def _passes(votes: _Votes, rubric: Rubric) -> bool:
    said = len(votes.yes) + len(votes.no)
    return said >= rubric.at_least and 2 * len(votes.yes) > said


def _row(subject: str, votes: _Votes, rubric: Rubric) -> Row:
    cast = [*votes.yes, *votes.no]
    aside = f"；不计的：{'、'.join(votes.aside)}" if votes.aside else ""
    if _passes(votes, rubric):
        reason = f"{len(cast)}名评委签定，{len(votes.yes)}名认定{aside}"
    elif len(cast) < rubric.at_least:
        reason = f"签定的评委只有{len(cast)}名，不足{rubric.at_least}名{aside}"
    else:
        reason = f"{len(cast)}名评委签定，只有{len(votes.yes)}名认定，没有过半数{aside}"
    return Row(subject, subject, None, reason, (("平均分", _mean(cast, rubric)),) if cast else ())


def _mean(cast: list[Cells], rubric: Rubric) -> str:
    totals = [sum((cells[one.field] or Decimal(0) for one in rubric.criteria), Decimal(0)) for cells in cast]
    return write_number(round(Decimal(sum(totals)) / len(totals), 1))
