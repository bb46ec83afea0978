"""No path through the table of steps skips a guard: whatever people do, in whatever order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.actions.accept_report import accept_report
from luoshi.actions.file_report import file_report
from luoshi.actions.reopen_report import reopen_report
from luoshi.actions.report_guards import ReportRefused
from luoshi.actions.report_steps import STEPS, step_for
from luoshi.actions.return_report import return_report
from luoshi.actions.sign_report import sign_report
from luoshi.actions.stale import Stale
from luoshi.store.models import ReportRecord
from luoshi.store.roles import RIGHTS
from luoshi.store.who import NotAllowed, Who
from tests.actions.reporting import TEXT, place_of
from tests.web.world import AT, DAY, World, world  # noqa: F401

PEOPLE = ("liaison", "head", "liaison_b", "head_b", "supervision", "leader", "checker", "assessor", "auditor", "administrator")
ACTS = ("save", "submit", "sign", "return", "accept", "reopen")
Move = tuple[str, str, bool, bool]


FORWARD = {"none": ("liaison", "submit"), "draft": ("liaison", "submit"), "returned": ("head", "submit"), "submitted": ("head", "sign"),
           "signed": ("supervision", "accept"), "accepted": ("supervision", "reopen")}
"""What would be the next right thing: half of all moves, so that every state is reached."""


class Undo(Exception):
    """Each example starts from the same database."""


def test_the_table_leads_every_report_through_head_and_office() -> None:
    ways: list[list[str]] = [["none"]]
    reached = set()
    while ways:
        way = ways.pop()
        for step in (s for s in STEPS if s.at == way[-1] and s.to not in way):
            reached.add(step.to)
            if step.to == "accepted":
                assert way[-2:] == ["submitted", "signed"]
            ways.append([*way, step.to])
    assert reached == {"draft", "submitted", "signed", "accepted", "returned"}


def test_every_step_checks_the_revision_and_every_return_its_reason() -> None:
    assert all("revision" in step.guards for step in STEPS)
    assert all("reason" in step.guards for step in STEPS if step.act in {"return", "reopen"})
    assert all({"lead", "window", "date", "progress", "falling"} <= set(step.guards) for step in STEPS if step.act == "submit")
    assert len({(step.at, step.act) for step in STEPS}) == len(STEPS)


@pytest.mark.parametrize("role", list(RIGHTS["see_lists"]))
def test_each_role_moves_only_what_is_its_turn(role: str) -> None:
    may = {(s.at, s.act) for s in STEPS if role in RIGHTS[s.right]}
    filing = {(s.at, s.act) for s in STEPS if s.act in {"save", "submit"}}
    signing, accepting = {("submitted", "sign"), ("submitted", "return")}, {("signed", "accept"), ("signed", "return"), ("accepted", "reopen")}
    assert may == {"liaison": filing, "head": filing | signing, "supervision": accepting}.get(role, set())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.none() | st.tuples(st.sampled_from(PEOPLE), st.sampled_from(ACTS), st.booleans(), st.booleans()), min_size=3, max_size=10))
def test_whatever_people_do_a_report_moves_only_by_a_step_with_its_right_and_guards(world: World, moves: list[Move | None]) -> None:  # noqa: F811
    everybody = {key: world.who(key) for key in PEOPLE}
    place = place_of(world, "重大项目")
    try:
        with transaction.atomic():
            for move in moves:
                state = ReportRecord.objects.values_list("state", flat=True).first() or "none"
                key, act, fresh, sound = move or (*FORWARD[state], True, True)
                _try(world, everybody[key], place, act, fresh, sound)
            raise Undo
    except Undo:
        assert not ReportRecord.objects.exists()


def _try(world: World, who: Who, place: Any, act: str, fresh: bool, sound: bool) -> None:  # noqa: F811
    """One move; afterwards the report stands where the table says, or where it was."""
    report = ReportRecord.objects.filter(promise_id=place.promise_id).first()
    state, revision = (report.state, report.revision) if report else ("none", 0)
    step = step_for(state, act)
    given_revision = revision if fresh else revision + 1
    allowed = step is not None and who.may(step.right, place.organ_id) and fresh and (sound or act in {"sign", "accept"})
    try:
        with transaction.atomic():
            _do(world, who, place, report, act, given_revision, sound)
    except (NotAllowed, Stale, ReportRefused):
        assert not allowed
        after = ReportRecord.objects.filter(promise_id=place.promise_id).first()
        assert (after.state if after else "none", after.revision if after else 0) == (state, revision)
        return
    assert allowed
    assert step is not None
    after = ReportRecord.objects.get(promise_id=place.promise_id)
    assert (after.state, after.revision) == (step.to, revision + 1)
    assert (after.signed_by_id is not None) == (after.state in {"signed", "accepted"})
    assert (after.snapshot is not None) == (after.state == "accepted")
    assert after.state != "returned" or after.reason


def _do(world: World, who: Who, place: Any, report: ReportRecord | None, act: str, revision: int, sound: bool) -> None:  # noqa: F811
    if act in {"save", "submit"}:
        text = TEXT if sound else replace(TEXT, observed_on=date(2019, 10, 2), value=Decimal(1))
        file_report(who, AT, DAY, world.list.pk, place, text, revision, act == "submit")
    elif report is None:
        raise Stale("示例：还没有填报")
    elif act == "sign":
        sign_report(who, AT, DAY, report.pk, revision)
    elif act == "accept":
        accept_report(who, AT, DAY, report.pk, revision)
    elif act == "reopen":
        reopen_report(who, AT, report.pk, revision, "示例：请改" if sound else " ")
    else:
        return_report(who, AT, report.pk, revision, "示例：请改" if sound else " ")
