"""Subjects decided by named judges under a rubric. In: a `Verdicts`. Out: a `Figure`: each subject a row, with who said what and who stood aside.

A judgement counts once it is signed (locked), in the subject's last round, from a judge without a conflict. Judges are called by their codes.
"""

from __future__ import annotations

from decimal import Decimal

from luoshi.indicator.at_hand import no_rows, take
from luoshi.indicator.figure import Figure
from luoshi.indicator.moment import Moment
from luoshi.pack.indicator_spec import Verdicts
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import Ranking, Rubric
from luoshi.provenance import Because, Row
from luoshi.register.cell import write_number
from luoshi.register.verdict import Cells, Decision, decide, total_of
from luoshi.register.warehouse import Warehouse


def measure_verdicts(pack: Pack, warehouse: Warehouse, spec: Verdicts, moment: Moment) -> Figure:
    """「评定数」 Subjects with enough judges, of whom more than half say yes; or the best of them, as many as there are places."""
    at_hand = take(pack, warehouse, spec.register_name, (), None, moment)
    rubric = at_hand.spec.rubric
    assert rubric is not None, "the pack check lets no verdict pass without a rubric"
    places = _places(pack, warehouse, rubric.ranking, moment)
    decided = [(one.passed, _row(one, rubric)) for one in decide(rubric, at_hand.rows, at_hand.left, moment.as_of, places)]
    counted, excluded = (tuple(row for passed, row in decided if passed == which) for which in (True, False))
    because = Because(f"看评定：截至{moment}，按“{rubric.version}”{_rule(rubric, at_hand.spec.counted_as)}", spec.scope,
                      f"评定“{at_hand.spec.title}”，共{at_hand.looked}张评分表", counted, excluded, len(counted), len(excluded))
    missing = no_rows(spec, at_hand)
    return Figure(spec.indicator, spec.title, spec.figure_class, spec.unit, spec.decimals, moment.as_of, moment.as_of,
                  "no_facts" if missing else "known", None if missing else Decimal(len(counted)), because, missing=missing)


def _places(pack: Pack, warehouse: Warehouse, ranking: Ranking | None, moment: Moment) -> dict[str, int]:
    """group → how many go on, from the rows that say so."""
    if ranking is None or ranking.quota is None:
        return {}
    quota = ranking.quota
    return {str(cells[quota.group]): int(cells[quota.places] or 0) for cells in take(pack, warehouse, quota.register_name, (), None, moment).rows}


def _rule(rubric: Rubric, counted_as: str) -> str:
    judged = f"由至少{rubric.at_least}名没有利益关系的评委签定"
    if rubric.ranking is None:
        return f"{judged}、过半数评为“{'、'.join(rubric.positive)}”的，一{counted_as}算一{counted_as}"
    mean = "去掉一个最高、一个最低总分后的平均分" if rubric.ranking.without_extremes else "平均分"
    room = "各组按名额" if rubric.ranking.quota else f"前{rubric.ranking.places}名"
    return f"{judged}，按{mean}排名，{room}进入，一{counted_as}算一{counted_as}"


def _row(one: Decision, rubric: Rubric) -> Row:
    facts = ((("平均分", write_number(round(one.mean, 1))),) if one.mean is not None else ()) + (
        ("评分表", rubric.version), ("轮次", f"第{one.round}轮"), *((str(cells[rubric.judge]), _said(rubric, cells)) for cells in one.signed))
    return Row(one.subject, one.subject, None, one.reason, facts)


def _said(rubric: Rubric, cells: Cells) -> str:
    """有影响力，82分，2019-08-20签定."""
    opinion = f"{cells[rubric.opinion]}，" if rubric.opinion else ""
    return f"{opinion}{write_number(total_of(rubric, cells))}分，{cells[rubric.locked]}签定"
