"""Numbers bound to what they mean. In: items, counts. Out: placeholders `{7}` for the text, and the `BoundNumber`s behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from luoshi.plan.task import Task
from luoshi.publish.official_words import plain_number
from luoshi.status.stand import Item

PLACEHOLDER = re.compile(r"\{(\d+)\}")
"""{7}"""
_DIGITS = re.compile(r"\d+(?:\.\d+)?%?")
"""29.2%"""
FROM_WORDS = {"computed": "由台账、统计数据或成果材料计算", "reported": "责任单位填报，未经台账计算", "none": "暂无数据",
              "counted": "按清单各项的状态数出", "written": "清单原文", "calendar": "按日历计算"}


@dataclass(frozen=True, slots=True)
class Digest:
    """「依据摘要」 What a bulletin keeps of a number's because: the rule, how many rows counted and how many did not, the sentence."""

    rule: str
    facts_from: str = ""
    counted_total: str = ""
    excluded_total: str = ""
    sentence: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class BoundNumber:
    """「绑定数」 A number of a bulletin. key: its placeholder; text: as printed, with its unit; of: which item (`9.1`), unit or `all`;
    role: which number of it (`actual`, `gap`); exact: unrounded, as text; promise: id of the target or milestone, where it is of one."""

    key: int
    text: str
    of: str
    role: str
    exact: str
    unit: str
    value_from: str
    because: Digest
    promise: str = ""
    indicator: str = ""

    @property
    def reason(self) -> str:
        """The because in one line, for people."""
        because = self.because
        rows = f"计入{because.counted_total}，未计入{because.excluded_total}" if because.counted_total else ""
        quote = f"原文：{because.sentence}" if because.sentence else ""
        parts = (because.rule, because.facts_from, rows, FROM_WORDS.get(self.value_from, ""), quote)
        return "；".join(part for part in parts if part)


def braces_away(text: str) -> str:
    """Text of a document cannot pretend to be a placeholder."""
    return text.replace("{", "｛").replace("}", "｝")


@dataclass(slots=True)
class Binder:
    """「取数」 Gives out placeholders; the same number of the same thing keeps the one it has."""

    bound: list[BoundNumber] = field(default_factory=list)
    known: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def count(self, value: int, unit: str, role: str, rule: str, of: str = "all", whole: int | None = None) -> str:
        """How many of the list's lines are so."""
        digest = Digest(rule, counted_total=str(value), excluded_total="" if whole is None else str(whole - value))
        return self._bind(f"{value}{unit}", of, role, str(value), unit, "counted", digest)

    def share(self, text: str, part: int, whole: int, role: str, rule: str, value_from: str = "counted") -> str:
        """A rate, printed with one decimal; its two counts stand beside it."""
        exact = Decimal(part) * 100 / whole if whole else Decimal(0)
        return self._bind(text, "all", role, f"{exact:f}", "%", value_from, Digest(rule, counted_total=str(part), excluded_total=str(whole - part)))

    def of_item(self, item: Item, role: str, value: Decimal, unit: str, decimals: int, value_from: str = "") -> str:
        """A number of one line: 6000亩, 29.2%."""
        text = f"{plain_number(value, decimals)}{unit}"
        return self._bind(text, item.number, role, f"{value:f}", unit, value_from or item.value_from, digest_of(item), item)

    def inside(self, item: Item, role: str, text: str) -> str:
        """A unit's own words with every number in them bound to that report."""
        numbered = iter(range(1, len(text) + 1))
        return _DIGITS.sub(lambda m: self._bind(m[0], item.number, f"{role}.{next(numbered)}", m[0].rstrip("%"), "", "reported",
                                                digest_of(item), item), braces_away(text))

    def _bind(self, text: str, of: str, role: str, exact: str, unit: str, value_from: str, because: Digest, item: Item | None = None) -> str:
        key = self.known.setdefault((of, role, text), len(self.bound) + 1)
        if key > len(self.bound):
            indicator = item.binding.indicator if item and item.binding else None
            self.bound.append(BoundNumber(key, text, of, role, exact, unit, value_from, because, item.promise.id if item else "", indicator or ""))
        return f"{{{key}}}"


def digest_of(item: Item) -> Digest:
    """What stands behind a line: the figure's because, or the unit's report, and the sentence of the list."""
    source, sentence = item.promise.source, _sentence(item)
    if item.figure is not None and item.value_from != "reported":
        because = item.figure.because
        return Digest(because.rule, because.facts_from, str(because.counted_total), str(because.excluded_total), sentence, source.place)
    if item.reported:
        last = item.reported[-1]
        return Digest(f"{last.by}填报，数据日期{last.on.isoformat()}", sentence=sentence, place=source.place)
    return Digest(item.light.sentence, sentence=sentence, place=source.place)


def _sentence(item: Item) -> str:
    """The sentence of the list that asked for it, as far as its holder has it."""
    quote = item.promise.source.quote
    text = (item.holder.goal or item.holder.title) if isinstance(item.holder, Task) else item.holder.text
    return next((part for part in re.split(r"[。；\n]", text) if quote in part), quote).strip()
