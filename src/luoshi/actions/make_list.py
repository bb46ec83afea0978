"""Make a list「清单」, described by a pack; bring the pack's example facts into it.

In: title, year, pack. Out: `ListRecord`, `FactRecord`s. Raises PackBroken where the pack is wrong.
"""

from __future__ import annotations

import csv
import io
from datetime import datetime

from luoshi.actions.writing import writing
from luoshi.pack.as_register import find_rows_spec
from luoshi.pack.load import load_pack
from luoshi.pack.pack import Pack
from luoshi.reading.decode import decode_text
from luoshi.register.compare import hold
from luoshi.store.models import CalendarRecord, FactRecord, ListRecord
from luoshi.store.who import Who


def make_list(who: Who | None, at: datetime, title: str, year: int, pack: str, with_examples: bool = False) -> ListRecord:
    """with_examples: also the invented rows of the pack; the list is then marked as an example for ever."""
    loaded, _ = load_pack(pack)
    with writing(who, "list.make", at, right="make_list" if who else None) as entry:
        made = ListRecord.objects.create(title=title, year=year, pack=pack, example=with_examples, made_at=at,
                                         calendar=CalendarRecord.objects.first())
        if with_examples:
            rows = [FactRecord(list=made, source=name, key=key, row=row, origin=path.name, recorded_at=at)
                    for name, paths in loaded.rows.items() for path in paths
                    for key, row in _keyed(loaded, name, _rows(path.read_bytes(), path.name))]
            FactRecord.objects.bulk_create(rows, batch_size=500)
            entry.detail["rows"] = len(rows)
        entry.list_id, entry.about = made.pk, f"list:{made.pk}"
        entry.detail |= {"title": title, "pack": pack}
    return made


def _keyed(pack: Pack, name: str, rows: list[dict[str, str]]) -> list[tuple[str, dict[str, str]]]:
    """Rows with the key that tells one thing from another."""
    spec = find_rows_spec(pack, name)
    keys = {id(one.row): one.record.key for one in hold(spec, rows)} if spec else {}
    return [(keys.get(id(row), ""), row) for row in rows]


def _rows(content: bytes, name: str) -> list[dict[str, str]]:
    text, _ = decode_text(content, name)
    return [{k: v for k, v in row.items() if k and v} for row in csv.DictReader(io.StringIO(text, newline=""))]
