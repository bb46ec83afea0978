"""A judge's own score sheet「评分」: the relation is declared first, then points are given, then it is signed. In: who, the sheet, what is said.
Out: `SheetRecord`. Raises Barred, StepRefused, Stale, Http404. What is signed changes no more; a correction is another round.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.writing import writing
from luoshi.pack.register_spec import Rubric
from luoshi.register.verdict import NO_RELATION
from luoshi.store.models import RoundRecord, SheetRecord
from luoshi.store.queries.rounds import ExpertKnown, RoundAtHand, at_hand, experts_known, the_sheet, why_tied
from luoshi.store.who import Who

DECIMALS = 2


class Barred(Exception):
    """「应当回避」 The judge may not open this sheet: str(error) is the reason. Answered with 403, and journalled."""


@dataclass(frozen=True, slots=True)
class SheetText:
    """「所评」 scores: field of a criterion → as it was typed."""

    scores: Mapping[str, str]
    opinion: str = ""
    words: str = ""


def open_sheet(who: Who, sheet_id: int) -> tuple[SheetRecord, RoundAtHand]:
    """The judge's own sheet, if nothing speaks against it, also of what was registered since the round began."""
    sheet = the_sheet(who, sheet_id)
    held = at_hand(sheet.subject.round)
    if not held.is_locked and sheet.signed_at is None:
        known = experts_known(held.record.list, held.rubric).get(sheet.judge.person.username.lower(), ExpertKnown())
        tied = why_tied(sheet.judge.unit, known, sheet.subject)
        if tied:
            raise Barred(tied)
    if sheet.barred:
        raise Barred(sheet.barred)
    return sheet, held


def declare_relation(who: Who, at: datetime, sheet_id: int, relation: str, revision: int) -> SheetRecord:
    """Anything but 无 closes the sheet for this judge."""
    with writing(who, "sheet.declare", at, right="score_sheet") as entry:
        sheet, held = _hold(who, sheet_id, revision)
        choices = next(field.choices for field in held.spec.fields if field.name == held.rubric.relation)
        if relation not in choices:
            raise StepRefused({"relation": _("请选一项：有没有利益关系。")})
        sheet.relation, sheet.revision = relation, sheet.revision + 1
        if relation != NO_RELATION:
            sheet.barred, sheet.scores, sheet.opinion, sheet.words = f"本人申报了“{relation}”", {}, "", ""
        sheet.save()
        entry.about, entry.list_id, entry.detail = f"sheet:{sheet.pk}", held.record.list_id, {"relation": relation}
    return sheet


def fill_sheet(who: Who, at: datetime, sheet_id: int, text: SheetText, revision: int, sign: bool) -> SheetRecord:
    """Kept as a draft, or signed: then everything has to be there."""
    with writing(who, "sheet.sign" if sign else "sheet.save", at, right="score_sheet") as entry:
        sheet, held = _hold(who, sheet_id, revision)
        if sheet.relation != NO_RELATION:
            raise StepRefused({"all": _("请先申报有没有利益关系。")})
        problems = _problems(held.rubric, text, sign)
        if problems:
            raise StepRefused(problems)
        sheet.scores = {name: score for one in held.rubric.criteria if (score := text.scores.get(name := one.field, "").strip())}
        sheet.opinion, sheet.words, sheet.revision = text.opinion, text.words.strip(), sheet.revision + 1
        sheet.signed_at = at if sign else None
        sheet.save()
        entry.about, entry.list_id = f"sheet:{sheet.pk}", held.record.list_id
        entry.detail = {"revision": sheet.revision, **({"digest": digest_of(sheet)} if sign else {})}
    return sheet


def digest_of(sheet: SheetRecord) -> str:
    """Of what was signed: the journal proves that it did not change, and tells nobody what it says."""
    said = [sheet.pk, sheet.relation, sheet.scores, sheet.opinion, sheet.words]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _hold(who: Who, sheet_id: int, revision: int) -> tuple[SheetRecord, RoundAtHand]:
    """The round, locked against being closed meanwhile; Stale where it or the sheet is past changing, or was changed in another window."""
    sheet, held = open_sheet(who, sheet_id)
    record = RoundRecord.objects.select_for_update(of=("self",)).get(pk=held.record.pk)
    sheet.refresh_from_db(fields=["revision", "signed_at", "barred", "relation"])
    if record.locked_at is not None:
        raise Stale(_("这一轮已经锁定，不能再评。要更正，请办公室另评一轮。"))
    if sheet.signed_at is not None:
        raise Stale(_("这张评分表您已经签定，不能再改。要更正，请办公室另评一轮。"))
    if sheet.revision != revision:
        raise Stale(_("您在另一个窗口改过这张评分表，这次没有存。下面是您刚填的，请核对后再存。"))
    return sheet, held


def _problems(rubric: Rubric, text: SheetText, sign: bool) -> dict[str, str]:
    found = {}
    for one in rubric.criteria:
        written = text.scores.get(one.field, "").strip()
        if not written and sign:
            found[one.field] = _("没有打分。")
        elif written and not _is_score(written, one.points):
            found[one.field] = _("要写0到%(points)d之间的数，最多%(n)d位小数。") % {"points": one.points, "n": DECIMALS}
    if sign and rubric.opinion and not text.opinion:
        found["opinion"] = _("没有选评定意见。")
    if sign and rubric.words and not text.words.strip():
        found["words"] = _("没有写评语：为什么这样评，凭什么。")
    return found


def _is_score(written: str, points: int) -> bool:
    try:
        score = Decimal(written)
    except InvalidOperation:
        return False
    exponent = score.as_tuple().exponent
    return score.is_finite() and Decimal(0) <= score <= points and isinstance(exponent, int) and exponent >= -DECIMALS
