"""What a person may change in a plan: `Edit`, one frozen noun per verb. In: nothing. Out: the nouns, and the refusal `BadEdit`.

An edit names what it touches by id, so that it can be made again on the same document compiled anew. Values are text as a person typed it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from luoshi.plan.duty import Role
from luoshi.provenance import SourceRef

Kind = Literal["task", "measure", "target", "milestone"]
Values = tuple[tuple[str, str], ...]
"""(name of a field, text): `fields.py` knows the fields and reads the texts."""


@dataclass(frozen=True, slots=True)
class Change:
    """「改写」 Other words or values of one task, measure, target or milestone. Fields that are not named stay."""

    about: str
    values: Values


@dataclass(frozen=True, slots=True)
class Assign:
    """「派责」 Who answers for these tasks or measures: the whole list, units in their roles."""

    abouts: tuple[str, ...]
    duties: tuple[tuple[str, Role], ...]


@dataclass(frozen=True, slots=True)
class Split:
    """「拆分」 One measure becomes two: the second begins with the character number `at` of its text."""

    about: str
    at: int


@dataclass(frozen=True, slots=True)
class Merge:
    """「并为一条」 A measure taken into another of its task, or a task into another. about keeps its id."""

    about: str
    other: str


@dataclass(frozen=True, slots=True)
class Move:
    """「移动」 A measure to another task; a target or milestone to another task or measure."""

    about: str
    to: str


@dataclass(frozen=True, slots=True)
class Drop:
    """「删去」 Out of the plan with all that hangs on it, for a reason."""

    about: str
    reason: str


@dataclass(frozen=True, slots=True)
class Add:
    """「补录」 What the compiler missed. to: the task or measure it belongs to, "" for a task; source: the sentence that asks for it."""

    kind: Kind
    to: str
    source: SourceRef
    values: Values


Edit = Change | Assign | Split | Merge | Move | Drop | Add


class BadEdit(Exception):
    """「改不成」 str(error): why, and what to do; field: which field of the form, "" for none of them."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NotThere(BadEdit):
    """「已不在」 What the edit touches is not in the plan (any more)."""


def touched(edit: Edit) -> tuple[str, ...]:
    """Ids of what it changes."""
    match edit:
        case Assign(abouts=abouts):
            return abouts
        case Merge(about=about, other=other):
            return about, other
        case Add(to=to):
            return (to,) if to else ()
        case Change(about=about) | Split(about=about) | Move(about=about) | Drop(about=about):
            return (about,)
