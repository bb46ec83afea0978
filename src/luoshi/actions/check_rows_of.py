"""Check a received file of rows「查件」 against its register: what would come in, what changes, what is wrong.

In: which import. Out: its row, checked with counts, preview and problems; or unreadable with the reason. A small file is checked at once, a
larger one beside the request. Checking writes nothing into the register, and gives the same every time: what a restart cut off is started again.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luoshi.actions.beside import run_beside
from luoshi.actions.rows_aside import set_aside
from luoshi.actions.stale import Stale
from luoshi.actions.writing import writing
from luoshi.provenance import Finding
from luoshi.register.compare import Change
from luoshi.register.intake import place_of
from luoshi.store.models import ImportRecord
from luoshi.store.queries.entering import Entering
from luoshi.store.queries.intake import Weighed, may_enter, weigh
from luoshi.store.who import Who

log = logging.getLogger(__name__)
SOON = 200_000
"""Bytes: a file up to this size is checked at once, within a second or two."""
SHOWN = 500
"""Changes and problems of one kind that are kept for the page; the counts are of all, and the list to send back has all."""
BROKEN = "查文件“{name}”时程序出了错，没有查完，台账没有变。文件已经保存。请再查一遍；还不行，请把文件和这句话交给系统管理员。"
OPEN = ("received", "checking", "checked", "refused", "unreadable")


def start_checking(who: Who, at: datetime, today: date, import_id: int) -> None:
    """Again where it was checked before: the register may have changed. Raises Stale where it has been entered."""
    with writing(who, "rows.check", at, right="enter_rows") as entry:
        record = ImportRecord.objects.select_for_update().get(pk=import_id)
        if record.state not in OPEN:
            raise Stale(_("这份文件已经入库，不用再查。要改，请传改好的文件。"))
        _spec, entering = may_enter(who, record.list, record.source)
        record.state, record.progress, record.message = "checking", 5, ""
        record.save(update_fields=["state", "progress", "message"])
        entry.about, entry.list_id = f"import:{record.pk}", record.list_id
    if record.size <= SOON:
        check_rows_of(import_id, entering, today)
    else:
        run_beside(lambda: check_rows_of(import_id, entering, today), f"checking-{import_id}")


def check_rows_of(import_id: int, entering: Entering, today: date) -> None:
    """To the end: whatever goes wrong is written on the import, nobody waits at a page for what will never come."""
    record = ImportRecord.objects.get(pk=import_id)
    try:
        found = weigh(record, entering, today, lambda percent: _progress(import_id, percent))
        values = _checked(found)
        if values["state"] == "checked":
            values["preview"]["aside"] = set_aside(record, entering, today, found.facts_version, found.comparison)
    except Exception:
        log.exception("checking import %s", import_id)
        values = {"state": "unreadable", "message": BROKEN.format(name=record.name)}
    ImportRecord.objects.filter(pk=import_id, state="checking").update(progress=100, **values)


def _progress(import_id: int, percent: int) -> None:
    ImportRecord.objects.filter(pk=import_id).update(progress=percent)


def _checked(found: Weighed) -> dict[str, Any]:
    told = found.comparison
    if not found.intake.sheets and told.findings:
        return {"state": "unreadable", "message": told.findings[0].message, "counts": {}, "preview": {}, "problems": {}}
    columns = [f.message for f in told.findings if f.level == "error" and _is_whole(f)]
    counts = {"lines": found.intake.lines, "added": len(told.added), "changed": len(told.changed), "same": told.same,
              "wrong": len(told.wrong), "warnings": sum(f.level == "warning" for f in told.findings), "whole": len(columns)}
    preview = {"added": [_change(c) for c in told.added[:SHOWN]], "changed": [_change(c) for c in told.changed[:SHOWN]]}
    return {"state": "checked", "message": "", "counts": counts, "preview": preview, "problems": _problems(told.findings),
            "facts_version": found.facts_version}


def _is_whole(finding: Finding) -> bool:
    """An error in the header, or of the whole file: no row of that sheet can come in."""
    place = place_of(finding)
    return place is None or finding.id == "row.missing-column"


def _change(change: Change) -> dict[str, Any]:
    return {"sheet": change.sheet, "row": change.line, "key": change.key, "title": change.title, "fields": [list(f) for f in change.fields]}


def _problems(findings: Iterable[Finding]) -> dict[str, Any]:
    by_id: Counter[str] = Counter()
    found = []
    for finding in sorted(findings, key=_in_file_order):
        by_id[finding.id] += 1
        if by_id[finding.id] <= SHOWN:
            place = place_of(finding)
            found.append({"id": finding.id, "level": finding.level, "message": finding.message, "sheet": place.sheet if place else "",
                          "row": place.row if place else 0, "column": place.column if place else ""})
    return {"found": found, "by_id": dict(by_id)}


def _in_file_order(finding: Finding) -> tuple[int, str, int]:
    place = place_of(finding)
    return ({"error": 0, "warning": 1}.get(finding.level, 2), place.sheet if place else "", place.row if place else 0)
