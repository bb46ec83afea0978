"""A pack after loading: specifications and the paths of its rows. In: nothing. Out: the frozen noun `Pack`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from luoshi.lexicon.directory import Directory
from luoshi.lexicon.workday import WorkCalendar
from luoshi.pack.binding_spec import Binding, LightPreset, QuestionAnswered
from luoshi.pack.case_spec import Case
from luoshi.pack.facts_spec import DeliverablesSpec, SeriesSpec
from luoshi.pack.indicator_spec import IndicatorSpec
from luoshi.pack.register_spec import RegisterSpec
from luoshi.pack.strict import Strict


class PackFile(Strict):
    """pack.yaml: `id` is the folder's name; `uses` are packs whose registers and presets this one builds on."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    year: int | None = None
    uses: tuple[str, ...] = ()
    document: str | None = Field(None, description="清单文件，相对本目录")
    example: bool = Field(False, description="含虚构示例")
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """「数据包」 Everything YAML and CSV say about one list: its own files and those of the packs it uses, merged.

    rows: register, series or deliverables name → CSV files of facts, in the order of loading.
    sql: indicator name → path of its reviewed SELECT. cases_from: each case with the folder that states it.
    """

    file: PackFile
    folder: Path
    registers: dict[str, RegisterSpec]
    series: dict[str, SeriesSpec]
    deliverables: dict[str, DeliverablesSpec]
    indicators: dict[str, IndicatorSpec]
    sql: dict[str, Path]
    lights: dict[str, LightPreset]
    bindings: tuple[Binding, ...]
    answers: tuple[QuestionAnswered, ...]
    cases: tuple[Case, ...]
    rows: dict[str, tuple[Path, ...]]
    reported: Path | None = None
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    directory: Directory = field(default_factory=Directory)
