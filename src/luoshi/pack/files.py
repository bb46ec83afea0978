"""The files of one pack's folder, by where they lie: what each states, and what is wrong with it.

In: a folder. Out: `Folder`: its pack.yaml, what its files state, and the paths of its rows and queries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from luoshi.pack.binding_spec import AnswersFile, BindingsFile, LightsFile
from luoshi.pack.calendar_spec import CalendarFile
from luoshi.pack.case_spec import CasesFile
from luoshi.pack.facts_spec import DeliverablesSpec, SeriesSpec
from luoshi.pack.find import PACK_FILE
from luoshi.pack.indicator_spec import IndicatorsFile, Sql
from luoshi.pack.organs_spec import OrgansFile
from luoshi.pack.pack import PackFile
from luoshi.pack.register_spec import RegisterSpec
from luoshi.pack.stated import FileRead, Sources, Stated, nearest
from luoshi.pack.strict import Strict
from luoshi.pack.supervision_spec import ClocksFile, CyclesFile, IncomingsFile, LaddersFile, RemindersFile
from luoshi.pack.wording import complaints_of
from luoshi.pack.yaml_place import read_yaml
from luoshi.provenance import Finding

S = TypeVar("S", bound=Strict)
T = TypeVar("T")

LIGHTS, ANSWERS, BINDINGS, REPORTED = "lights.yaml", "answers.yaml", "bindings.yaml", "reported.example.csv"
INDICATORS, CASES = "indicators.yaml", "cases.yaml"
CALENDAR, ORGANS = "calendar.yaml", "organs.yaml"
# presets of the supervising work: key → its file, its model, how people call it
PRESETS: dict[str, tuple[str, type[Strict], str]] = {
    "clocks": ("clocks.yaml", ClocksFile, "时限"), "ladders": ("ladders.yaml", LaddersFile, "升级阶梯"),
    "cycles": ("cycles.yaml", CyclesFile, "报送周期"), "reminders": ("reminders.yaml", RemindersFile, "提醒"),
    "incomings": ("incomings.yaml", IncomingsFile, "来件类别")}
# folder of facts → the file that says what they are, and the file of example rows
FACTS = {
    "registers": ("register.yaml", "rows.example.csv"),
    "series": ("series.yaml", "observations.example.csv"),
    "deliverables": ("deliverables.yaml", "rows.example.csv"),
}


@dataclass(slots=True)
class Folder:
    """「一个数据包的文件夹」 prefix: what complaints put before its file names (empty for the pack that was asked for)."""

    path: Path
    prefix: str = ""
    pack: Stated[PackFile] | None = None
    sources: Sources = field(default_factory=Sources)
    rows: dict[str, Path] = field(default_factory=dict)
    sql: dict[str, Path] = field(default_factory=dict)
    reported: Path | None = None
    findings: list[Finding] = field(default_factory=list)


def read_folder(path: Path, prefix: str = "") -> Folder:
    """「读文件夹」 Every file that lies where a file of a pack lies; others are named in a warning."""
    folder = Folder(path, prefix)
    folder.pack = _read(folder, path / PACK_FILE, PackFile)
    _read_list(folder, path / LIGHTS, LightsFile, "lights", folder.sources.lights)
    _read_list(folder, path / ANSWERS, AnswersFile, "answers", folder.sources.answers)
    _read_list(folder, path / BINDINGS, BindingsFile, "bindings", folder.sources.bindings)
    read_reference(folder)
    folder.reported = path / REPORTED if (path / REPORTED).is_file() else None
    for group in FACTS:
        for facts in sorted((path / group).glob("*/")):
            _read_facts(folder, group, facts)
    document = folder.pack.noun.document if folder.pack else None
    presets = [name for name, _, _ in PRESETS.values()]
    own = {PACK_FILE, LIGHTS, ANSWERS, BINDINGS, CALENDAR, ORGANS, REPORTED}
    _warn_of_strangers(folder, path, {*own, *FACTS, *presets, *([document] if document else [])})
    return folder


def read_reference(folder: Folder) -> None:
    """「读参考表」 The work calendar and the names of units: what a compiler wants of a pack."""
    calendar, organs = _read(folder, folder.path / CALENDAR, CalendarFile), _read(folder, folder.path / ORGANS, OrgansFile)
    _keep_list(calendar, "notices", folder.sources.notices)
    _keep_list(calendar, "seasons", folder.sources.seasons)
    _keep_list(organs, "organs", folder.sources.organs)
    _keep_list(organs, "units", folder.sources.units)


def read_presets(folder: Folder) -> dict[str, list[Stated[Strict]]]:
    """「读督办预设」 What the folder's preset files state; mistakes go to the folder's findings."""
    found: dict[str, list[Stated[Strict]]] = {key: [] for key in PRESETS}
    for key, (name, model, _) in PRESETS.items():
        _read_list(folder, folder.path / name, model, key, found[key])
    return found


def _read_facts(folder: Folder, group: str, facts: Path) -> None:
    spec_name, rows_name = FACTS[group]
    sources = folder.sources
    if group == "registers":
        _keep(folder, _read(folder, facts / spec_name, RegisterSpec), sources.registers, "register", facts.name)
    elif group == "series":
        _keep(folder, _read(folder, facts / spec_name, SeriesSpec), sources.series, "series", facts.name)
    else:
        _keep(folder, _read(folder, facts / spec_name, DeliverablesSpec), sources.deliverables, "deliverables", facts.name)
    before = len(sources.indicators)
    _read_list(folder, facts / INDICATORS, IndicatorsFile, "indicators", sources.indicators)
    _read_list(folder, facts / CASES, CasesFile, "cases", sources.cases)
    if (facts / rows_name).is_file():
        folder.rows[facts.name] = facts / rows_name
    queries = {stated.noun.file for stated in sources.indicators[before:] if isinstance(stated.noun, Sql)}
    for stated in sources.indicators[before:]:
        if isinstance(stated.noun, Sql):
            folder.sql[stated.noun.indicator] = facts / stated.noun.file
    _warn_of_strangers(folder, facts, {spec_name, rows_name, INDICATORS, CASES, *queries})


def _keep(folder: Folder, stated: Stated[T] | None, kept: list[Stated[T]], key: str, expected: str) -> None:
    """「收下」 what a folder of facts is; its name must be the folder's."""
    if stated is None:
        return
    name = getattr(stated.noun, "register_name", None) or getattr(stated.noun, key)
    if name != expected:
        folder.findings.append(stated.finding("name-of-folder", f"“{name}”要和文件夹名“{expected}”一样", key))
    kept.append(stated)


