"""A row reaches its next stage「流转」, as its register states. In: which row, which act, the day it happened, evidence. Out: `FactRecord`.

What a transition asks (evidence, days since the stage before) is asked here; a step that is none of those stated wants a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from luoshi.actions.keep_evidence import keep_evidence
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.write_row import EVIDENCE, bump, joined, newest_of
from luoshi.actions.writing import writing
from luoshi.pack.register_spec import FREE_FIELDS, RegisterSpec
from luoshi.register.compare import hold, recorded_anew
from luoshi.register.lifecycle import check_stages
from luoshi.store.models import FactRecord, ListRecord
from luoshi.store.queries.agreed import pack_of
from luoshi.store.queries.intake import may_enter
from luoshi.store.who import NotAllowed, Who

STAGE, HAPPENED = FREE_FIELDS["stage"], FREE_FIELDS["happened_on"]


@dataclass(frozen=True, slots=True)
class Move:
    """「一步流转」 to: the stage; on: the day it happened; version: id of the row the form was made from; evidence: a document's number."""

    to: str
    on: date
    version: int
    evidence: str = ""
    reason: str = ""
    files: Sequence[tuple[str, bytes]] = ()


def move_row(who: Who, at: datetime, today: date, list_id: int, source: str, key: str, move: Move) -> FactRecord:
    """Raises StepRefused, Stale, Http404."""
    with writing(who, "rows.move", at, right="enter_rows", list_id=list_id) as entry:
        held = ListRecord.objects.select_for_update().get(pk=list_id)
        spec, entering = may_enter(who, held, source)
        before = FactRecord.objects.filter(list=held, source=source, key=key).order_by("-id").first()
        if before is None or newest_of(held, source, key) != move.version:
            raise Stale(_("您打开页面以后，这一行有人改过。请看清楚现在的阶段再办。"))
        if not entering.covers(before.row.get(FREE_FIELDS["supplier"], "")):
            raise NotAllowed("enter_rows")
        _check_day(spec, before.row, move, today)
        pieces = [keep_evidence(who, at, list_id, name, content, "enter_rows", entering.organ_id) for name, content in move.files]
        row = _moved(spec, before.row, move, today, joined(move.evidence, pieces))
        _check_move(held, spec, before.row, row, move)
        made = FactRecord.objects.create(list=held, source=source, key=key, row=row, origin="表单", recorded_at=at, by_id=who.person_id,
                                         act="stage", reason=move.reason.strip())
        made.files.set(pieces)
        bump(held)
        entry.about = f"fact:{made.pk}"
        entry.detail = {"register": source, "key": key, "stage": [before.row.get(STAGE, ""), move.to], "on": move.on, "reason": move.reason}
    return made


def _moved(spec: RegisterSpec, row: dict[str, str], move: Move, today: date, evidence: str) -> dict[str, str]:
    """The evidence of a stage proves that stage; what proved the one before stays with that version."""
    made = recorded_anew(spec, row, {STAGE: move.to, HAPPENED: move.on.isoformat(), EVIDENCE: evidence}, today)
    return {title: text for title, text in made.items() if text}


def _check_day(spec: RegisterSpec, row: dict[str, str], move: Move, today: date) -> None:
    problems = {}
    if move.to not in spec.stages:
        problems["to"] = _("这本台账没有这个阶段。请选列出的一个。")
    if move.on > today:
        problems["on"] = _("这一天还没有到。请写事情发生的那一天，最晚是今天。")
    if problems:
        raise StepRefused(problems)


def _check_move(held: ListRecord, spec: RegisterSpec, before: dict[str, str], after: dict[str, str], move: Move) -> None:
    """What the register asks of this step. A missing piece of evidence is refused; a short time or an unstated step wants a reason."""
    stated = next((one for one in spec.transitions if (one.source, one.to) == (before.get(STAGE, ""), move.to)), None)
    if stated and stated.evidence and not after.get(EVIDENCE):
        raise StepRefused({"evidence": _("到“%(stage)s”要有佐证：%(evidence)s。请附文件或照片，或写文号。") % {
            "stage": move.to, "evidence": stated.evidence}})
    rows = hold(spec, [before, after])
    found = check_stages(spec, [one.record for one in rows], pack_of(held).calendar)
    if len(rows) == 2 and rows[0].record.happened_on and move.on < rows[0].record.happened_on:
        raise StepRefused({"on": _("早于上一个阶段的日期%(on)s。请核对。") % {"on": rows[0].record.happened_on}})
    if found and not move.reason.strip():
        raise StepRefused({"reason": "".join(finding.message for finding in found)})
