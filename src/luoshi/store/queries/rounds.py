"""Reads about rounds of judging: which there are, one with its sheets, a judge's own sheets, who may judge. In: who, a list. Out: records, nouns.

Judges' names are for those with the right `see_judges`; everybody else sees codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q
from django.http import Http404

from luoshi.pack.own_register import read_register
from luoshi.pack.register_spec import RegisterSpec, Rubric
from luoshi.register.compare import Held, hold
from luoshi.register.record import REJECTED, fields_of, value_of
from luoshi.register.verdict import Decision, decide, why_barred
from luoshi.store.models import ListRecord, PersonRecord, RoundRecord, SheetRecord, SubjectRecord
from luoshi.store.queries.agreed import pack_of
from luoshi.store.queries.intake import held_rows
from luoshi.store.who import Who


@dataclass(frozen=True, slots=True)
class ExpertKnown:
    """「在册专家」 What the registers say of an account: its unit, and whom it is tied to."""

    unit: str = ""
    tied_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgeAtHand:
    """「可请的评委」 Somebody with a judge's post; unit: as the register of experts or the post says."""

    person: PersonRecord
    unit: str


@dataclass(frozen=True, slots=True)
class RoundAtHand:
    """「一轮评审」 With the register as it was when it began. sheets: by subject, in the order of judges."""

    record: RoundRecord
    spec: RegisterSpec
    rubric: Rubric
    sheets: tuple[SheetRecord, ...] = field(default=(), compare=False)

    @property
    def is_locked(self) -> bool:
        """Whether nothing in it changes any more."""
        return self.record.locked_at is not None


def why_tied(unit: str, known: ExpertKnown, subject: SubjectRecord) -> str:
    """Why a judge of that unit may not judge the subject: by the unit given for the round, by the expert's own, by a registered tie."""
    return why_barred(unit, known.tied_to, subject.name, subject.unit) or why_barred(known.unit, (), subject.name, subject.unit)


def registers_to_judge(record: ListRecord) -> tuple[RegisterSpec, ...]:
    """Those of the list's pack that have a rubric."""
    return tuple(spec for spec in pack_of(record).registers.values() if spec.rubric)


def rounds_of(who: Who, record: ListRecord) -> tuple[RoundRecord, ...]:
    """Newest first, each with how many sheets there are to sign and how many are signed: one query."""
    if not who.may("see_rounds"):
        return ()
    asked = Count("subjects__sheets", filter=Q(subjects__sheets__barred=""), distinct=True)
    signed = Count("subjects__sheets", filter=Q(subjects__sheets__signed_at__isnull=False), distinct=True)
    return tuple(RoundRecord.objects.filter(list=record).annotate(asked=asked, signed=signed, many=Count("subjects", distinct=True)))


def the_round(who: Who, record: ListRecord, round_id: int) -> RoundAtHand:
    """Http404 where it is not there, or not this list's. Two queries."""
    found = RoundRecord.objects.filter(list=record, pk=round_id).select_related("by", "locked_by").first() if who.may("see_rounds") else None
    if found is None:
        raise Http404
    return with_sheets(found)


def with_sheets(record: RoundRecord) -> RoundAtHand:
    """One query for the sheets, with subject, judge and person."""
    sheets = SheetRecord.objects.filter(subject__round=record).select_related("subject", "judge__person").order_by("subject_id", "judge_id")
    return at_hand(record, tuple(sheets))


def at_hand(record: RoundRecord, sheets: tuple[SheetRecord, ...] = ()) -> RoundAtHand:
    """The rubric as it was when the round began."""
    spec = read_register(record.spec)[0]
    assert spec is not None, "it was read when the round began"
    assert spec.rubric is not None, "only such a register is judged"
    return RoundAtHand(record, spec, spec.rubric, sheets)


