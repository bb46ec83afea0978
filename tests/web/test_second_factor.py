"""The second factor: set up, asked for, once each; recovery codes; roles that must have it; sessions that end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from luoshi.actions.second_factor import begin_factor, choose_factor_roles, confirm_factor, drop_unreadable_factors, pass_factor
from luoshi.store.clock import now
from luoshi.store.models import JournalRecord, RecoveryCodeRecord, SecondFactorRecord, SignInRecord
from luoshi.store.one_time_code import code_of, new_secret, step_at, step_of_code
from luoshi.store.queries.sign_in import factor_of
from luoshi.store.sealed import seal, unseal
from tests.web.world import AT, PEOPLE, World


@pytest.mark.parametrize(("moment", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")])
def test_codes_are_those_of_the_standard(moment: int, code: str) -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert code_of(secret, step_at(datetime.fromtimestamp(moment, UTC))) == code


def test_a_code_counts_once_and_half_a_minute_around() -> None:
    secret, step = new_secret(), step_at(AT)
    assert step_of_code(secret, code_of(secret, step - 1), AT, 0) == step - 1
    assert step_of_code(secret, code_of(secret, step), AT, step) is None
    assert step_of_code(secret, code_of(secret, step - 2), AT, 0) is None
    assert step_of_code(secret, "动态码不是数", AT, 0) is None


def secret_of(row: SecondFactorRecord) -> str:
    secret = unseal(row.secret, "second-factor")
    assert secret is not None
    return secret


def set_up(world: World, key: str) -> tuple[str, tuple[str, ...]]:
    who = world.who(key)
    begin_factor(who, now())
    secret = secret_of(SecondFactorRecord.objects.get(person_id=who.person_id))
    codes = confirm_factor(who, now(), code_of(secret, step_at(now()) - 1))
    assert codes is not None
    return secret, codes


def password_of(world: World, key: str) -> dict[str, str]:
    return {"username": PEOPLE[key], "password": world.password(key)}


def test_it_is_set_up_on_its_page_by_a_first_code(world: World) -> None:
    client = world.client("leader")
    assert "开始设置" in client.get("/second-factor/").content.decode()
    client.post("/second-factor/begin/")
    page = client.get("/second-factor/").content.decode()
    assert "<svg" in page
    assert client.post("/second-factor/confirm/", {"code": "000000x"}).status_code == 422
    row = SecondFactorRecord.objects.get()
    done = client.post("/second-factor/confirm/", {"code": code_of(secret_of(row), step_at(now()))})
    assert done.content.decode().count('class="hash"') == 10
    assert "no-store" in done["Cache-Control"]
    assert secret_of(row) not in client.get("/second-factor/").content.decode()


def test_sign_in_asks_for_the_code_and_a_code_works_once(world: World) -> None:
    secret, _ = set_up(world, "leader")
    client = Client()
    answer = client.post("/sign-in/?next=/jobs/", password_of(world, "leader") | {"next": "/inbox/"})
    assert answer["Location"] == "/sign-in/code/?next=%2Finbox%2F"
    assert client.get("/inbox/").status_code == 302
    code = code_of(secret, step_at(now()))
    done = client.post(answer["Location"], {"code": f"{code[:3]} {code[3:]}", "next": "/inbox/"})
    assert (done.status_code, done["Location"]) == (302, "/inbox/")
    assert client.get("/inbox/").status_code == 200
    other = Client()
    other.post("/sign-in/", password_of(world, "leader"))
    assert other.post("/sign-in/code/", {"code": code}).status_code == 401
    assert other.get("/inbox/").status_code == 302


def test_a_recovery_code_works_once(world: World) -> None:
    _, codes = set_up(world, "leader")
    for expected in (302, 401):
        client = Client()
        client.post("/sign-in/", password_of(world, "leader"))
        assert client.post("/sign-in/code/", {"code": codes[0].upper()}).status_code == expected
    assert RecoveryCodeRecord.objects.filter(used_at=None).count() == 9
    assert not any(codes[0] in str(entry.detail) for entry in JournalRecord.objects.all())


def test_five_wrong_codes_close_the_name(world: World) -> None:
    set_up(world, "leader")
    client = Client()
    client.post("/sign-in/", password_of(world, "leader"))
    answers = [client.post("/sign-in/code/", {"code": "abc"}).status_code for _ in range(6)]
    assert answers[0] == 401
    assert answers[-1] == 429


def test_without_a_password_there_is_no_page_for_codes(world: World) -> None:
    assert Client().get("/sign-in/code/")["Location"] == "/sign-in/"


def test_a_role_that_must_have_it_sees_nothing_else_first(world: World) -> None:
    admin = world.client("administrator")
    admin.post("/second-factor/roles/", {"roles": ["leader", "administrator"]})
    leader = world.client("leader")
    assert leader.get("/")["Location"] == "/second-factor/"
    assert "要求二次验证" in leader.get("/second-factor/").content.decode()
    assert leader.get("/api/v1/lists").status_code in {401, 403, 404}
    assert admin.get("/people/")["Location"] == "/second-factor/"
    set_up(world, "leader")
    assert leader.get("/")["Location"] == f"/lists/{world.list.pk}/"
    assert world.client("liaison").get("/inbox/").status_code == 200


def test_taking_it_away_needs_a_code_and_an_administrator_takes_away_anothers(world: World) -> None:
    secret, codes = set_up(world, "leader")
    client = world.client("leader")
    assert client.post("/second-factor/change/", {"do": "drop", "code": "000"}).status_code == 422
    assert client.post("/second-factor/change/", {"do": "codes", "code": codes[1]}).content.decode().count('class="hash"') == 10
    assert world.client("auditor").post(f"/people/{world.person('leader').pk}/reset-factor/").status_code == 403
    assert world.client("administrator").post(f"/people/{world.person('leader').pk}/reset-factor/").status_code == 302
    assert not SecondFactorRecord.objects.exists()
    assert secret


def test_choosing_roles_is_journalled_with_old_and_new(world: World) -> None:
    choose_factor_roles(world.who("administrator"), AT, frozenset(("auditor",)))
    assert JournalRecord.objects.get(action="factor.roles").detail == {"roles": [[], ["auditor"]]}


def signed_in(world: World, key: str) -> Client:
    client = Client(headers={"user-agent": "示例浏览器"})
    assert client.post("/sign-in/", password_of(world, key)).status_code == 302
    return client


def test_a_silent_session_ends_and_so_does_an_old_one(world: World, settings: Any) -> None:
    client = signed_in(world, "liaison")
    assert client.get("/inbox/").status_code == 200
    session = client.session
    session["seen"] -= settings.PLACE.idle + 1
    session.save()
    assert client.get("/inbox/")["Location"].startswith("/sign-in/")
    client = signed_in(world, "liaison")
    settings.PLACE = replace(settings.PLACE, session=-1)
    assert client.get("/inbox/")["Location"].startswith("/sign-in/")


def test_my_sessions_are_listed_and_the_others_are_ended(world: World) -> None:
    here, there = signed_in(world, "liaison"), signed_in(world, "liaison")
    page = here.get("/my-sessions/").content.decode()
    assert "就是这里" in page
    assert page.count("示例浏览器") == 2
    assert here.post("/my-sessions/end/").status_code == 302
    assert there.get("/inbox/").status_code == 302
    assert here.get("/inbox/").status_code == 200
    assert SignInRecord.objects.filter(ended_at=None).count() == 1


def test_nobody_ends_anothers_session(world: World) -> None:
    theirs, mine = signed_in(world, "head"), signed_in(world, "liaison")
    place = SignInRecord.objects.get(person=world.person("head"))
    mine.post("/my-sessions/end/", {"place": str(place.pk)})
    assert theirs.get("/inbox/").status_code == 200


def test_the_secret_is_sealed_and_another_servers_key_opens_nothing(world: World, settings: Any) -> None:
    secret, codes = set_up(world, "leader")
    row, who = SecondFactorRecord.objects.get(), world.who("leader")
    assert secret not in row.secret
    assert seal(secret, "second-factor") != row.secret
    assert unseal(row.secret, "something else") is None
    assert drop_unreadable_factors() == ()
    settings.SECRET_KEY = "the key of another server"
    assert unseal(row.secret, "second-factor") is None
    assert not pass_factor(who, now(), code_of(secret, step_at(now())))
    assert pass_factor(who, now(), codes[0])
    assert drop_unreadable_factors() == (PEOPLE["leader"],)
    begin_factor(who, now())
    assert "".join(factor_of(who.person_id).waiting.split()) != secret
