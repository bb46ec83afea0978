"""Signing in and out: lockout, sessions, closed accounts, set-up link, password rules, no names given away."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import ANY

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from luoshi.actions.close_account import close_account, open_account
from luoshi.actions.make_person import open_setup, use_setup
from luoshi.store.models import JournalRecord, PersonRecord, SetupLinkRecord
from luoshi.store.who import NotAllowed
from tests.web.world import AT, World

GOOD = "k7mq-x3np-w9rt"


def sign_in(client: Client, username: str, password: str, **more: str) -> int:
    return client.post("/sign-in/", {"username": username, "password": password, **more}).status_code


def test_the_right_password_opens_and_is_journalled(world: World) -> None:
    client = Client()
    answer = client.post("/sign-in/", {"username": "ducha", "password": world.password("supervision"), "next": f"/lists/{world.list.pk}/"})
    assert (answer.status_code, answer["Location"]) == (302, f"/lists/{world.list.pk}/")
    assert JournalRecord.objects.latest("number").action == "person.sign-in"
    assert client.get("/journal/").status_code == 403


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_sign_in_never_leads_to_another_site(world: World, target: str) -> None:
    answer = Client().post("/sign-in/", {"username": "ducha", "password": world.password("supervision"), "next": target})
    assert answer["Location"] == "/"


def test_a_wrong_password_an_unknown_name_and_a_closed_account_look_alike(world: World) -> None:
    close_account(world.who("administrator"), AT, world.person("checker").pk)
    pages = []
    for username, password in (("ducha", "wrong"), ("nobody", "wrong"), ("heyan", world.password("checker")), ("heyan", "wrong")):
        answer = Client().post("/sign-in/", {"username": username, "password": password})
        assert answer.status_code == 401
        pages.append(answer.content.decode().replace(username, "…").split("<main", 1)[1].split("csrfmiddlewaretoken", 1)[1][100:])
    assert len(set(pages)) == 1
    assert "登录名或密码不对" in pages[0]


def test_an_unknown_name_costs_as_much_work_as_a_known_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    original = PersonRecord.set_password
    monkeypatch.setattr(PersonRecord, "set_password", lambda self, raw: (hashed.append("set"), original(self, raw))[1])
    sign_in(Client(), "nobody", "wrong")
    assert hashed == ["set"]     # argon2 once; a known name costs one check of the same hash


@pytest.mark.parametrize("username", ["ducha", "nobody"])
def test_five_wrong_passwords_close_a_name_even_for_the_right_one(world: World, username: str) -> None:
    client = Client()
    assert [sign_in(client, username, "wrong") for _ in range(5)] == [401, 401, 401, 401, 429]
    answer = Client().post("/sign-in/", {"username": username, "password": world.password("supervision")})
    assert answer.status_code == 429
    assert "暂停15分钟" in answer.content.decode()
    assert sign_in(Client(), "lingdao", world.password("leader")) == 302


def test_it_opens_again_after_fifteen_minutes_and_trying_on_does_not_make_it_longer(world: World) -> None:
    for _ in range(5):
        sign_in(Client(), "ducha", "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert sign_in(Client(), "ducha", "wrong") == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(Client(), "ducha", world.password("supervision")) == 302


def test_trying_while_it_is_closed_leaves_the_time_alone(world: World) -> None:
    for _ in range(5):
        sign_in(Client(), "ducha", "wrong")
    closed = AccessAttempt.objects.get().attempt_time
    sign_in(Client(), "ducha", "wrong")
    assert AccessAttempt.objects.get().attempt_time == closed


def test_the_password_is_kept_nowhere_in_clear(world: World) -> None:
    sign_in(Client(), "ducha", "geheim-xyz-123")
    assert not any("geheim" in str(value) for attempt in AccessAttempt.objects.values() for value in attempt.values())
    assert not any("geheim" in str(entry.detail) for entry in JournalRecord.objects.all())
    assert world.person("supervision").password.startswith("argon2")


def test_the_session_gets_a_new_key_at_sign_in_and_is_gone_after_sign_out(world: World) -> None:
    client = Client()
    client.get("/language/?to=en")
    session = client.session
    session["before"] = "x"
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    assert sign_in(client, "ducha", world.password("supervision")) == 302
    signed = client.cookies["sessionid"].value
    assert signed != session.session_key
    assert not Session.objects.filter(session_key=session.session_key).exists()
    assert client.post("/sign-out/").status_code == 302
    stolen = Client()
    stolen.cookies["sessionid"] = signed
    assert stolen.get("/")["Location"] == "/sign-in/?next=/"


def test_signing_out_is_a_post_with_a_token(world: World) -> None:
    client = world.client("leader")
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/my-password/").status_code == 200
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.person("leader"), backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post("/sign-out/").status_code == 403


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(world: World) -> None:
    client = Client()
    sign_in(client, "ducha", world.password("supervision"))
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 8 * 3600)


def test_a_closed_account_is_signed_out_at_its_next_request_and_can_come_back(world: World) -> None:
    admin, checker = world.who("administrator"), world.person("checker")
    client = world.client("checker")
    assert client.get("/my-password/").status_code == 200
    close_account(admin, AT, checker.pk)
    assert client.get("/my-password/").status_code == 302
    open_account(admin, AT, checker.pk)
    assert sign_in(Client(), "heyan", world.password("checker")) == 302


def test_changing_ones_password_signs_out_everywhere_else_and_not_here(world: World) -> None:
    here, there = world.client("leader"), world.client("leader")
    old = here.cookies["sessionid"].value
    answer = here.post("/my-password/", {"old": world.password("leader"), "password": GOOD, "again": GOOD})
    assert (answer.status_code, answer["Location"]) == (302, "/my-password/")
    assert here.get("/my-password/").status_code == 200
    assert here.cookies["sessionid"].value != old
    assert there.get("/my-password/").status_code == 302
    assert sign_in(Client(), "lingdao", GOOD) == 302


@pytest.mark.parametrize(("password", "again", "said"), [
    ("short1", "short1", "密码太短，至少要10位"), ("1234567890", "1234567890", "不能全是数字"), ("password123", "password123", "这个密码太常见"),
    ("lingdao123", "lingdao123", "密码和登录名或姓名太像"), (GOOD, GOOD + "x", "两次输入的密码不一样"), ("", "", "这个字段是必填项")])
def test_a_weak_password_is_refused_in_chinese(world: World, password: str, again: str, said: str) -> None:
    answer = world.client("leader").post("/my-password/", {"old": world.password("leader"), "password": password, "again": again})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_old_password_is_not_guessed_at_a_desk_left_alone(world: World) -> None:
    client = world.client("leader")
    tries = [client.post("/my-password/", {"old": "wrong", "password": GOOD, "again": GOOD}).status_code for _ in range(6)]
    assert tries == [422, 422, 422, 422, 429, 429]


@pytest.mark.django_db
def test_the_set_up_link_works_once_and_an_older_one_is_dead() -> None:
    first, second = open_setup(AT), open_setup(AT)
    assert first
    assert second
    assert SetupLinkRecord.objects.count() == 1
    form = {"username": "li.wei", "name": "示例", "password": GOOD, "again": GOOD}
    assert Client().post(f"/set-up/{first}/", form).status_code == 404
    assert Client().get(f"/set-up/{second}/").status_code == 200
    assert Client().post(f"/set-up/{second}/", form).status_code == 302
    assert sign_in(Client(), "li.wei", GOOD) == 302
    assert Client().get(f"/set-up/{second}/").status_code == 404
    assert open_setup(AT) is None
    with pytest.raises(NotAllowed):
        use_setup(second, AT, "other", "示例", GOOD)
    assert list(PersonRecord.objects.values_list("username", flat=True)) == ["li.wei"]
    assert JournalRecord.objects.filter(action="setup.use").values_list("detail", flat=True)[0] == ANY
    assert not any(GOOD in str(entry.detail) or second in str(entry.detail) for entry in JournalRecord.objects.all())


@pytest.mark.django_db
@pytest.mark.parametrize(("changed", "said"), [({"password": "li.wei2019", "again": "li.wei2019"}, "太像"),
                                               ({"again": "x"}, "两次输入的密码不一样"),
                                               ({"username": "李伟"}, "有效"), ({"name": ""}, "必填")])
def test_a_wrong_set_up_form_is_said_kept_and_does_not_use_the_link_up(changed: dict[str, str], said: str) -> None:
    token = open_setup(AT)
    answer = Client().post(f"/set-up/{token}/", {"username": "li.wei", "name": "示例", "password": GOOD, "again": GOOD} | changed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Client().get(f"/set-up/{token}/").status_code == 200
