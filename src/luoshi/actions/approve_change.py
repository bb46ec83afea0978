"""Put an approved change of a target「指标调整」 in force: the next version of the plan, with what was asked originally kept beside it.

In: who decided, the matter with the old and the new value or day, the words of the decision. Out: `PlanRecord`; None where only a recovery plan
was asked for: that stands beside the plan line and never replaces it. Raises StepRefused; then nothing is written.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from luoshi.actions.carry_plan import carry_plan
from luoshi.actions.confirm_plan import note_duties
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.writing import writing
from luoshi.plan.change_plan import change_plan
from luoshi.plan.diff import compare_plans
from luoshi.plan.edit import BadEdit, Change, NotThere, Values
from luoshi.plan.fields import written_fields
from luoshi.plan.plan import Plan, plan_to_json
from luoshi.plan.restore import plan_from_json
from luoshi.plan.walk import the_noun
from luoshi.store.models import CaseRecord, ListRecord, PlanRecord
from luoshi.store.who import Who

FIELD_OF = {"value": ("value_from", "value_to"), "due": ("due_from", "due_to")}
"""Field of the target → what it was when the change was asked for, what it shall be."""


def approve_change(who: Who, at: datetime, case: CaseRecord, decision: str) -> PlanRecord | None:
    """Called inside the leader's step (take_step), which has locked the list."""
    values = new_values(case)
    if not values:
        case.list.facts_version += 1          # the recovery plan is drawn from now on: pages that are kept are told anew
        case.list.save(update_fields=["facts_version"])
        return None
    with writing(who, "plan.change", at, right="decide_case", list_id=case.list_id) as entry:
        held = ListRecord.objects.select_related("plan").get(pk=case.list_id)
        if held.plan is None:
            raise StepRefused({"all": _("这份清单没有现行方案，无从调整。")})
        plan = _changed(plan_from_json(held.plan.plan), case, values)
        reason = _("指标调整：%(why)s（市领导决定：%(decision)s）") % {"why": case.text[:200], "decision": decision.strip()[:200]}
        softened = {change.key: reason for change in compare_plans(plan_from_json(held.plan.plan), plan).changes}
        plan, carried = carry_plan(held.plan, plan, softened)
        version = PlanRecord.objects.create(list=held, number=held.plan.number + 1, document_id=held.plan.document_id, plan=plan_to_json(plan),
                                            carried={**carried, "case": case.pk}, by_id=who.person_id, at=at)
        note_duties(version, plan)
        held.plan = version
        held.save(update_fields=["plan"])
        entry.about = f"plan:{version.pk}"
        entry.detail = {"number": version.number, "case": case.pk, "promise": case.promise_id,
                        **{name: [case.data.get(FIELD_OF[name][0]), text] for name, text in values}, "reason": reason}
    return version


def new_values(case: CaseRecord) -> Values:
    """What the plan shall say: fields of the target, as text."""
    return tuple((name, str(case.data[to])) for name, (_old, to) in FIELD_OF.items() if case.data.get(to))


def _changed(plan: Plan, case: CaseRecord, values: Values) -> Plan:
    """A target that says something else by now than when the change was asked for was changed by somebody: that is looked at first."""
    try:
        now = written_fields(the_noun(plan, case.promise_id))
        for name, _text in values:
            asked = str(case.data.get(FIELD_OF[name][0], ""))
            if asked and not _same(now[name], asked):
                raise StepRefused({"all": _("现行方案里这一项已经是“%(now)s”，申请时是“%(asked)s”。请退回申请单位，按现在的要求重新提。") % {
                    "now": now[name], "asked": asked}})
        return change_plan(plan, Change(case.promise_id, values))
    except NotThere as gone:
        raise StepRefused({"all": _("现行方案里没有这一项了，不能调整：清单可能重新印发过。")}) from gone
    except BadEdit as bad:
        raise StepRefused({"all": str(bad)}) from bad


def _same(now: str, asked: str) -> bool:
    try:
        return Decimal(now) == Decimal(asked)
    except ArithmeticError:
        return now == asked
