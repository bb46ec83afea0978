"""What a compiler wants of the packs, without their registers: the names of units and the work calendar.

In: nothing (the base pack), or the folder of a city's pack. Out: `Reference`; or `PackBroken`, for mistakes in these files only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from luoshi.lexicon.directory import Directory
from luoshi.lexicon.workday import WorkCalendar
from luoshi.pack.calendar_spec import Notice, Season, calendar_from
from luoshi.pack.files import Folder, read_reference
from luoshi.pack.find import find_pack
from luoshi.pack.organs_spec import directory_from
from luoshi.pack.stated import PackBroken

BASE = "base"


@dataclass(frozen=True, slots=True)
class Reference:
    """「参考表」 Names of units and the work calendar; and the notices and seasons that it was made from."""

    directory: Directory
    calendar: WorkCalendar
    notices: tuple[Notice, ...] = ()
    seasons: tuple[Season, ...] = ()

    def with_years(self, own: Iterable[Notice]) -> WorkCalendar:
        """「补上的年份」 The calendar where an office has put years in, or put them right: theirs stand in the place of the packs'."""
        years = {notice.year: notice for notice in (*self.notices, *own)}
        return calendar_from(years.values(), self.seasons)


def reference_of(pack: str) -> Reference:
    """「参考表」 Of a pack by name or path. Raises PackBroken."""
    return load_reference(find_pack(pack))


@cache
def load_reference(city: Path | None = None) -> Reference:
    """「装入参考表」 Of the base pack, with what a city's folder adds. Kept for the life of the process: files of packs do not change under it."""
    base = find_pack(BASE)
    folders = [Folder(path) for path in dict.fromkeys((base, city or base))]
    for folder in folders:
        read_reference(folder)
    findings = tuple(finding for folder in folders for finding in folder.findings)
    if findings:
        raise PackBroken(findings)
    notices = {stated.noun.year: stated.noun for folder in folders for stated in folder.sources.notices}
    seasons = [stated.noun for folder in folders for stated in folder.sources.seasons]
    organs = [stated.noun for folder in folders for stated in folder.sources.organs]
    units = [stated.noun for folder in folders for stated in folder.sources.units]
    return Reference(directory_from(organs, units), calendar_from(notices.values(), seasons),
                     tuple(notices.values()), tuple(seasons))
