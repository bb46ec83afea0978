"""Write rows of a register by hand「登记」「更正」: a new row, or a new version of one that is there; nothing is edited in place.

In: who, the list, the register, what the fields say. Out: `FactRecord`s. The same rules hold as for a file: errors are refused by field, a
warning wants a reason, the row waits for verification anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db.models import F
from django.utils.translation import gettext as _

from luoshi.actions.keep_evidence import keep_evidence
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.writing import writing
from luoshi.pack.register_spec import FREE_FIELDS, RegisterSpec
from luoshi.provenance import Finding
from luoshi.register.compare import Change, Comparison, compare_rows
from luoshi.register.intake import place_of, read_sheets
from luoshi.register.sheet import Sheet
from luoshi.store.models import EvidenceRecord, FactRecord, ListRecord
from luoshi.store.queries.entering import Entering
from luoshi.store.queries.intake import around, held_rows, may_enter, personal_secret
from luoshi.store.who import Who

FORM = "表单"
EVIDENCE = FREE_FIELDS["evidence"]
Files = Sequence[tuple[str, bytes]]


def write_row(who: Who, at: datetime, today: date, list_id: int, source: str, cells: Mapping[str, str], *, key: str = "", version: int = 0,
              reason: str = "", files: Files = ()) -> FactRecord:
    """key: of the row that is corrected; "": a new one. version: id of the row that the form was made from. cells: column → text."""
    with writing(who, "rows.correct" if key else "rows.enter", at, right="enter_rows", list_id=list_id) as entry:
        held, spec, entering = _at_hand(who, list_id, source)
        if key and newest_of(held, source, key) != version:
            raise Stale(_("您打开页面以后，这一行有人改过。请看清楚现在的内容再改；您写的还在下面。"))
        pieces = _attach(who, at, held, entering, files)
        cells = {**cells, EVIDENCE: joined(cells.get(EVIDENCE, ""), pieces)} if pieces else dict(cells)
        change, found = _weigh_one(held, spec, entering, today, cells, key, reason)
        made = keep_change(who, at, held, source, change, "correct" if key else "enter", reason)
        made.files.set(pieces)
        bump(held)
        entry.about = f"fact:{made.pk}"
        entry.detail = {"register": source, "key": made.key, "changed": {title: [was, now] for title, was, now in change.fields},
                        "reason": reason, "accepted": [finding.message for finding in found]}
    return made


def set_column(who: Who, at: datetime, today: date, list_id: int, source: str, keys: Sequence[str], title: str, text: str, reason: str) -> int:
    """「批量改」 One column of several rows, all or none. Out: how many changed. Raises StepRefused with the rows that cannot take it."""
    with writing(who, "rows.correct", at, right="enter_rows", list_id=list_id) as entry:
        held, spec, entering = _at_hand(who, list_id, source)
        if not reason.strip():
            raise StepRefused({"reason": _("没有写理由。请写为什么要改，例如依据的文件。")})
        rows = newest_rows(held, source, keys)
        sheet = _sheet(spec, [{**row, title: text} for row in rows.values()])
        compared = _compare(held, spec, entering, today, sheet)
        _refuse(compared.findings, {number: key for number, key in enumerate(rows, 1)})
        made = [_fact(who, at, held, source, change, "correct", reason) for change in compared.changed]
        FactRecord.objects.bulk_create(made)
        if made:
            bump(held)
        entry.about = f"list:{list_id}"
        entry.detail = {"register": source, "keys": [one.key for one in made], "column": title, "to": text, "reason": reason}
    return len(made)


def newest_of(held: ListRecord, source: str, key: str) -> int:
    """The id of the newest version of a row."""
    return FactRecord.objects.filter(list=held, source=source, key=key).order_by("-id").values_list("pk", flat=True).first() or 0


def newest_rows(held: ListRecord, source: str, keys: Sequence[str]) -> dict[str, dict[str, str]]:
    """key → the newest version as it is written, for the keys that are there: one query."""
    rows = FactRecord.objects.filter(list=held, source=source, key__in=keys).order_by("id").values_list("key", "row")
    return dict(rows)


def joined(written: str, pieces: Sequence[object]) -> str:
    """What 佐证 says with the files that were attached, each by its hash: reuse is then seen, whatever the file is called."""
    hashes = [f"sha256:{piece.sha256}" for piece in pieces]      # type: ignore[attr-defined]
    return "；".join(dict.fromkeys([part for part in written.split("；") if part.strip()] + hashes))


def bump(held: ListRecord) -> None:
    """Whatever is computed from the list's facts is told anew."""
    ListRecord.objects.filter(pk=held.pk).update(facts_version=F("facts_version") + 1)


