"""Actions on people, posts, units and tokens: rights, whole or not at all, one journal entry each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from luoshi.actions.change_password import reset_password
from luoshi.actions.close_account import close_account, open_account
from luoshi.actions.hand_over import hand_over
from luoshi.actions.journal import verify_journal
from luoshi.actions.keep_administrator import LastAdministrator
from luoshi.actions.make_person import make_person
from luoshi.actions.make_post import make_post, remove_post
from luoshi.actions.make_token import make_token, revoke_token
from luoshi.actions.make_unit import NameTaken, UnitText, add_alias, change_unit, make_unit, remove_alias
from luoshi.actions.new_password import LETTERS, new_password
from luoshi.actions.stale import Stale
from luoshi.store.models import AliasRecord, JournalRecord, OrganRecord, PersonRecord, PostRecord, TokenRecord
from luoshi.store.who import NotAllowed
from tests.web.world import AT, World, world  # noqa: F401

Act = Callable[[Any], object]
ACTS: dict[str, Act] = {
    "person.make": lambda who: make_person(who, AT, "new.one", "示例", "x" * 12), "password.reset": lambda who: reset_password(who, AT, 1),
    "person.close": lambda who: close_account(who, AT, 4), "person.open": lambda who: open_account(who, AT, 4),
    "post.make": lambda who: make_post(who, AT, "auditor", "示例", None), "post.hand-over": lambda who: hand_over(who, AT, 4, None, 4),
    "post.remove": lambda who: remove_post(who, AT, 4), "unit.make": lambda who: make_unit(who, AT, "新局", UnitText()),
    "unit.change": lambda who: change_unit(who, AT, 1, UnitText("其他")), "unit.alias": lambda who: add_alias(who, AT, 1, "别名"),
    "unit.alias-removed": lambda who: remove_alias(who, AT, 1, 1), "token.make": lambda who: make_token(who, AT, "示例", "read", AT),
    "token.revoke": lambda who: revoke_token(who, AT, 1)}


@pytest.mark.parametrize("name", ACTS)
def test_without_the_right_nothing_is_written_not_even_the_journal(world: World, name: str) -> None:  # noqa: F811
    before = [model.objects.count() for model in (JournalRecord, PersonRecord, PostRecord, OrganRecord, AliasRecord, TokenRecord)]
    for key in ("liaison", "leader", "auditor"):
        with pytest.raises(NotAllowed):
            ACTS[name](world.who(key))
    assert [model.objects.count() for model in (JournalRecord, PersonRecord, PostRecord, OrganRecord, AliasRecord, TokenRecord)] == before


@pytest.mark.parametrize("name", [n for n in ACTS if n not in {"post.remove", "token.revoke"}])
def test_each_leaves_one_entry_and_an_intact_chain(world: World, name: str, django_capture_on_commit_callbacks: Any) -> None:  # noqa: F811
    before = JournalRecord.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        ACTS[name](world.who("administrator"))
    assert [e.action for e in JournalRecord.objects.filter(number__gt=before)] == [name]
    assert verify_journal() == (before + 1, None)


def test_a_refused_hand_over_changes_nothing(world: World) -> None:  # noqa: F811
    admin, post = world.who("administrator"), PostRecord.objects.get(role="administrator")
    entries = JournalRecord.objects.count()
    with pytest.raises(LastAdministrator):
        hand_over(admin, AT, post.pk, None, post.holder_id)
    with pytest.raises(Stale):
        hand_over(admin, AT, post.pk, world.person("auditor").pk, None)
    with pytest.raises(LastAdministrator):
        close_account(admin, AT, admin.person_id)
    assert PostRecord.objects.get(pk=post.pk).holder_id == admin.person_id
    assert JournalRecord.objects.count() == entries
    assert world.person("administrator").is_active


def test_the_last_administrator_may_go_once_there_is_another(world: World) -> None:  # noqa: F811
    admin = world.who("administrator")
    make_post(admin, AT, "administrator", "系统管理员（副）", None, world.person("auditor").pk)
    close_account(world.who("auditor"), AT, admin.person_id)
    assert not world.person("administrator").is_active


def test_a_closed_person_takes_over_nothing(world: World) -> None:  # noqa: F811
    admin, checker = world.who("administrator"), world.person("checker")
    close_account(admin, AT, checker.pk)
    post = PostRecord.objects.get(role="leader")
    with pytest.raises(Stale, match="停用"):
        hand_over(admin, AT, post.pk, checker.pk, post.holder_id)


def test_a_held_post_is_not_removed(world: World) -> None:  # noqa: F811
    with pytest.raises(Stale):
        remove_post(world.who("administrator"), AT, PostRecord.objects.get(role="leader").pk)


@pytest.mark.parametrize("name", ["市教育局", "教育局"])
def test_a_name_is_one_units_only(world: World, name: str) -> None:  # noqa: F811
    admin = world.who("administrator")
    add_alias(admin, AT, world.organ("市教育局").pk, "教育局")
    with pytest.raises(NameTaken):
        make_unit(admin, AT, name, UnitText())
    with pytest.raises(NameTaken):
        add_alias(admin, AT, world.organ("市财政局").pk, name)


def test_a_token_of_another_is_revoked_by_administrators_only(world: World) -> None:  # noqa: F811
    make_token(world.who("administrator"), AT, "示例", "read", AT.replace(year=2030))
    made = TokenRecord.objects.get()
    with pytest.raises(NotAllowed):
        revoke_token(world.who("supervision"), AT, made.pk)
    revoke_token(world.who("administrator"), AT, made.pk)
    made.refresh_from_db()
    assert made.expires_at == AT


def test_passwords_are_long_random_and_easy_to_copy() -> None:
    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(password) == 14 and set(password) <= {*LETTERS, "-"} for password in made)
    assert not {*LETTERS} & {*"01ilo"}
