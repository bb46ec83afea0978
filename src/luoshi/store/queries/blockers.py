"""Reads about blockers: the ledger, one with everything on it, which may be the same matter, those of a promise. Limited by Who."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from luoshi.plan.alike import Tokens, alike, share_in, tokens_of
from luoshi.store.models import CaseRecord, CaseStepRecord, ListRecord, ReportRecord
from luoshi.store.queries.cases import cases_of, steps_of
from luoshi.store.queries.office import calendar_of_list, presets_of
from luoshi.store.who import Who
from luoshi.supervision.blocker import LadderStand, Taken, ladders_for_blockers, stand_on
from luoshi.supervision.course import BLOCKER

SAME = 0.34
"""From which likeness a matter is proposed as the same: this product's own choice."""
SHOWN = 5
TALLIED = ("kind", "promise_id", "title", "state", "raised_on", "due_on", "next_on", "closed_on", "data")


@dataclass(frozen=True, slots=True)
class BlockerLine:
    """「难点一行」 A blocker as the ledger shows it. waited: days since it was raised, until it was closed."""

    case: CaseRecord
    waited: int
    is_open: bool
    is_overdue: bool
    needs_next: bool
    is_passed: bool = False

    @property
    def state_words(self) -> str:
        """已提出，待核实"""
        return BLOCKER.states[self.case.state]


@dataclass(frozen=True, slots=True)
class BlockerSums:
    """「难点统计」 explained stands apart: a matter that was only explained was not solved. passed: open ones whose next day went by."""

    open: int
    overdue: int
    needs_next: int
    solved: int
    explained: int
    merged: int
    passed: int = 0

    @property
    def any(self) -> bool:
        """Whether any was ever raised."""
        return bool(self.open + self.solved + self.explained + self.merged)


@dataclass(frozen=True, slots=True)
class BlockerPage:
    """「难点全貌」 same: others that may be the same matter, the likest first; merged: those taken into this one."""

    line: BlockerLine
    steps: tuple[CaseStepRecord, ...]
    support: tuple[str, ...]
    merged: tuple[CaseRecord, ...]
    same: tuple[CaseRecord, ...]
    others: tuple[CaseRecord, ...]
    ladders: tuple[LadderStand, ...]
    report: ReportRecord | None


@dataclass(frozen=True, slots=True)
class BlockerOfPromise:
    """「所涉难点」 As the pages of a target, a task and the board show it; it can be a key of what is kept. is_late: past its last day, or the day
    on which somebody was to take it up."""

    pk: int
    promise_id: str
    title: str
    state_words: str
    next_on: date | None
    due_on: date | None = None
    is_late: bool = False


def blockers_of(who: Who, record: ListRecord, today: date) -> tuple[BlockerLine, ...]:
    """Every blocker that the person may see: one query, however many."""
    return tuple(line_of(case, today) for case in cases_of(who, record, "blocker"))


def line_of(case: CaseRecord, today: date) -> BlockerLine:
    """No query."""
    is_open = case.state not in BLOCKER.closed
    return BlockerLine(case, ((case.closed_on or today) - case.raised_on).days, is_open,
                       is_open and case.state in ("triaged", "decided") and case.due_on is not None and case.due_on < today, needs_next(case, today),
                       is_open and case.next_on is not None and case.next_on < today)


def needs_next(case: CaseRecord, today: date) -> bool:
    """A cross-province one that nobody has to take up on any day to come."""
    return (case.kind == "blocker" and case.state not in BLOCKER.closed and case.data.get("level") == "cross_province"
            and (case.next_on is None or case.next_on < today))


def sums_of(lines: Iterable[BlockerLine]) -> BlockerSums:
    """Of those given."""
    given = tuple(lines)
    states = [line.case.state for line in given]
    return BlockerSums(sum(line.is_open for line in given), sum(line.is_overdue for line in given), sum(line.needs_next for line in given),
                       states.count("closed"), states.count("explained"), states.count("merged"), sum(line.is_passed for line in given))