def keep_change(who: Who, at: datetime, held: ListRecord, source: str, change: Change, act: str, reason: str) -> FactRecord:
    """One new version, kept."""
    made = _fact(who, at, held, source, change, act, reason)
    made.save()
    return made


def _fact(who: Who, at: datetime, held: ListRecord, source: str, change: Change, act: str, reason: str) -> FactRecord:
    return FactRecord(list=held, source=source, key=change.key, row=change.row, origin=FORM, recorded_at=at, by_id=who.person_id, act=act,
                      reason=reason.strip())


def _at_hand(who: Who, list_id: int, source: str) -> tuple[ListRecord, RegisterSpec, Entering]:
    """The list, locked: two people who write at once do so one after the other."""
    held = ListRecord.objects.select_for_update().get(pk=list_id)
    return held, *may_enter(who, held, source)


def _attach(who: Who, at: datetime, held: ListRecord, entering: Entering, files: Files) -> list[EvidenceRecord]:
    return [keep_evidence(who, at, held.pk, name, content, "enter_rows", entering.organ_id) for name, content in files]


def _sheet(spec: RegisterSpec, rows: Sequence[Mapping[str, str]]) -> Sheet:
    header = tuple(dict.fromkeys(title for row in rows for title in row))
    lines = tuple((number, tuple(row.get(title, "").strip() for title in header)) for number, row in enumerate(rows, 1))
    return Sheet(FORM, spec.register_name, header, lines)


def _compare(held: ListRecord, spec: RegisterSpec, entering: Entering, today: date, sheet: Sheet) -> Comparison:
    intake = read_sheets(spec, (sheet,), (), FORM, personal_secret())
    return compare_rows(spec, intake, held_rows(held, spec), around(held, spec, entering, today))


def _weigh_one(held: ListRecord, spec: RegisterSpec, entering: Entering, today: date, cells: Mapping[str, str], key: str,
               reason: str) -> tuple[Change, list[Finding]]:
    """The one change that the form makes; and the warnings that its reason accepts."""
    compared = _compare(held, spec, entering, today, _sheet(spec, [cells]))
    _refuse(compared.findings)
    warnings = [finding for finding in compared.findings if finding.level == "warning"]
    if (warnings or key) and not reason.strip():
        told = "".join(finding.message for finding in warnings) or _("更正要写理由，例如依据的文件、核实的经过。")
        raise StepRefused({"reason": told})
    change = next(iter((*compared.added, *compared.changed)), None)
    if change is None:
        raise StepRefused({"all": _("和台账里的一样，什么都没有变。")})
    if key and change.key != key:
        raise StepRefused({"all": _("编号变了，就是另一行。要登记另一行，请用“新增一行”；原来这一行不再用，请停用。")})
    if not key and change.before is not None:
        raise StepRefused({"all": _("台账里已经有“%(key)s”这一行。要更正它，请到那一行去改。") % {"key": change.key}})
    return change, warnings


def _refuse(findings: Sequence[Finding], names: Mapping[int, str] | None = None) -> None:
    """By column, so that each complaint stands beside its field; with names: by row."""
    problems: dict[str, str] = {}
    for finding in findings:
        place = place_of(finding)
        if finding.level == "error":
            where = (names or {}).get(place.row, "") if names and place else place.column if place else ""
            problems[where or "all"] = problems.get(where or "all", "") + finding.message.replace("这一行没有导入。", "")
    if problems:
        raise StepRefused(problems)
