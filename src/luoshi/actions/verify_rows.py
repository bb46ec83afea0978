"""Rows are verified「核验」, sent back, or retired「停用」. In: which rows, to which level. Out: how many new versions were made.

A level is given by those whose business it is (`levels_of`), never by the person who entered the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from luoshi.actions.keep_evidence import keep_evidence
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.write_row import EVIDENCE, bump, joined
from luoshi.actions.writing import writing
from luoshi.pack.register_spec import FREE_FIELDS
from luoshi.pack.strict import VERIFICATION_WORDS
from luoshi.register.compare import recorded_anew
from luoshi.register.intake import OWN_TITLES
from luoshi.store.models import FactRecord, ListRecord
from luoshi.store.queries.intake import may_enter, the_spec
from luoshi.store.queries.verifying import verifying_of
from luoshi.store.who import NotAllowed, Who

SUPPLIER = FREE_FIELDS["supplier"]


def verify_rows(who: Who, at: datetime, today: date, list_id: int, source: str, keys: Sequence[str], level: str, reason: str = "",
                files: Sequence[tuple[str, bytes]] = ()) -> int:
    """level: county, lead, spot_checked or rejected. All or none; a rejection wants a reason. Raises StepRefused, NotAllowed."""
    with writing(who, "rows.verify", at, right="verify_rows", list_id=list_id) as entry:
        held = ListRecord.objects.select_for_update().get(pk=list_id)
        spec = the_spec(held, source)
        verifying = verifying_of(who, spec)
        if level not in verifying.levels:
            raise NotAllowed("verify_rows")
        if level == "rejected" and not reason.strip():
            raise StepRefused({"reason": _("退回要写理由：哪里不对、要怎么改。")})
        newest = _newest(held, source, keys)
        _check(who, newest, _entered_by(held, source, keys), verifying.suppliers)
        word = VERIFICATION_WORDS[level]
        pieces = [keep_evidence(who, at, list_id, name, content, "verify_rows", verifying.organ_id) for name, content in files]
        rows = {one.pk: recorded_anew(spec, one.row, {}, today, level) for one in newest if one.row.get(OWN_TITLES[1]) != word}
        made = FactRecord.objects.bulk_create([_version(who, at, one, rows[one.pk], pieces, "verify", reason) for one in newest if one.pk in rows])
        for one in made if pieces else ():
            one.files.set(pieces)
        if made:
            bump(held)
        entry.about = f"list:{list_id}"
        entry.detail = {"register": source, "keys": [one.key for one in made][:200], "rows": len(made), "to": word, "reason": reason.strip()}
    return len(made)


def retire_row(who: Who, at: datetime, today: date, list_id: int, source: str, key: str, reason: str) -> FactRecord:
    """The row stays with all its versions and counts no longer; a later correction takes it up again."""
    with writing(who, "rows.retire", at, right="enter_rows", list_id=list_id) as entry:
        held = ListRecord.objects.select_for_update().get(pk=list_id)
        spec, entering = may_enter(who, held, source)
        if not reason.strip():
            raise StepRefused({"reason": _("停用要写理由，例如登记重复、对象注销。")})
        found = _newest(held, source, [key])
        if not found or not entering.covers(found[0].row.get(SUPPLIER, "")):
            raise NotAllowed("enter_rows")
        row = recorded_anew(spec, found[0].row, {}, today, "rejected")
        made = _version(who, at, found[0], row, [], "retire", reason)
        made.save()
        bump(held)
        entry.about, entry.detail = f"fact:{made.pk}", {"register": source, "key": key, "reason": reason.strip()}
    return made


def _newest(held: ListRecord, source: str, keys: Sequence[str]) -> list[FactRecord]:
    """The newest version of each of the keys: one query."""
    rows = FactRecord.objects.filter(list=held, source=source, key__in=keys).order_by("id")
    return list({one.key: one for one in rows}.values())


def _entered_by(held: ListRecord, source: str, keys: Sequence[str]) -> dict[str, int | None]:
    """key → who wrote what it says now, whoever verified it since: one query."""
    rows = FactRecord.objects.filter(list=held, source=source, key__in=keys).exclude(act="verify").order_by("id").values_list("key", "by_id")
    return dict(rows)


def _check(who: Who, newest: Sequence[FactRecord], entered_by: dict[str, int | None], suppliers: tuple[str, ...] | None) -> None:
    if not newest:
        raise StepRefused({"all": _("没有选行。请先选要核验的行。")})
    own = [one.key for one in newest if entered_by.get(one.key) == who.person_id]
    if own:
        words = _("“%(key)s”是您自己登记的，要由别人核验。")
        raise StepRefused({"all": "".join(words % {"key": key} for key in own[:5])})
    if suppliers is not None and any(one.row.get(SUPPLIER, "").removeprefix("示例") not in suppliers for one in newest):
        raise NotAllowed("verify_rows")


def _version(who: Who, at: datetime, before: FactRecord, row: dict[str, str], pieces: Sequence[object], act: str, reason: str) -> FactRecord:
    if pieces:
        row = {**row, EVIDENCE: joined(row.get(EVIDENCE, ""), pieces)}
    return FactRecord(list_id=before.list_id, source=before.source, key=before.key, row=row, origin=before.origin, recorded_at=at,
                      by_id=who.person_id, act=act, reason=reason.strip(), batch_id=before.batch_id)
