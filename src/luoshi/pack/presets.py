"""The presets of the supervising work, loaded apart from the facts: figures never need them, and a board opens sooner without.

In: the name of a shipped pack, or a path. Out: `Presets`, its own and those of the packs it uses; or `PackBroken`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from luoshi.pack.files import PRESETS, Folder, read_presets
from luoshi.pack.find import find_pack
from luoshi.pack.merge import by_name, read_folders
from luoshi.pack.remembered import Remembered
from luoshi.pack.stated import PackBroken, Stated
from luoshi.pack.strict import Strict
from luoshi.pack.supervision_spec import ClockPreset, CyclePreset, IncomingPreset, LadderPreset, ReminderPreset
from luoshi.provenance import Finding

T = TypeVar("T", bound=Strict)


@dataclass(frozen=True, slots=True)
class Presets:
    """「督办预设」 By name. An office picks one of each kind for a list."""

    clocks: dict[str, ClockPreset] = field(default_factory=dict)
    ladders: dict[str, LadderPreset] = field(default_factory=dict)
    cycles: dict[str, CyclePreset] = field(default_factory=dict)
    reminders: dict[str, ReminderPreset] = field(default_factory=dict)
    incomings: dict[str, IncomingPreset] = field(default_factory=dict)


_presets: Final = Remembered[Presets]()


def load_presets(name_or_path: str | Path) -> Presets:
    """「装入督办预设」 Raises PackBroken with every mistake: an unknown key, a name stated twice, a clock after one that is not there."""
    return _presets.get(find_pack(name_or_path), _read)


def _read(path: Path) -> tuple[tuple[Path, ...], Presets]:
    folders = read_folders(path)
    return tuple(folder.path for folder in folders), _checked(folders)


def _checked(folders: list[Folder]) -> Presets:
    findings: list[Finding] = []
    stated: dict[str, list[Stated[Strict]]] = {key: [] for key in PRESETS}
    for folder in folders:
        for key, found in read_presets(folder).items():
            stated[key] += found
        findings += [finding for finding in folder.findings if finding.level == "error"]
    named = {key: by_name(stated[key], _name_of, what, findings) for key, (_, _, what) in PRESETS.items()}
    findings += [each.finding("unknown-name", f"没有时限“{each.noun.after}”", "after") for each in stated["clocks"]
                 if isinstance(each.noun, ClockPreset) and each.noun.after is not None and each.noun.after not in named["clocks"]]
    findings += [each.finding("unknown-name", f"没有时限“{clock}”", "clocks", place) for each in stated["incomings"]
                 if isinstance(each.noun, IncomingPreset) for place, clock in enumerate(each.noun.clocks) if clock not in named["clocks"]]
    if findings:
        raise PackBroken(tuple(findings))
    return Presets(**named)  # type: ignore[arg-type]


def _name_of(noun: Strict) -> str:
    """The first field of every preset is its name: clock, ladder, cycle, reminder."""
    return str(getattr(noun, next(iter(type(noun).model_fields))))
