"""How many of the named deliverables have reached a stage, the law's gates passed. In: an `Exists`. Out: a `Figure`, each item a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from luoshi.indicator.figure import Figure
from luoshi.indicator.moment import Moment
from luoshi.pack.facts_spec import Deliverable, DeliverablesSpec
from luoshi.pack.indicator_spec import Exists
from luoshi.pack.pack import Pack
from luoshi.provenance import Because, Row
from luoshi.register.deliverable import broken_gate
from luoshi.register.record import LEVELS, REJECTED, WORD_OF_LEVEL, StageEvent
from luoshi.register.unit import divide
from luoshi.register.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class _Standing:
    """One deliverable on the day: whether it counts, and why."""

    item: Deliverable
    counts: bool
    reason: str
    event: StageEvent | None
    facts: tuple[tuple[str, str], ...]


def measure_exists(pack: Pack, warehouse: Warehouse, spec: Exists, moment: Moment) -> Figure:
    """「已有」 Items that reached the stage, or a later one, by the day."""
    deliverables = pack.deliverables[spec.deliverables]
    items = [item for item in deliverables.items if not spec.items or item.name in spec.items]
    events = warehouse.events_of(spec.deliverables)
    standings = [_standing(deliverables, item, spec.stage, _known(events, item, moment), moment) for item in items]
    done, whole = (Decimal(sum(s.counts for s in standings)), Decimal(len(standings)))
    value = divide(done * 100, whole) if spec.unit == "%" else done
    counted, excluded = (tuple(_row(s) for s in standings if s.counts == counts) for counts in (True, False))
    rule = (
        f"看完成：截至{moment}，{len(items)}项成果里，到了“{spec.stage}”"
        f"{_verified_words(deliverables)}{'、法定期限合规' if deliverables.gates else ''}的有几项，一项算一项"
    )
    facts_from = f"成果清单“{deliverables.title.strip('“”')}”，共{len(items)}项"
    because = Because(rule, spec.scope, facts_from, counted, excluded, len(counted), len(excluded))
    return Figure(
        spec.indicator, spec.title, spec.figure_class, spec.unit, spec.decimals, moment.as_of, moment.as_of, "known", value, because,
        top=done, bottom=whole, top_unit="项", bottom_unit="项",
    )


def _verified_words(deliverables: DeliverablesSpec) -> str:
    level = LEVELS[deliverables.counts_from]
    return f"、经{WORD_OF_LEVEL[level]}" if level else ""


def _known(events: Iterable[StageEvent], item: Deliverable, moment: Moment) -> dict[str, StageEvent]:
    """Of each stage of the item the entry that was recorded last, as known then."""
    ours = [e for e in events if e.item == item.name and (moment.known_at is None or e.recorded_on <= moment.known_at)]
    return {event.stage: event for event in sorted(ours, key=lambda event: event.recorded_on)}


def _standing(spec: DeliverablesSpec, item: Deliverable, stage: str, known: dict[str, StageEvent], moment: Moment) -> _Standing:
    order = {name: place for place, name in enumerate(spec.stages)}
    dated = sorted(known.values(), key=lambda event: order[event.stage])
    facts = tuple((event.stage, f"{event.on}{f'，{event.number}' if event.number else ''}") for event in dated)
    reached = [e for e in dated if e.on <= moment.as_of and e.level != REJECTED]
    there = [e for e in reached if order[e.stage] >= order[stage]]
    if not there:
        return _Standing(item, False, _not_there(stage, dated, reached, order, moment), reached[-1] if reached else None, facts)
    best = max(there, key=lambda e: e.level)
    if best.level < LEVELS[spec.counts_from]:
        wanted = WORD_OF_LEVEL[LEVELS[spec.counts_from]]
        return _Standing(item, False, f"核验级别未到“{wanted}”：现为{WORD_OF_LEVEL[best.level]}", best, facts)
    broken = broken_gate(spec, {e.stage: e.on for e in reached})
    if broken:
        return _Standing(item, False, broken[1], best, facts)
    return _Standing(item, True, f"{best.on}到了“{best.stage}”", best, facts)


def _not_there(stage: str, dated: list[StageEvent], reached: list[StageEvent], order: dict[str, int], moment: Moment) -> str:
    for event in dated:
        if order[event.stage] >= order[stage]:
            if event.level == REJECTED:
                return f"“{event.stage}”的登记被退回，不计入"
            return f"“{event.stage}”日期{event.on}在统计日{moment.as_of}之后"
    return f"还没到“{stage}”：现在到了“{reached[-1].stage}”（{reached[-1].on}）" if reached else f"还没到“{stage}”：没有登记任何阶段"


def _row(standing: _Standing) -> Row:
    event = standing.event
    evidence = tuple(filter(None, (event.number, *event.evidence))) if event else ()
    verification = WORD_OF_LEVEL[event.level] if event else ""
    return Row(standing.item.name, standing.item.title, None, standing.reason, standing.facts, evidence, verification)
