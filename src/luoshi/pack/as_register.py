"""Series and deliverables as registers: one way to fill them in, check them, correct them and look at them.

In: a `SeriesSpec`, a `DeliverablesSpec`, a pack. Out: `RegisterSpec`s that nobody has to write.
Each publication of a period is a row, and so is each stage of a deliverable: what is revised stands beside what it revises.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from luoshi.pack.facts_spec import DeliverablesSpec, SeriesSpec
from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import PERIOD_EXAMPLES, RegisterSpec

_WITHOUT: Final = ("district", "supplier", "happened_on")


def find_rows_spec(pack: Pack, name: str) -> RegisterSpec | None:
    """「行的规格」 Of a register, a series or a set of deliverables by its name."""
    if name in pack.series:
        return series_rows(pack.series[name])
    if name in pack.deliverables:
        return deliverable_rows(pack.deliverables[name])
    return pack.registers.get(name)


def kind_of(pack: Pack, name: str) -> str:
    """台账, 序列 or 成果清单."""
    return "序列" if name in pack.series else "成果清单" if name in pack.deliverables else "台账"


@lru_cache(maxsize=256)
def series_rows(spec: SeriesSpec) -> RegisterSpec:
    """「序列的行」 One row for each publication of a period."""
    proxy = f"是“{spec.proxy_for}”的替代数，不是该指标本身。" if spec.proxy_for else ""
    total = "从1月1日起的累计数；" if spec.year_to_date else ""
    fields: list[dict[str, Any]] = [
        {"name": "period", "title": "期间", "type": "period", "frequency": spec.frequency, "required": True,
         "note": f"写成 {PERIOD_EXAMPLES[spec.frequency]} 这样"},
        {"name": "value", "title": "数值", "type": "number", "unit": spec.unit, "required": True, "note": f"{total}照发布的写"},
        {"name": "published_on", "title": "发布日期", "type": "date", "required": True, "note": "修订数写修订的发布日期，原来的数另是一行，都留着"},
        {"name": "document", "title": "发布文件", "type": "text", "note": "文号、期号或网址"},
        {"name": "edition", "title": "口径版本", "type": "text", "note": "用的目录或制度哪一版；初步数、修订数也写在这里"},
        {"name": "note", "title": "说明", "type": "text"},
    ]
    return RegisterSpec.model_validate({
        "register": spec.series, "title": spec.title, "counted_as": "个", "purpose": proxy + (spec.scope or "口径还没有定。"), "fields": fields,
        "key": ("period", "published_on"), "row_title": "period", "happened": "published_on", "without": _WITHOUT, "counts_from": "reported",
        "order": ({"earlier": "period", "later": "published_on"},) if spec.year_to_date else (),
        "supply": {"unit": spec.publisher}, "references": spec.references})


@lru_cache(maxsize=256)
def deliverable_rows(spec: DeliverablesSpec) -> RegisterSpec:
    """「成果的行」 One row for each stage that a deliverable has reached."""
    gates = "".join(f"“{gate.since}”到“{gate.stage}”至少{gate.at_least_days}日（{gate.reference}）。" for gate in spec.gates)
    fields: list[dict[str, Any]] = [
        {"name": "item", "title": "成果", "type": "choice", "choices": tuple(item.title for item in spec.items), "required": True},
        {"name": "stage", "title": "阶段", "type": "choice", "choices": spec.stages, "required": True, "note": gates or None},
        {"name": "on", "title": "日期", "type": "date", "required": True, "note": "到这个阶段的那一天"},
        {"name": "number", "title": "文号", "type": "text"},
    ]
    return RegisterSpec.model_validate({
        "register": spec.deliverables, "title": spec.title, "counted_as": "步",
        "purpose": "、".join(item.title for item in spec.items) + "。" + gates, "fields": fields, "key": ("item", "stage"), "row_title": "item",
        "happened": "on", "without": _WITHOUT, "counts_from": spec.counts_from, "supply": {"unit": spec.supplier}, "references": spec.references})
