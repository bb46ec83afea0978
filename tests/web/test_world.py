"""The shared world of the server's tests is what it says, every time."""

from __future__ import annotations

import pytest

from luoshi.actions.journal import verify_journal
from luoshi.store.models import DutyRecord, OrganRecord, PostRecord
from luoshi.store.queries.story import tell_list
from luoshi.store.roles import ROLES
from tests.web.world import DAY, PEOPLE, World


@pytest.mark.parametrize("again", range(3))
def test_it_holds_a_list_with_a_confirmed_plan_and_a_person_for_every_role(world: World, again: int) -> None:
    told = tell_list(world.list, DAY)
    assert told is not None
    assert len(told.plan.tasks) == 10
    assert DutyRecord.objects.filter(plan=world.list.plan).exists()
    assert {role for key in PEOPLE for role in world.who(key).roles} == set(ROLES)
    assert OrganRecord.objects.count() == 18


def test_its_journal_holds(world: World) -> None:
    assert verify_journal()[1] is None


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_has_it_too(transactional_db: None, world: World) -> None:
    post = PostRecord.objects.create(title="又一个岗位", role="auditor")
    assert post.pk
    assert world.client("leader").get("/sign-in/").status_code == 200
