"""What is asked of every unit in a year, over all lists: reports, slips, contributions, registers. In: a list, a day. Out: `Request`s.

By hand counts what a person types each time: the figure where nothing computes it, what was done, what comes next. What is filled in already
(the day of the data, a computed figure) counts as spared; what is asked only where there is something to ask is not counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from luoshi.pack.pack import Pack
from luoshi.pack.supervision_spec import CyclePreset
from luoshi.status.stand import Item
from luoshi.store.models import AliasRecord, CaseRecord, ListRecord, OrganRecord, SamePromiseRecord
from luoshi.store.queries.office import office_of
from luoshi.store.queries.promises import units_of_items
from luoshi.store.queries.reports import Filing
from luoshi.store.queries.story import Told, tell_list
from luoshi.store.queries.windows import Windows, windows_of_list
from luoshi.store.reporting import asked_of
from luoshi.supervision.burden import MONTHS_OF_YEAR, Added, Request, adding
from luoshi.supervision.schedule import MONTHS_IN

WORDS = 2
"""What was done, what comes next."""
ANSWER = 1
"""A slip or a contribution is answered in one field."""
KIND_WORDS = {"slip": "督办单", "contribution": "配合请求"}


@dataclass(frozen=True, slots=True)
class Asking:
    """「全部报送要求」 Everything that is asked, and the lists that it was counted over."""

    requests: tuple[Request, ...]
    lists: tuple[str, ...]

    def of_unit(self, unit: str) -> tuple[Request, ...]:
        """What one unit is asked, the heaviest first."""
        mine = [request for request in self.requests if request.unit == unit]
        return tuple(sorted(mine, key=lambda request: (-request.fields * request.times, request.what)))


def fields_of(item: Item) -> tuple[int, int]:
    """By hand, and filled in already, of one report."""
    return (WORDS + 1, 1) if asked_of(item) else (WORDS, 2)


def times_of(cycle: CyclePreset) -> int:
    """Periods a year: a monthly cycle from March asks ten times."""
    step = MONTHS_IN[cycle.every]
    return len([first for first in range(1, 13, step) if first + step - 1 >= cycle.from_month])


def own_burden(filing: Filing) -> tuple[float, float | None]:
    """Fields a month that one list asks of a person's units, without another query; the ceiling of the office."""
    asked = sum(fields_of(item)[0] * times_of(filing.windows.cycle_of(item.promise.id))
                for item in filing.items if filing.mine & filing.units[item.promise.id].leads.keys())
    return asked / MONTHS_OF_YEAR, filing.windows.ceiling


def requests_of(record: ListRecord, day: date) -> Asking:
    """Over every list of the same year, since a unit's month is one. A fixed number of queries for each list; an office holds a handful."""
    lists = tuple(ListRecord.objects.filter(year=record.year, plan__isnull=False).select_related("plan").order_by("pk"))
    matters = dict(_matters(record.year))
    found: list[Request] = []
    titles = []
    for held in lists:
        told = tell_list(held, day)
        if told is not None:
            titles.append(held.title)
            found += _reports(held, told, windows_of_list(held), matters)
            found += _registers(told.pack, held)
    return Asking((*_named(found, len(titles) > 1), *_matters_asked(record.year)), tuple(titles))


def added_by_matter(record: ListRecord, day: date, kind: str, organ_id: int) -> Added | None:
    """What one more slip or contribution adds to a unit's month; None for a unit that is not there. It serves what it was sent for."""
    unit = OrganRecord.objects.filter(pk=organ_id).values_list("name", flat=True).first()
    if unit is None:
        return None
    asked, ceiling = requests_of(record, day).requests, office_of(record).ceiling
    words = KIND_WORDS[kind]
    held = next((request for request in asked if (request.unit, request.what) == (unit, words)), None)
    others = [request for request in asked if request is not held]
    before = Request(unit, words, ANSWER, held.times if held else 0, (words,))
    most = float(ceiling) if ceiling is not None else None
    return replace(adding(others, replace(before, times=before.times + 1), most), before=adding(others, before, most).after)


def _reports(held: ListRecord, told: Told, windows: Windows, matters: dict[tuple[int, str], int]) -> list[Request]:
    made = []
    units = units_of_items(held, told.items)
    for item in told.items:
        fields, known = fields_of(item)
        own = f"{held.pk}:{item.promise.id}"      # the same words in another list are asked again, until they are joined
        what = f"#{matters[held.pk, item.promise.id]}" if (held.pk, item.promise.id) in matters else own
        times = times_of(windows.cycle_of(item.promise.id))
        made += [Request(unit, what, fields, times, (f"{item.number} {item.title}",), known, (held.title,))
                 for unit in units[item.promise.id].leads.values()]
    return made


def _named(requests: list[Request], several: bool) -> list[Request]:
    """One matter in several lists has one name in all: that of the line in the first. The list is named where there are several."""
    names: dict[str, str] = {}
    for request in requests:
        names.setdefault(request.what, f"{request.lists[0]}：{request.serves[0]}" if several else request.serves[0])
    return [replace(request, what=names[request.what]) for request in requests]


def _registers(pack: Pack, held: ListRecord) -> list[Request]:
    """Every register with a day of the month is taken as one row a month; without one, as one row a year."""
    names = dict(OrganRecord.objects.values_list("name", "name")) | dict(AliasRecord.objects.values_list("name", "organ__name"))
    return [Request(names[spec.supply.unit], f"{held.pk}:{spec.register_name}", len(spec.fields),
                    12 if spec.supply.due_day else 1, (f"台账：{spec.title}",),
                    0, (held.title,))
            for spec in pack.registers.values() if spec.supply.unit in names]


def _matters(year: int) -> list[tuple[tuple[int, str], int]]:
    rows = SamePromiseRecord.objects.filter(list__year=year).values_list("list_id", "promise_id", "matter_id")
    return [((list_id, promise_id), matter) for list_id, promise_id, matter in rows]


def _matters_asked(year: int) -> list[Request]:
    """Slips and contributions that went out this year, together by unit: each is answered once."""
    sent = CaseRecord.objects.filter(year=year, kind__in=KIND_WORDS, organ__isnull=False).exclude(state__in=("draft", "withdrawn"))
    counted: Counter[tuple[str, str]] = Counter(sent.values_list("organ__name", "kind"))
    return [Request(unit, KIND_WORDS[kind], ANSWER, many, (KIND_WORDS[kind],)) for (unit, kind), many in sorted(counted.items())]
