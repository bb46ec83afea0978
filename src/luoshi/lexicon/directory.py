"""Which unit a written name means: short names, names of before a reform, and the units that a city really has.

In: `Naming` rows (packs/base/organs.yaml) and, where a city gave them, the full names of its units. Out: `Identified`.
A name is a level (市, 县, 绍兴市) and what stands behind it (发改委): rows speak of the second only, so that they fit every city.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.lexicon.numeral import fold

How = Literal["listed", "alias", "former", "collective", "unlisted"]
# 市 · 中共绍兴市; 州 only where it stands alone, for many a city ends in it
_LEVEL = re.compile(r"(?:中共)?(?:国家|[^市县区省盟旗、（）]{0,6}?(?:自治区|自治州|自治县|[省市县区盟旗])|州)(?=.{2})")
_PLATE = re.compile(r"（[^（）]*）$")  # 市数据局|（市人工智能局）
# 各县（市、区）政府, 有关部门, 市直各部门: nobody's name
_COLLECTIVE = re.compile(
    r".*(?:各|有关|相关|其他|成员|所在|属地|责任|主管|牵头|配合)(?:市直|市级)?(?:部门|单位|地区|政府|企业|机构|委办局|方面).*"
    r"|.*各.*|.*部门|.*单位|.*等|.*成员"
)
_NEAR = 0.55


@dataclass(frozen=True, slots=True)
class Naming:
    """「机构名」 One kind of unit. name: its full name without the level; also: how else it is written; until: the last day of a name
    that a reform ended; became: what its work went to, the likeliest first."""

    name: str
    also: tuple[str, ...] = ()
    until: date | None = None
    became: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identified:
    """「认定」 name: the full name meant, as written where nobody knows. likely: names to choose from, the likeliest first."""

    name: str
    how: How
    likely: tuple[str, ...] = ()
    until: date | None = None


class Directory:
    """「名录」 units: the full names of a city's units; without them only short and former names are known, and nothing is missing."""

    def __init__(self, namings: Iterable[Naming] = (), units: Iterable[str] = ()) -> None:
        self._namings = {n.name: n for n in namings}
        self._by_alias = {alias: n for n in self._namings.values() for alias in (*n.also, n.name)}
        self.units = tuple(dict.fromkeys(units))
        self._spelled = {unit: unit for unit in self.units}
        for unit in self.units:
            for key in self._keys(unit):
                self._spelled.setdefault(key, unit)

    def __bool__(self) -> bool:
        return bool(self._namings or self.units)

    def with_units(self, units: Iterable[str]) -> Directory:
        """The same names with the units of a city."""
        return Directory(self._namings.values(), units)

    def identify(self, written: str, on: date | None = None) -> Identified:
        """What a written name means. on: the day of the document; a name that had ended by then is `former`."""
        plain = fold("".join(written.split()))
        unit = self._spelled.get(plain) or self._spelled.get(_PLATE.sub("", plain))
        if unit is not None:
            return Identified(unit, "listed" if plain == unit else "alias")
        if _COLLECTIVE.fullmatch(plain):
            return Identified(written, "collective")
        level, rest = self._parted(plain)
        naming = self._by_alias.get(rest)
        if naming is None:
            return Identified(written, "unlisted", self._near(plain))
        if naming.until is not None and (on is None or on > naming.until):
            now = tuple(level + name for name in naming.became)
            known = tuple(self._spelled[name] for name in now if name in self._spelled) or now
            return Identified(known[0] if known else written, "former", known, naming.until)
        full = level + naming.name
        if self.units:  # the city has no such unit under any of its names
            return Identified(full, "unlisted", self._near(full))
        return Identified(full, "listed" if plain == full else "alias")

    def _keys(self, unit: str) -> list[str]:
        """Every way in which a unit of the city may be written: with its plates or without, long or short, with the city's name or not."""
        plain = fold("".join(unit.split()))
        bare = _PLATE.sub("", plain)
        keys = {plain: None, bare: None}
        for name in (bare, *(p.strip("（）") for p in _PLATE.findall(plain))):
            level, rest = self._parted(name)
            naming = self._by_alias.get(rest)
            for spelling in (rest, *((naming.name, *naming.also) if naming and naming.until is None else ())):
                keys[level + spelling] = keys[level.removeprefix("中共") + spelling] = None
                if len(level) > 1:
                    keys[level[-1] + spelling] = keys[spelling] = None
        return list(keys)

    def _parted(self, plain: str) -> tuple[str, str]:
        """市场监管局 begins with no level, 市市场监管局 does."""
        bare = _PLATE.sub("", plain)
        if bare in self._by_alias:
            return "", bare
        found = _LEVEL.match(bare)
        return (found.group(), bare[found.end() :]) if found else ("", bare)

    def _near(self, plain: str) -> tuple[str, ...]:
        from difflib import get_close_matches  # only a city's own directory asks, and every start would pay

        close = get_close_matches(plain, list(self._spelled), n=9, cutoff=_NEAR)
        return tuple(dict.fromkeys(self._spelled[key] for key in close))[:3]
