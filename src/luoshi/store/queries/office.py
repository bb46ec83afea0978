"""How an office works on a list: what it chose, the presets it may choose from, the days that count as working days. In: a list. Out: nouns."""

from __future__ import annotations

import json
from functools import lru_cache

from luoshi.lexicon.workday import WorkCalendar
from luoshi.pack.calendar_spec import Notice
from luoshi.pack.find import find_pack
from luoshi.pack.presets import Presets, load_presets
from luoshi.pack.reference import load_reference
from luoshi.pack.supervision_spec import ClockPreset
from luoshi.store.models import ListRecord, OfficeChoiceRecord
from luoshi.supervision.clock import WRITTEN_DAY
from luoshi.supervision.preset_cases import PresetCase, run_preset_cases


def office_of(record: ListRecord) -> OfficeChoiceRecord:
    """What the office chose; the defaults, not stored, where it has chosen nothing yet. One query."""
    return OfficeChoiceRecord.objects.filter(list=record).first() or OfficeChoiceRecord(list=record)


def presets_of(record: ListRecord) -> Presets:
    """Clocks, ladders, cycles and reminders of the list's pack and of those that it uses. No query."""
    return load_presets(record.pack)


def calendar_of_list(record: ListRecord) -> WorkCalendar:
    """The PRC's working days, with what the list's pack adds, and the years that the office put in. No query where `the_list` found it."""
    own = record.calendar.notices if record.calendar is not None else {}
    return _with_own(record.pack, json.dumps(own, sort_keys=True)) if own else load_reference(find_pack(record.pack)).calendar


@lru_cache(maxsize=16)
def _with_own(pack: str, own: str) -> WorkCalendar:
    return load_reference(find_pack(pack)).with_years(Notice.model_validate(notice) for notice in json.loads(own).values())


def preset_cases_of(record: ListRecord) -> tuple[PresetCase, ...]:
    """Their worked cases, by the calendar of the packs: an office that moved a holiday has not made the rule wrong. No query."""
    return tuple(run_preset_cases(presets_of(record), load_reference(find_pack(record.pack)).calendar))


def preset_of(record: ListRecord, clock: str) -> ClockPreset:
    """The time limit of a matter; a written day where it names none, or one that the pack no longer has."""
    return presets_of(record).clocks.get(clock, WRITTEN_DAY)
