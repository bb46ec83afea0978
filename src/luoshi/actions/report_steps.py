"""The way of a report: which act leads from which state to which, and who may do it. In: a state and an act. Out: the step, or none.

This literal is the whole of it: every action asks `step_for`, and pages show only the buttons that it allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ReportState = Literal["none", "draft", "submitted", "signed", "accepted", "returned"]
Act = Literal["save", "submit", "sign", "return", "accept", "reopen"]
Guard = Literal["revision", "lead", "window", "date", "progress", "falling", "reason"]


@dataclass(frozen=True, slots=True)
class ReportStep:
    """「填报步骤」 From one state to another by one act. right: as in store/roles.py, for the unit that reports; guards: what is checked."""

    at: ReportState
    act: Act
    right: str
    to: ReportState
    guards: tuple[Guard, ...]


_KEEPING: tuple[Guard, ...] = ("revision", "lead", "window", "date")
_SENDING: tuple[Guard, ...] = (*_KEEPING, "progress", "falling")

STEPS: tuple[ReportStep, ...] = (
    ReportStep("none", "save", "file_report", "draft", _KEEPING),
    ReportStep("none", "submit", "file_report", "submitted", _SENDING),
    ReportStep("draft", "save", "file_report", "draft", _KEEPING),
    ReportStep("draft", "submit", "file_report", "submitted", _SENDING),
    ReportStep("returned", "save", "file_report", "returned", _KEEPING),
    ReportStep("returned", "submit", "file_report", "submitted", _SENDING),
    ReportStep("submitted", "sign", "sign_report", "signed", ("revision", "falling")),
    ReportStep("submitted", "return", "sign_report", "returned", ("revision", "reason")),
    ReportStep("signed", "accept", "accept_report", "accepted", ("revision", "falling")),
    ReportStep("signed", "return", "accept_report", "returned", ("revision", "reason")),
    ReportStep("accepted", "reopen", "accept_report", "returned", ("revision", "reason")),
)
"""Only the office leads out of accepted, with a reason: what was accepted stays readable as it was, and the whole way is gone anew."""


def step_for(state: str, act: str) -> ReportStep | None:
    """The one step, or None where the act is not possible in that state."""
    return next((step for step in STEPS if step.at == state and step.act == act), None)