def my_sheets(who: Who) -> tuple[SheetRecord, ...]:
    """What this person is asked to judge, open rounds first: one query."""
    mine = SheetRecord.objects.filter(judge__person_id=who.person_id).select_related("subject__round__list", "judge")
    return tuple(sorted(mine, key=lambda one: (one.subject.round.locked_at is not None, -one.subject.round_id, one.pk)))


def the_sheet(who: Who, sheet_id: int) -> SheetRecord:
    """Http404 where it is not this person's own: nobody else opens a sheet, whatever their post. One query."""
    mine = SheetRecord.objects.filter(judge__person_id=who.person_id, pk=sheet_id) if who.may("score_sheet") else SheetRecord.objects.none()
    found = mine.select_related("subject__round__list", "judge__person").first()
    if found is None:
        raise Http404
    return found


def judges_at_hand(record: ListRecord, rubric: Rubric) -> tuple[JudgeAtHand, ...]:
    """Everybody with a judge's post, by name. A few queries, however many there are."""
    people = PersonRecord.objects.filter(is_active=True, posts__role="judge").distinct().order_by("name", "pk").prefetch_related("posts__organ")
    known = experts_known(record, rubric)
    return tuple(JudgeAtHand(one, known.get(one.username.lower(), ExpertKnown()).unit or _unit_of(one)) for one in people)


def _unit_of(person: PersonRecord) -> str:
    return next((post.organ.name for post in person.posts.all() if post.role == "judge" and post.organ), "")


def experts_known(record: ListRecord, rubric: Rubric) -> dict[str, ExpertKnown]:
    """Sign-in name in small letters → what the registers of experts say now; rows that were rejected say nothing. Up to two queries and the
    pack's."""
    named = rubric.experts
    registers = pack_of(record).registers if named else {}
    if named is None or named.register_name not in registers or named.ties not in registers:
        return {}
    experts, ties = registers[named.register_name], registers[named.ties]
    tied: dict[str, list[str]] = {}
    for one in newest_rows(record, ties).values():
        tied.setdefault(str(value_of(one.record, ties, named.expert)), []).append(str(value_of(one.record, ties, named.tied_to)))
    return {str(account).lower(): ExpertKnown(str(value_of(one.record, experts, named.unit) or ""), tuple(tied.get(key, ())))
            for key, one in newest_rows(record, experts).items() if (account := value_of(one.record, experts, named.account))}


def newest_rows(record: ListRecord, spec: RegisterSpec) -> dict[str, Held]:
    """Key → the version recorded last, without those rejected: one query."""
    newest = {one.record.key: one for one in held_rows(record, spec)}
    return {key: one for key, one in newest.items() if one.record.level != REJECTED}


def places_now(record: ListRecord, rubric: Rubric) -> dict[str, int]:
    """Group → how many of it go on, where the rubric says by quota: one query."""
    quota = rubric.ranking.quota if rubric.ranking else None
    spec = pack_of(record).registers.get(quota.register_name) if quota else None
    if quota is None or spec is None:
        return {}
    rows = [one.record for one in newest_rows(record, spec).values()]
    return {str(value_of(row, spec, quota.group)): int(str(value_of(row, spec, quota.places) or 0)) for row in rows}


def names_of_judges(record: ListRecord, source: str) -> dict[str, str]:
    """Code → name, of every round of the register; for those who may see judges only. One query."""
    judges = SheetRecord.objects.filter(subject__round__list=record, subject__round__source=source)
    return dict(judges.values_list("judge__code", "judge__person__name").distinct())


def is_late(record: RoundRecord, today: date) -> bool:
    """Whether its day is over and it is still open."""
    return record.locked_at is None and record.due_on is not None and record.due_on < today


def decided(held: RoundAtHand, rows: Sequence[Mapping[str, str]], on: date) -> tuple[Decision, ...]:
    """What a locked round decided by itself, from the rows that it became. One query for quotas."""
    names = [one.name for one in fields_of(held.spec)]
    cells = [dict(zip(names, one.record.values, strict=True)) for one in hold(held.spec, list(rows))]
    return decide(held.rubric, cells, (), on, places_now(held.record.list, held.rubric))
