"""What was judged in a round, as rows of its register「评定入账」. In: a round with its sheets. Out: rows, column title → text.

Judges are called by their codes: names stay with the round. A sheet that was not signed says so by its empty day.
"""

from __future__ import annotations

from datetime import date

from luoshi.pack.register_spec import FREE_FIELDS
from luoshi.pack.strict import VERIFICATION_WORDS
from luoshi.register.verdict import NO_RELATION
from luoshi.store.clock import told_at
from luoshi.store.models import SheetRecord
from luoshi.store.queries.rounds import RoundAtHand

TIED, UNDECLARED = "其他", ""


def rows_of_round(held: RoundAtHand, today: date) -> list[dict[str, str]]:
    """One for each sheet, in their order."""
    return [_row(held, sheet, today) for sheet in held.sheets]


def _row(held: RoundAtHand, sheet: SheetRecord, today: date) -> dict[str, str]:
    rubric, signed = held.rubric, sheet.signed_at is not None and not sheet.barred
    day = told_at(sheet.signed_at).date() if sheet.signed_at and signed else None
    cells: dict[str | None, str] = {
        rubric.judge: sheet.judge.code, rubric.judge_unit: sheet.judge.unit, rubric.relation: _relation(held, sheet),
        rubric.round: str(held.record.number), rubric.locked: day.isoformat() if day else ""}
    if signed:
        cells |= {rubric.opinion: sheet.opinion, rubric.words: sheet.words, **sheet.scores}
    titles = {field.name: field.title for field in held.spec.fields}
    row = {**sheet.subject.cells, **{titles[name]: text for name, text in cells.items() if name}}
    row |= {FREE_FIELDS["supplier"]: held.spec.supply.unit, FREE_FIELDS["happened_on"]: (day or today).isoformat(),
            FREE_FIELDS["recorded_on"]: today.isoformat(), FREE_FIELDS["verification"]: VERIFICATION_WORDS[held.spec.counts_from]}
    return {title: text for title, text in row.items() if text}


def _relation(held: RoundAtHand, sheet: SheetRecord) -> str:
    """Barred by what is registered, not by what was declared: any relation but 无, so that the row says that the judge stood aside."""
    if sheet.barred and sheet.relation in (NO_RELATION, UNDECLARED):
        choices = next(field.choices for field in held.spec.fields if field.name == held.rubric.relation)
        return TIED if TIED in choices else next(choice for choice in choices if choice != NO_RELATION)
    return sheet.relation
