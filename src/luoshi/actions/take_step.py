"""Take one step in a matter「办理一步」: sign for it, answer, verify, close, extend, return, escalate … as its course allows.

In: who, which matter, which act, what was given, the revision seen. Out: `CaseRecord`. Raises NotAllowed, Stale, StepRefused, EvidenceRefused;
then nothing is written. What an act needs stands in supervision/course.py; what it changes, in case_effects.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luoshi.actions.approve_change import approve_change
from luoshi.actions.case_effects import EFFECTS, check_next_day
from luoshi.actions.fit_ceiling import must_fit
from luoshi.actions.incoming_effects import keep_due
from luoshi.actions.keep_evidence import keep_evidence
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.writing import writing
from luoshi.store.models import CaseRecord, CaseStepRecord, ListRecord
from luoshi.store.queries.cases import parties_of
from luoshi.store.who import NotAllowed, Who
from luoshi.supervision.course import COURSES, CourseStep, Party

RIGHT_OF: dict[Party, str] = {"office": "supervise", "unit": "answer_case", "head": "answer_case", "leader": "decide_case",
                              "checker": "verify_case", "proposer": "raise_case", "lead": "raise_case"}
_WORDS_FOR = frozenset(("reason", "reply", "finding", "decision"))


@dataclass(frozen=True, slots=True)
class Given:
    """「办理内容」 on: the day it happened, not later than today. organ_id: who shall act from now on. merged_into_id: into which matter.
    over: the person saw that it is more than the unit's ceiling, and wants it all the same."""

    on: date
    text: str = ""
    due_on: date | None = None
    next_on: date | None = None
    organ_id: int | None = None
    merged_into_id: int | None = None
    place: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()
    over: bool = False


def take_step(who: Who, at: datetime, today: date, case_id: int, act: str, given: Given, revision: int) -> CaseRecord:
    """Of two people who act at once, the second gets Stale: nobody's step is lost, and both are shown."""
    seen = CaseRecord.objects.get(pk=case_id)
    step = _step(seen, act)
    party = _party(who, seen, step)
    organ_id = {"unit": seen.organ_id, "head": seen.organ_id, "proposer": seen.raised_by_id, "lead": seen.raised_by_id}.get(party)
    right = "supervise" if organ_id is None and party in ("proposer", "lead") else RIGHT_OF[party]
    with writing(who, f"{seen.kind}.{act}", at, right=right, list_id=seen.list_id, organ_id=organ_id) as entry:
        ListRecord.objects.select_for_update().get(pk=seen.list_id)
        case = CaseRecord.objects.select_for_update().get(pk=case_id)
        if case.revision != revision or case.state != step.at:
            raise Stale(_("您打开页面以后，有人办过一步：现在是“%(state)s”。请看清楚现在的情况；您写的字还在下面。") % {
                "state": COURSES[case.kind].states[case.state]})
        _check(who, case, step, given, today)
        if (case.kind, act) == ("slip", "issue"):
            must_fit(case.list, today, "slip", given.organ_id or case.organ_id, given.over)
        before = {"state": case.state, "due_on": case.due_on and case.due_on.isoformat(), "organ": case.organ_id}
        case.state, case.revision, case.changed_at = step.to, case.revision + 1, at
        case.next_on = given.next_on or case.next_on
        if case.state in COURSES[case.kind].closed:
            case.closed_on, case.next_on = given.on, None
        EFFECTS.get(f"{case.kind}.{act}", EFFECTS.get(act, _no_more))(case, given, today)
        check_next_day(case, today)
        case.save()
        _keep(who, at, case, step, given, organ_id, right)
        if case.kind == "incoming":
            keep_due(case, today)
        if (case.kind, act) == ("change", "approve"):
            approve_change(who, at, case, given.text)
        after = {"state": case.state, "due_on": case.due_on and case.due_on.isoformat(), "organ": case.organ_id}
        entry.about, entry.detail = f"case:{case.pk}", {name: [before[name], after[name]] for name in before if before[name] != after[name]}
        entry.detail |= ({"text": given.text} if given.text else {}) | ({"over_ceiling": True} if given.over else {})
    return case


