"""Names of units that a pack states: kinds of unit with their short and former names, and the units that a city has.

Out: `OrgansFile` (organs.yaml), and `directory_from`, which makes the lexicon's noun of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import Field, model_validator

from luoshi.lexicon.directory import Directory, Naming
from luoshi.pack.strict import Strict, Title


class OrganStated(Strict):
    """「机构」 One kind of unit, named without its level (发展和改革委员会, not 市发展和改革委员会)."""

    organ: Title
    also: tuple[Title, ...] = Field((), description="简称和别的写法")
    until: date | None = Field(None, description="这个名字用到哪一天")
    became: tuple[Title, ...] = Field((), description="职责并入哪里，最可能的写在前面")
    reference: Title | None = None

    @model_validator(mode="after")
    def _ends_with_reason(self) -> OrganStated:
        if self.until is None and self.became:
            raise ValueError("写了 became，就要写 until")
        if self.until is not None and self.reference is None:
            raise ValueError("写了 until，就要写 reference：依据哪份文件")
        return self


class OrgansFile(Strict):
    """organs.yaml. units: the full names of one city's own units; the base pack has none."""

    organs: tuple[OrganStated, ...] = ()
    units: tuple[Title, ...] = ()


def directory_from(organs: Iterable[OrganStated], units: Iterable[str]) -> Directory:
    """「名录」 What the files state, as the lexicon's noun."""
    return Directory((Naming(o.organ, o.also, o.until, o.became) for o in organs), units)
