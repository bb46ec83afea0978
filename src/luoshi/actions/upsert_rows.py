"""Rows of a register from a program「接口写入」: by key, idempotent, whole or the good ones. In: who, rows as column → text. Out: `Upserted`.

The same rules as for a file. There is nobody who could give a reason: a warning keeps its row out unless the caller accepts warnings, with a
reason that is kept with every row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from luoshi.actions.write_row import bump
from luoshi.actions.writing import writing
from luoshi.provenance import Finding
from luoshi.register.compare import Change, Comparison, compare_rows
from luoshi.register.intake import place_of, read_sheets
from luoshi.register.sheet import Sheet
from luoshi.store.models import FactRecord, ListRecord
from luoshi.store.queries.intake import around, held_rows, may_enter, personal_secret
from luoshi.store.queries.lists import the_list
from luoshi.store.who import Who

ORIGIN = "接口"
BATCH = 2000


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """「逐行答复」 number: of the row in the request, from 1. state: added, changed, same or refused. reasons: what is wrong with it."""

    number: int
    key: str
    state: str
    reasons: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Upserted:
    """「写入结果」 done: whether anything was written; whole: nothing is written where a row is refused."""

    done: bool
    rows: tuple[RowAnswer, ...]


def upsert_rows(who: Who, at: datetime, today: date, list_id: int, source: str, rows: Sequence[Mapping[str, str]], *, whole: bool,
                reason: str = "", system: str = "") -> Upserted:
    """reason: accepts warnings. system: the token's name, for the origin. The same rows again write nothing and leave no journal entry."""
    held = the_list(who, list_id)
    spec, entering = may_enter(who, held, source)
    who.must("enter_rows")
    header = tuple(dict.fromkeys(title for row in rows for title in row))
    lines = tuple((number, tuple(row.get(title, "").strip() for title in header)) for number, row in enumerate(rows, 1))
    intake = read_sheets(spec, (Sheet(ORIGIN, source, header, lines),), (), ORIGIN, personal_secret())
    with writing(who, "rows.write", at, right="enter_rows", list_id=list_id, organ_id=entering.organ_id) as entry:
        held = ListRecord.objects.select_for_update().get(pk=list_id)
        found = compare_rows(spec, intake, held_rows(held, spec), around(held, spec, entering, today))
        refused = _refused(found.findings, len(rows), accepts=bool(reason.strip()))
        answers = _answers(found, {line: _key(intake.rows, line) for line, _ in lines}, refused)
        good = [change for change in (*found.added, *found.changed) if change.line not in refused]
        done = bool(good) and not (whole and refused)
        if done:
            origin = f"{ORIGIN} {system}".strip()
            FactRecord.objects.bulk_create([_fact(who, at, held, source, change, origin, reason) for change in good], batch_size=BATCH)
            bump(held)
        counts = {state: sum(one.state == state for one in answers) for state in ("added", "changed", "same", "refused")}
        entry.about, entry.detail = f"list:{list_id}", {"register": source, "system": system, "done": done, "whole": whole, **counts}
    return Upserted(done, answers)


def _refused(findings: Sequence[Finding], rows: int, accepts: bool) -> dict[int, tuple[tuple[str, str, str], ...]]:
    """Row number → (id, column, message). What is wrong with a column as a whole is wrong with every row."""
    told: dict[int, list[tuple[str, str, str]]] = {}
    for finding in findings:
        if finding.level == "error" or (finding.level == "warning" and not accepts):
            place = place_of(finding)
            whole = place is None or place.row < 1 or finding.id in {"row.missing-column", "row.unknown-column", "row.repeated-column"}
            for number in range(1, rows + 1) if whole else (place.row,) if place else ():
                told.setdefault(number, []).append((finding.id, place.column if place else "", finding.message))
    return {number: tuple(ones) for number, ones in told.items()}


def _key(rows: Sequence[object], line: int) -> str:
    return next((row.record.key for row in rows if row.row == line), "")     # type: ignore[attr-defined]


def _answers(found: Comparison, keys: Mapping[int, str], refused: Mapping[int, tuple[tuple[str, str, str], ...]]) -> tuple[RowAnswer, ...]:
    states = {change.line: "added" for change in found.added} | {change.line: "changed" for change in found.changed}
    return tuple(RowAnswer(line, key, "refused" if line in refused else states.get(line, "same"), refused.get(line, ()))
                 for line, key in keys.items())


def _fact(who: Who, at: datetime, held: ListRecord, source: str, change: Change, origin: str, reason: str) -> FactRecord:
    return FactRecord(list=held, source=source, key=change.key, row=change.row, origin=f"{origin} 第{change.line}行", recorded_at=at,
                      by_id=who.person_id, act="api", reason=reason.strip())
