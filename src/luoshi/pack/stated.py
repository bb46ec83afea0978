"""What a pack file states, and where: so that every complaint names the file, the line and the key.

In: nothing. Out: `FileRead`, `Stated`, `Sources`, `PackBroken`, `nearest`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Generic, TypeVar

from luoshi.pack.binding_spec import Binding, LightPreset, QuestionAnswered
from luoshi.pack.calendar_spec import Notice, Season
from luoshi.pack.case_spec import Case
from luoshi.pack.facts_spec import DeliverablesSpec, SeriesSpec
from luoshi.pack.indicator_spec import IndicatorSpec
from luoshi.pack.organs_spec import OrganStated
from luoshi.pack.register_spec import RegisterSpec
from luoshi.pack.yaml_place import Where, line_of
from luoshi.provenance import Finding, Level

T = TypeVar("T")


class PackBroken(Exception):
    """「数据包有错」 It cannot be used. findings: everything that is wrong, each with its file, line and key."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        errors = [finding.message for finding in findings if finding.level == "error"]
        super().__init__(f"数据包有{len(errors)}处错误，不能使用：\n" + "\n".join(f"- {message}" for message in errors))


@dataclass(frozen=True, slots=True)
class FileRead:
    """「读到的文件」 pack: the id of the pack that holds it; shown: how complaints name it; lines: where → line."""

    pack: str
    path: Path
    shown: str
    lines: dict[Where, int] = field(default_factory=dict)

    def finding(self, kind: str, where: Where, text: str, level: Level = "error", line: int | None = None) -> Finding:
        """「问题」 Places in lists are shown counted from 1, as people count."""
        key = ".".join(str(part + 1) if isinstance(part, int) else part for part in where)
        line = line or line_of(self.lines, where)
        message = f"{self.shown} 第{line}行{f' {key}' if key else ''}：{text}"
        return Finding(f"pack.{kind}", f"pack.{kind}:{self.shown}:{line}:{key}", level, message)


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """「所述」 One noun of a pack, the file that states it, and where in that file."""

    noun: T
    file: FileRead
    where: Where = ()

    def finding(self, kind: str, text: str, *inside: str | int, level: Level = "error") -> Finding:
        return self.file.finding(kind, (*self.where, *inside), text, level)

    @property
    def place(self) -> str:
        return f"{self.file.shown} 第{line_of(self.file.lines, self.where)}行"


@dataclass(slots=True)
class Sources:
    """「全部所述」 Everything that the files of a pack and of the packs it uses state, in the order of reading."""

    registers: list[Stated[RegisterSpec]] = field(default_factory=list)
    series: list[Stated[SeriesSpec]] = field(default_factory=list)
    deliverables: list[Stated[DeliverablesSpec]] = field(default_factory=list)
    indicators: list[Stated[IndicatorSpec]] = field(default_factory=list)
    lights: list[Stated[LightPreset]] = field(default_factory=list)
    bindings: list[Stated[Binding]] = field(default_factory=list)
    answers: list[Stated[QuestionAnswered]] = field(default_factory=list)
    cases: list[Stated[Case]] = field(default_factory=list)
    notices: list[Stated[Notice]] = field(default_factory=list)
    seasons: list[Stated[Season]] = field(default_factory=list)
    organs: list[Stated[OrganStated]] = field(default_factory=list)
    units: list[Stated[str]] = field(default_factory=list)


def nearest(name: object, allowed: Iterable[str]) -> str:
    """「最近的名字」 A half sentence that helps: the likely name, or all allowed ones."""
    names = list(allowed)
    close = get_close_matches(str(name), names, n=1, cutoff=0.6)
    if close:
        return f"，是不是 {close[0]}？"
    if not names:
        return "；现在一个都没有"
    return f"；可写：{'、'.join(names[:20])}{'……' if len(names) > 20 else ''}"