def _read_list(folder: Folder, path: Path, model: type[S], key: str, kept: list[Stated[T]]) -> None:
    _keep_list(_read(folder, path, model), key, kept)


def _keep_list(stated: Stated[S] | None, key: str, kept: list[Stated[T]]) -> None:
    """「收下一列」 What a file lists under one key, each with its place."""
    if stated is not None:
        kept += [Stated(item, stated.file, (key, i)) for i, item in enumerate(getattr(stated.noun, key))]


def _read(folder: Folder, path: Path, model: type[S]) -> Stated[S] | None:
    """「读一个文件」 None where there is none, or where it is wrong: then the findings say so."""
    if not path.is_file():
        return None
    file = FileRead(folder.path.name, path, folder.prefix + path.relative_to(folder.path).as_posix())
    try:
        placed = read_yaml(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        folder.findings.append(file.finding("not-utf8", (), "不是UTF-8编码，请另存为UTF-8"))
        return None
    file.lines.update(placed.lines)
    for line, where, text in placed.problems:
        folder.findings.append(file.finding("duplicate-key" if "写了两次" in text else "yaml", where, text, line=line))
    if placed.problems:
        return None
    try:
        return Stated(model.model_validate(placed.value), file)
    except ValidationError as broken:
        folder.findings += [file.finding(kind, where, text) for where, kind, text in complaints_of(broken, placed.value, model)]
        return None


def _warn_of_strangers(folder: Folder, path: Path, known: set[str]) -> None:
    for stranger in _strangers(path, known):
        shown = folder.prefix + stranger.relative_to(folder.path).as_posix()
        text = f"{shown}：这个文件不会被读到{nearest(stranger.name, sorted(known))}"
        folder.findings.append(Finding("pack.unread-file", f"pack.unread-file:{shown}", "warning", text))


def _strangers(path: Path, known: set[str]) -> Iterator[Path]:
    for inside in sorted(path.iterdir()):
        if inside.name not in known and not inside.name.startswith((".", "_")) and inside.suffix != ".md":
            yield inside
