"""Confirm what was read as the next version of a list's plan「方案版本」.

In: who, the document, the answers to its questions, the version that the form was made from. Out: `PlanRecord`: canonical JSON, never
edited afterwards; units that were not known yet; who leads and supports what. Raises Stale, NothingRead.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.carry_plan import carry_plan
from luoshi.actions.stale import Stale
from luoshi.actions.writing import writing
from luoshi.plan.plan import Plan, holders_of, plan_to_json
from luoshi.plan.restore import plan_from_json
from luoshi.plan.revise import revise_plan
from luoshi.plan.step_log import log_from_json
from luoshi.store.models import AliasRecord, DocumentRecord, DutyRecord, ListRecord, OrganRecord, PlanRecord
from luoshi.store.who import Who


class NothingRead(Exception):
    """「无可确认」 The document gave no task: there is nothing that could be put in force."""


def confirm_plan(who: Who, at: datetime, document_id: int, answers: dict[str, str], expected: int,
                 mark: str | None = None, reasons: dict[str, str] | None = None) -> PlanRecord:
    """expected: number of the version in force when the form was shown, 0 where there was none. mark: of the steps that it showed, None: any.
    reasons: why something is asked less than by the version in force, by change; ids of that version stay. Raises ReasonWanted too.

    Of two people who confirm, the second is told. Questions without an answer stay questions of the confirmed plan."""
    with writing(who, "plan.confirm", at, right="confirm_plan") as entry:
        list_id = DocumentRecord.objects.values_list("list_id", flat=True).get(pk=document_id)
        held = ListRecord.objects.select_for_update().get(pk=list_id)
        document = DocumentRecord.objects.select_for_update().get(pk=document_id)
        _must_be_current(held, document, expected)
        log = log_from_json(document.log)
        if mark is not None and mark != log.mark:
            raise Stale(_("您打开页面以后，别人又答了问题或改了草案，所以还没有确认。下面是现在的样子，请看清楚再确认。"))
        plan = revise_plan(plan_from_json(document.plan or {}), answers, log.edits()).plan
        if not plan.tasks:
            raise NothingRead(_("这份文件没有读出任务，没有可以确认的方案。请换一份文件，或检查表头后重新上传。"))
        plan, carried = carry_plan(held.plan, plan, reasons or {}) if held.plan else (plan, {})
        version = PlanRecord.objects.create(list=held, number=expected + 1, document=document, plan=plan_to_json(plan), carried=carried,
                                            by_id=who.person_id, at=at)
        made = note_duties(version, plan)
        document.state, document.answers = "confirmed", answers
        document.save(update_fields=["state", "answers"])
        held.plan = version
        held.save(update_fields=["plan"])
        entry.about, entry.list_id = f"plan:{version.pk}", held.pk
        entry.detail = {"number": version.number, "document": document.pk, "sha256": document.sha256, "answers": answers,
                        "steps": log.done, "new_units": made, "softened": carried.get("softened", [])}
    return version


def _must_be_current(held: ListRecord, document: DocumentRecord, expected: int) -> None:
    number = PlanRecord.objects.get(pk=held.plan_id).number if held.plan_id else 0
    if document.state == "confirmed":
        raise Stale(_("这份文件刚才已经由别人确认成方案，您这次没有再改动什么。请刷新页面，看确认后的方案。"))
    if document.state != "read":
        raise Stale(_("这份文件还没有读完，不能确认。请刷新页面，等读完再确认。"))
    if number != expected:
        words = _("您打开页面以后，这份清单已经有了第%(number)s版方案。请刷新页面，看清楚再决定要不要用这份文件替换它。")
        raise Stale(words % {"number": number})


def note_duties(version: PlanRecord, plan: Plan) -> list[str]:
    """One row for each duty, and the units that had no row yet, by name or by alias. The names of the new units."""
    held = [(task.no or "", holder.id, duty) for task in plan.tasks for holder in holders_of(task) for duty in holder.duties]
    organs, made = _organs_named({_unit_name(duty.unit) for _, _, duty in held})
    DutyRecord.objects.bulk_create(DutyRecord(plan=version, organ_id=organs[_unit_name(duty.unit)], holder_id=holder, task_no=no[:20], role=duty.role)
                                   for no, holder, duty in held)
    return made


def _unit_name(written: str) -> str:
    return "".join(written.split())[:80]


def _organs_named(names: set[str]) -> tuple[dict[str, int], list[str]]:
    known = dict(AliasRecord.objects.filter(name__in=names).values_list("name", "organ_id"))
    known |= dict(OrganRecord.objects.filter(name__in=names).values_list("name", "pk"))
    missing = sorted(names - known.keys())
    OrganRecord.objects.bulk_create([OrganRecord(name=name) for name in missing], ignore_conflicts=True)
    known |= dict(OrganRecord.objects.filter(name__in=missing).values_list("name", "pk"))
    return known, missing
