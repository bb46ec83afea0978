"""Small packs made in a test: a register, its rows as people write them, an indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from luoshi.indicator.evaluate import evaluate_indicator
from luoshi.indicator.figure import Figure
from luoshi.pack.case_spec import Case
from luoshi.pack.facts_spec import DeliverablesSpec, SeriesSpec
from luoshi.pack.indicator_spec import IndicatorSpec
from luoshi.pack.pack import Pack, PackFile
from luoshi.pack.register_spec import RegisterSpec
from luoshi.register.facts import facts_of_case
from luoshi.register.warehouse import open_warehouse

VERIFIED = {"核验": "牵头单位核验"}
_INDICATOR: TypeAdapter[Any] = TypeAdapter(IndicatorSpec)


def field(name: str, title: str, type: str = "text", **more: Any) -> dict[str, Any]:
    return {"name": name, "title": title, "type": type, **more}


def register(name: str, title: str, key: str, *fields: dict[str, Any], counted_as: str = "个", **more: Any) -> RegisterSpec:
    stated = {"register": name, "title": title, "counted_as": counted_as, "purpose": "测试", "fields": fields, "key": [key],
              "row_title": key, "supply": {"unit": "市发展改革委"}}
    return RegisterSpec.model_validate(stated | more)


def indicator(kind: str, **more: Any) -> Any:
    stated = {"indicator": "figure", "title": "测算", "unit": "个", "class": "A", "nature": "stock", "scope": "口径", "kind": kind}
    return _INDICATOR.validate_python(stated | more)


def pack_of(*nouns: Any, sql: Mapping[str, Path] | None = None, rows: Mapping[str, tuple[Path, ...]] | None = None) -> Pack:
    registers = {one.register_name: one for one in nouns if isinstance(one, RegisterSpec)}
    series = {one.series: one for one in nouns if isinstance(one, SeriesSpec)}
    deliverables = {one.deliverables: one for one in nouns if isinstance(one, DeliverablesSpec)}
    cases = tuple(one for one in nouns if isinstance(one, Case))
    others = [one for one in nouns if hasattr(one, "indicator") and not isinstance(one, Case)]
    return Pack(
        PackFile(id="small", title="小包", year=2019), Path("."), registers, series, deliverables, {one.indicator: one for one in others},
        dict(sql or {}), {}, (), (), cases, dict(rows or {}),
    )


def figure_of(
    pack: Pack, given: Mapping[str, Sequence[Mapping[str, Any]]], as_of: str = "2019-09-30", known_at: str | None = None,
    name: str = "figure", defaults: Mapping[str, Any] = VERIFIED, told: tuple[str, ...] = (),
) -> Figure:
    case = Case(case="测试", indicator=name, as_of=as_of, defaults=dict(defaults), given={k: tuple(map(dict, v)) for k, v in given.items()},
                figure=None)
    facts, findings = facts_of_case(pack, case)
    assert tuple(finding.id for finding in findings) == told, [finding.message for finding in findings]
    day = date.fromisoformat(as_of)
    with open_warehouse(pack, facts) as warehouse:
        return evaluate_indicator(pack, warehouse, name, day, 2019, date.fromisoformat(known_at) if known_at else None)


def reasons(figure: Figure) -> dict[str, str]:
    return {row.key: row.reason for row in figure.because.excluded}
