"""What a page says in the pack's own specifications, and what is wrong with it, at which field. In: a model, JSON. Out: the noun, or `Complaint`s.

The same models and the same checks as for YAML; only the place of a mistake is a field of a form, not a line of a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from luoshi.pack.stated import FileRead
from luoshi.pack.strict import Strict
from luoshi.pack.wording import complaints_of
from luoshi.pack.yaml_place import Where
from luoshi.provenance import Finding, Level

MISSING = "这一项没有选，也没有填"
T = TypeVar("T", bound=Strict)


@dataclass(frozen=True, slots=True)
class Complaint:
    """「约定的问题」 where: keys from the top of what was said, as in its JSON; text: Chinese, what is wrong and what is allowed."""

    where: Where
    text: str


@dataclass(frozen=True)
class _OnPage(FileRead):
    """A place without a file: complaints are the text alone, and their key says where."""

    def finding(self, kind: str, where: Where, text: str, level: Level = "error", line: int | None = None) -> Finding:
        return Finding(f"{self.pack}.{kind}", ".".join(map(str, where)), level, text)


def on_page(kind: str) -> FileRead:
    """「页面所填」 Where the checks of a pack may say that something was stated: on a page about a binding, a register."""
    return _OnPage(kind, Path(), "")


def read_said(model: type[T], tree: Any) -> tuple[T | None, tuple[Complaint, ...]]:
    """「读所填」 JSON → the noun, or what is wrong, at which key."""
    try:
        return model.model_validate(tree), ()
    except ValidationError as broken:
        return None, tuple(Complaint(where, MISSING if kind == "missing-key" else text) for where, kind, text in complaints_of(broken, tree, model))


def complaints_in(findings: Iterable[Finding]) -> Iterable[Complaint]:
    """「转成问题」 What the checks of a pack say of something that `on_page` states."""
    for finding in findings:
        yield Complaint(tuple(int(part) if part.isdecimal() else part for part in finding.key.split(".")), finding.message)
