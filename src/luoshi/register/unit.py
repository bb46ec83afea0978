"""Units at the edge of the registers: money is kept in 元, area in 亩, and people write 万元, 公顷, 平方米.

In: a unit as people write it. Out: `Unit`, and exact conversion between units of one dimension.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

from luoshi.pack.register_spec import FieldSpec

# 1 公顷 = 15 亩 by law, so 1 平方米 = 0.0015 亩 exactly; the reverse, 666.67 平方米, is not.
_AREA: Final = {"亩": "1", "公顷": "15", "平方米": "0.0015", "平米": "0.0015", "㎡": "0.0015", "平方公里": "1500", "平方千米": "1500"}
_MAGNITUDE: Final = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
# 亿元 · 万平方米 · 万人次
_WRITTEN: Final = re.compile(r"(?P<magnitude>[百千]?[十百千万亿]*)(?P<base>.*)")
_PRECISION: Final = 60


@dataclass(frozen=True, slots=True)
class Unit:
    """「计量单位」 dimension: 元, 亩, or the counter itself (人, 公里); factor: how many of the dimension one of it is."""

    dimension: str
    factor: Decimal


def read_unit(written: str) -> Unit:
    """The unit of 万元 (10,000 元), 公顷 (15 亩), 万人 (10,000 人)."""
    found = _WRITTEN.fullmatch(written.strip())
    assert found is not None, "the pattern matches every text"
    factor = Decimal(1)
    for sign in found["magnitude"]:
        factor *= _MAGNITUDE[sign]
    if found["base"] in _AREA:
        return Unit("亩", factor * Decimal(_AREA[found["base"]]))
    return Unit(found["base"], factor)


def convert(value: Decimal, source: Unit, target: Unit) -> Decimal:
    """The value in another unit of the same dimension; exact wherever the decimal expansion ends."""
    if source.dimension != target.dimension:
        raise ValueError(f"单位不能换算：{source.dimension or '（无单位）'} → {target.dimension or '（无单位）'}")
    return divide(value * source.factor, target.factor)


def divide(top: Decimal, bottom: Decimal) -> Decimal:
    """top ÷ bottom, to so many digits that nothing which people write is rounded."""
    with localcontext() as context:
        context.prec = _PRECISION
        return plain(top / bottom)


def plain(value: Decimal) -> Decimal:
    """The same value without trailing zeros and without an exponent: 1E+4 → 10000."""
    whole = value.to_integral_value()
    with localcontext() as context:
        context.prec = _PRECISION
        return whole.quantize(Decimal(1)) if whole == value else value.normalize()


def stored_unit(field: FieldSpec) -> Unit:
    """The unit in which the field's values are kept."""
    if field.type in ("money", "area"):
        return Unit("元" if field.type == "money" else "亩", Decimal(1))
    return read_unit(field.unit or "")


def written_unit(field: FieldSpec) -> str:
    """The unit in which people write the field."""
    return field.unit or {"money": "元", "area": "亩"}.get(field.type, "")