def the_blocker(who: Who, record: ListRecord, case_id: int, today: date) -> BlockerPage:
    """One blocker; another kind of matter, or one that is not the person's, is not there."""
    seen = tuple(cases_of(who, record, "blocker").prefetch_related("support"))
    case = next((each for each in seen if each.pk == case_id), None)
    if case is None:
        raise Http404
    steps = steps_of(case)
    others = tuple(each for each in seen if each.pk != case_id and each.state != "merged")
    report = case.data.get("report", "")
    return BlockerPage(line_of(case, today), steps, tuple(organ.name for organ in case.support.all()),
                       tuple(each for each in seen if each.merged_into_id == case_id), likely_same(case, others), others,
                       ladders_of(record, case, steps, today),
                       ReportRecord.objects.select_related("organ").filter(pk=report).first() if report else None)


def likely_same(case: CaseRecord, others: Iterable[CaseRecord]) -> tuple[CaseRecord, ...]:
    """By the pairs of characters of title and text: the likest first, at most five."""
    mine = tokens_of(case.title, case.text)
    scored = sorted(((_likeness(mine, tokens_of(case.title), tokens_of(each.title, each.text), tokens_of(each.title)), each.pk, each)
                     for each in others), key=lambda one: (-one[0], one[1]))
    return tuple(each for score, _pk, each in scored if score >= SAME)[:SHOWN]


def _likeness(mine: Tokens, title: Tokens, other: Tokens, other_title: Tokens) -> float:
    """A short title that stands whole in another's text counts as much as two texts that share most of their words."""
    return max(alike(mine, other), alike(title, other_title), min(share_in(title, other), share_in(other_title, mine)))


def ladders_of(record: ListRecord, case: CaseRecord, steps: Iterable[CaseStepRecord], today: date) -> tuple[LadderStand, ...]:
    """What each ladder for blockers proposes. No query."""
    taken = tuple(Taken(step.act, step.on, date.fromisoformat(step.data["next_on"]) if "next_on" in step.data else step.due_on) for step in steps)
    unit, calendar = case.raised_by.name if case.raised_by else "督查室", calendar_of_list(record)
    if case.state in BLOCKER.closed or case.state in ("solved", "decided"):
        return ()
    return tuple(stand_on(preset, unit, case.title, case.raised_on, taken, calendar, today)
                 for preset in ladders_for_blockers(presets_of(record).ladders.values()))


@dataclass(frozen=True, slots=True)
class BlockerTally:
    """「难点概况」 What the board says of them all: it can be a key of what is kept. next_on: the nearest day on which one is taken up again."""

    sums: BlockerSums
    next_on: date | None
    of: tuple[BlockerOfPromise, ...]

    @property
    def by_promise(self) -> dict[str, tuple[BlockerOfPromise, ...]]:
        """Promise id → open ones that hang on it."""
        made: dict[str, tuple[BlockerOfPromise, ...]] = {}
        for each in self.of:
            made[each.promise_id] = (*made.get(each.promise_id, ()), each)
        return made


def tally_of(who: Who, record: ListRecord, today: date) -> BlockerTally | None:
    """One query, of a few columns: every board asks it. None for those who see no matters."""
    if not who.may("see_cases"):
        return None
    cases = cases_of(who, record, "blocker").select_related(None).only(*TALLIED)
    lines = tuple(line_of(case, today) for case in cases)
    opened = [line for line in lines if line.is_open]
    days = [line.case.next_on for line in opened if line.case.next_on is not None and line.case.next_on >= today]
    return BlockerTally(sums_of(lines), min(days, default=None), tuple(_of_promise(line, today) for line in opened if line.case.promise_id))


def _of_promise(line: BlockerLine, today: date) -> BlockerOfPromise:
    case = line.case
    return BlockerOfPromise(case.pk, case.promise_id, case.title, line.state_words, case.next_on, case.due_on,
                            line.is_overdue or line.is_passed)


def open_blockers(who: Who, record: ListRecord) -> tuple[BlockerOfPromise, ...]:
    """Open ones that hang on a target or milestone. One query."""
    if not who.may("see_cases"):
        return ()
    found = cases_of(who, record, "blocker", only_open=True).exclude(promise_id="").order_by("id")
    return tuple(BlockerOfPromise(case.pk, case.promise_id, case.title, BLOCKER.states[case.state], case.next_on) for case in found)


def report_to_raise(who: Who, record: ListRecord, report_id: int) -> ReportRecord:
    """A report that was sent, of a unit for which the person may raise a blocker; another's is not there."""
    found = ReportRecord.objects.filter(list=record, pk=report_id).exclude(state="draft").first()
    if found is None or not who.may("raise_case", found.organ_id):
        raise Http404
    return found
