"""Areas ranked by a composite index. In: a `Composite`. Out: a `Figure`: the mean of the areas' scores, each area a row with its rank and why it
is certain or not; what a page needs to try other weights (`compose`)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from luoshi.indicator.at_hand import no_rows, row_of, take
from luoshi.indicator.figure import Figure
from luoshi.indicator.index_scores import AreaScore, IndexComponent, Trials, score_areas
from luoshi.indicator.moment import Moment
from luoshi.lexicon.written import number
from luoshi.pack.indicator_spec import Composite, Condition
from luoshi.pack.pack import Pack
from luoshi.provenance import Because, Row
from luoshi.register.warehouse import Warehouse

UPWARD = "正向"


@dataclass(frozen=True, slots=True)
class Composed:
    """「指数底数」 What an index is made of on a day. values: areas that have every component; lacking: area → components it has no value of.

    left: rows that may not count. missing: why nothing can be scored, else empty."""

    components: tuple[IndexComponent, ...]
    values: dict[str, dict[str, Decimal]]
    lacking: dict[str, tuple[str, ...]]
    left: tuple[Row, ...]
    trials: Trials
    facts_from: str
    missing: str


def compose(pack: Pack, warehouse: Warehouse, spec: Composite, moment: Moment) -> Composed:
    """「取底数」 Weights from one register, values from another."""
    weights = take(pack, warehouse, spec.components, spec.among, None, moment)
    where = tuple(one for one in spec.where if isinstance(one, Condition))
    given = take(pack, warehouse, spec.register_name, where, spec.counts_from, moment)
    components = tuple(IndexComponent(str(cells[spec.component]), Decimal(cells[spec.weight]), cells[spec.sign] == UPWARD) for cells in weights.rows
                       if cells[spec.weight])
    names = [one.name for one in components]
    table: dict[str, dict[str, Decimal]] = {}
    left = [row_of(cells, weights.spec, (spec.weight,), why) for cells, why in weights.left]
    left += [row_of(cells, given.spec, (spec.value,), why) for cells, why in given.left]
    for cells in given.rows:
        if cells[spec.of] not in names:
            left.append(row_of(cells, given.spec, (spec.value,), f"“{weights.spec.title}”里没有“{cells[spec.of]}”的权重"))
        elif cells[spec.value] is not None:
            table.setdefault(str(cells[spec.area]), {})[str(cells[spec.of])] = Decimal(cells[spec.value])
    lacking = {area: tuple(name for name in names if name not in of) for area, of in table.items() if len(of) < len(names)}
    values = {area: of for area, of in table.items() if area not in lacking}
    missing = no_rows(spec, weights) or no_rows(spec, given) or ("" if values and names else "没有一个地区各个分项都有数，排不出名次。")
    facts_from = f"台账“{weights.spec.title}”{weights.looked}条、“{given.spec.title}”{given.looked}条"
    return Composed(components, values, lacking, tuple(left), Trials(spec.trials, spec.varied, spec.indicator), facts_from, missing)


def measure_composite(pack: Pack, warehouse: Warehouse, spec: Composite, moment: Moment) -> Figure:
    """「综合指数」 The mean of the scores."""
    made = compose(pack, warehouse, spec, moment)
    scores = () if made.missing else score_areas(made.components, made.values, made.trials)
    rows = tuple(_row(one, made.trials) for one in scores)
    lacking = tuple(Row(area, area, None, f"缺{'、'.join(names)}的数，不参加排名") for area, names in made.lacking.items())
    value = sum((one.score for one in scores), Decimal(0)) / len(scores) if scores else None
    because = Because(_rule(made, moment), spec.scope, made.facts_from, rows, lacking + made.left, len(rows), len(lacking) + len(made.left))
    return Figure(spec.indicator, spec.title, spec.figure_class, spec.unit, spec.decimals, moment.as_of, moment.as_of,
                  "no_facts" if value is None else "known", value, because, missing=made.missing)


def _rule(made: Composed, moment: Moment) -> str:
    whole = sum((one.weight for one in made.components), Decimal(0))
    shares = "、".join(f"{one.name}{number(one.weight / whole * 100, 1)}%{'' if one.upward else '（越低越好）'}" for one in made.components)
    return (f"算指数：截至{moment}，各分项按各地区最差到最好换成1到100分，再按权重相加（{shares or '没有权重'}），取各地区的平均；"
            f"名次另用{made.trials.times}次试算检验：各权重上下变动{made.trials.varied:g}%，一半改用几何平均")


def _row(one: AreaScore, trials: Trials) -> Row:
    span = f"第{one.best}名" if one.best == one.worst else f"第{one.best}至{one.worst}名"
    said = f"和{'、'.join(one.beside)}分不出先后，名次不宜公布" if one.beside else "名次稳定"
    facts = (("名次", f"第{one.rank}名"), ("试算名次", span), ("几何平均", number(one.geometric, 2)),
             *((name, number(value, 1)) for name, value in one.scaled))
    return Row(one.area, one.area, one.score, f"{trials.times}次试算里九成在{span}：{said}", facts)
