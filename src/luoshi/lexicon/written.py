"""Values → words: numbers and dates as people write them. In: Decimal, dates. Out: text."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

COMPARATORS = {"=": "", ">=": "≥", ">": "＞", "<=": "≤", "<": "＜", "~": "约", "range": ""}


def number(value: Decimal, decimals: int | None = None) -> str:
    """6000 → 6,000; with decimals, rounded half up and without trailing zeros: 352.70 → 352.7."""
    if decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    value = value.normalize()
    return f"{value:,f}" if value != 0 else "0"


def quantity(op: str, value: Decimal, value2: Decimal | None, unit: str) -> str:
    """≥1,450亿元, 约30人, 3至5个."""
    upper = f"至{number(value2)}" if value2 is not None else ""
    return f"{COMPARATORS[op]}{number(value)}{upper}{unit}"


def day(when: date) -> str:
    """2019年9月30日"""
    return f"{when.year}年{when.month}月{when.day}日"


def day_written(iso: str) -> str:
    """2019-09-30 → 2019年9月30日"""
    return day(date.fromisoformat(iso))


_PLACE_WORDS = (
    ("table ", "表"),
    (" row ", "第"),
    (" column ", "行第"),
    ("sheet ", "工作表"),
    ("line ", "第"),
    ("paragraph ", "第"),
)


def place_words(place: str) -> str:
    """Where, for people: `table 1 row 3 column 2` → 表1第3行第2列; `line 12` → 第12行; `page 2 paragraph 7` → 第2页第7段."""
    if place.startswith("page "):
        _, page, rest = (place + " ").split(" ", 2)
        return f"第{page}页{place_words(rest.strip())}"
    end = "列" if " column " in place else "行" if place.startswith("line ") else "段" if place.startswith("paragraph ") else ""
    for written, words in _PLACE_WORDS:
        place = place.replace(written, words)
    return place + end