def _step(case: CaseRecord, act: str) -> CourseStep:
    step = COURSES[case.kind].step(case.state, act)
    if step is None:
        raise Stale(_("这件事现在是“%(state)s”，不能再做这一步：刚才有人先做了。请看下面的经过。") % {"state": COURSES[case.kind].states[case.state]})
    return step


def _party(who: Who, case: CaseRecord, step: CourseStep) -> Party:
    mine = parties_of(who, case)
    for party in step.by:
        if party in mine:
            return party
    raise NotAllowed(f"{case.kind}.{step.act}")


def _check(who: Who, case: CaseRecord, step: CourseStep, given: Given, today: date) -> None:
    """Everything that the step needs, so that one answer names all that is missing."""
    problems: dict[str, str] = {}
    if given.on > today:
        problems["on"] = _("日期还没有到。请写事情发生的那一天，最晚是今天。")
    if given.on < case.raised_on:
        problems["on"] = _("日期早于这件事提出的那一天。请核对。")
    if _WORDS_FOR & set(step.needs) and not given.text.strip():
        problems["text"] = {"reason": _("没有写理由。对方要据此改，请写一两句。"), "reply": _("没有写办理情况。请写做了什么、结果怎样。"),
                            "finding": _("没有写核验结果。请写怎么核的、看到了什么。"), "decision": _("没有写决定。请写清由谁做、做什么。")}[
            next(need for need in step.needs if need in _WORDS_FOR)]
    problems |= _date_problems(case, step, given, today)
    if "unit" in step.needs and given.organ_id is None and case.organ_id is None:
        problems["organ"] = _("没有写由谁办。请选一个单位。")
    if "another_person" in step.needs and _replied_by(case) == who.person_id:
        problems["all"] = _("回复是您自己写的，不能由您自己核验。请另一位同事核验。")
    if "place" in step.needs and not given.place.strip():
        problems["place"] = _("没有写核验地点。到现场核的写到哪里，看材料核的写“资料核验”。")
    if "evidence" in step.needs and not given.files:
        problems["papers"] = _("没有附佐证。请附文件或照片。")
    if problems:
        raise StepRefused(problems)


def _date_problems(case: CaseRecord, step: CourseStep, given: Given, today: date) -> dict[str, str]:
    problems = {}
    if "due" in step.needs:
        due = given.due_on or (case.due_on if step.act == "issue" else None)
        if due is None:
            problems["due_on"] = _("没有写期限。请写一个确切的日期，例如2019-10-31。")
        elif due < today or (step.act in ("ask_extension", "extend") and case.due_on is not None and due <= case.due_on):
            problems["due_on"] = _("新的期限要晚于今天，也要晚于原来的期限。")
    if ("next_date" in step.needs and given.next_on is None) or (given.next_on is not None and given.next_on < today):
        problems["next_on"] = _("没有写下次什么时候办。请写今天以后的一天。")
    if "before_due" in step.needs and case.due_on is not None and today > case.due_on:
        problems["all"] = _("期限已过，不能再申请延期。请先回复办理情况，说明原因。")
    return problems


def _replied_by(case: CaseRecord) -> int | None:
    last = case.steps.filter(act="reply").order_by("-id").first()
    return last.by_id if last else None


def _keep(who: Who, at: datetime, case: CaseRecord, step: CourseStep, given: Given, organ_id: int | None, right: str) -> None:
    data = ({"place": given.place} if given.place else {}) | ({"next_on": given.next_on.isoformat()} if given.next_on else {})
    data |= {"clock": given.data["clock"]} if given.data.get("clock") else {}
    kept = CaseStepRecord.objects.create(case=case, act=step.act, from_state=step.at, to_state=step.to, on=given.on, at=at, by_id=who.person_id,
                                         organ_id=organ_id, text=given.text.strip(),
                                         due_on=case.due_on if step.act == "issue" else given.due_on, data=data)
    kept.evidence.set([keep_evidence(who, at, case.list_id, name, content, right, organ_id) for name, content in given.files])


def _no_more(case: CaseRecord, given: Given, today: date) -> None:
    """Most acts only move the matter on."""
