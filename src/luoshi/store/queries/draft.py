"""The plan of a document while people answer and edit. In: who, which document. Out: `DraftAtHand`; Http404 as `the_document`."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.plan.asking import questions_in_order
from luoshi.plan.plan import Plan
from luoshi.plan.restore import plan_from_json
from luoshi.plan.revise import Revised, revise_plan
from luoshi.plan.step_log import Step, StepLog, log_from_json
from luoshi.provenance import Finding
from luoshi.store.models import DocumentRecord
from luoshi.store.queries.documents import the_document
from luoshi.store.who import Who


@dataclass(frozen=True, slots=True)
class DraftAtHand:
    """「手上的草案」 compiled: as read; revised: with answers and edits. questions: all that are asked of what is still in the plan,
    answered or not, in the order and with the numbers of the pages."""

    document: DocumentRecord
    compiled: Plan
    revised: Revised
    questions: tuple[Finding, ...]
    log: StepLog

    @property
    def plan(self) -> Plan:
        """As it would be confirmed now."""
        return self.revised.plan

    @property
    def answers(self) -> dict[str, str]:
        """As given so far, by key of the question."""
        return dict(self.document.answers)

    @property
    def unfit_steps(self) -> tuple[tuple[Step, str], ...]:
        """Steps whose edits no longer fit, with the reason."""
        edits = [step for step in self.log.steps[:self.log.done] if step.edit]
        return tuple((edits[unfit.number], unfit.why) for unfit in self.revised.unfit)


def draft_of(document: DocumentRecord) -> DraftAtHand | None:
    """None where it has not been read (to the end)."""
    if document.plan is None or document.state not in {"read", "confirmed"}:
        return None
    compiled, log = plan_from_json(document.plan), log_from_json(document.log)
    asked = revise_plan(compiled, {}, log.edits()).plan if log.edits() else compiled
    return DraftAtHand(document, compiled, revise_plan(compiled, document.answers, log.edits()), questions_in_order(asked), log)


def the_draft(who: Who, list_id: int, document_id: int) -> DraftAtHand | None:
    """Of one document of this list."""
    return draft_of(the_document(who, list_id, document_id))
