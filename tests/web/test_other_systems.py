"""Signing in from elsewhere: the issuer and the organisation that the operator wrote down, somebody whom an administrator linked, nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from luoshi.actions.link_identity import IdentityTaken, link_identity, unlink_identity
from luoshi.project.ways import origins_of, ways_of
from luoshi.store.models import IdentityRecord, JournalRecord, PersonRecord
from luoshi.web.other_system import DingTalkOfOffice
from tests.web.other_systems import Provider, provider
from tests.web.test_second_factor import set_up
from tests.web.world import AT, World


@pytest.fixture
def city(settings: Any) -> Iterator[Provider]:
    with provider() as one:
        app = {"name": "city", "title": "市统一身份认证（示例）", "issuer": one.issuer, "client_id": "luoshi", "secret": "s-1",
               "claims": {"org": "jx"}}
        settings.SOCIALACCOUNT_PROVIDERS = ways_of({"oidc": [app]}, "test.toml")
        yield one


def come(city: Provider, client: Client, next_: str = "/inbox/") -> Any:
    """Press the button, say yes there, come back."""
    there = client.post("/sign-in/oidc/city/", {"next": next_})
    assert there.status_code == 302
    assert there["Location"].startswith(f"{city.issuer}/authorize?")
    return client.get(city.answer_to(there["Location"]))


def link(world: World, key: str = "leader") -> None:
    link_identity(world.who("administrator"), AT, world.person(key).pk, "city", "u-1")


def test_by_default_there_is_no_other_way(world: World) -> None:
    assert "其他方式" not in Client().get("/sign-in/").content.decode()
    assert Client().post("/sign-in/oidc/city/").status_code == 404
    assert Client().post("/sign-in/dingtalk/").status_code == 404


def test_somebody_who_was_linked_comes_in(world: World, city: Provider) -> None:
    link(world)
    client = Client()
    assert "市统一身份认证（示例）" in client.get("/sign-in/").content.decode()
    assert come(city, client)["Location"] == "/inbox/"
    assert world.person("leader").name in client.get("/inbox/").content.decode()
    assert city.asked[0]["code_challenge_method"] == "S256"
    assert JournalRecord.objects.filter(action="person.sign-in").latest("number").detail == {"way": "city"}
    assert not SocialAccount.objects.exists()


def test_a_stranger_is_told_the_identifier_and_gets_no_account(world: World, city: Provider) -> None:
    people = PersonRecord.objects.count()
    client = Client()
    answer = come(city, client)
    assert answer.status_code == 403
    assert "u-1" in answer.content.decode()
    assert client.get("/inbox/").status_code == 302
    assert (PersonRecord.objects.count(), IdentityRecord.objects.count()) == (people, 0)
    assert JournalRecord.objects.filter(action="identity.refuse").latest("number").detail["subject"] == "u-1"


@pytest.mark.parametrize(("claims", "lies"), [({"org": "other"}, {}), ({}, {"iss": "https://evil.example.com"}), ({}, {"aud": "another"}),
                                              ({}, {"sub": "u-2"}), ({}, {"exp": 10})])
def test_another_organisation_issuer_or_audience_is_refused(world: World, city: Provider, claims: Any, lies: Any) -> None:
    link(world)
    city.claims |= claims
    city.lies |= lies
    client = Client()
    assert come(city, client).status_code == 403
    assert client.get("/inbox/").status_code == 302


def test_a_closed_account_and_an_unlinked_one_stay_out(world: World, city: Provider) -> None:
    link(world)
    PersonRecord.objects.filter(pk=world.person("leader").pk).update(is_active=False)
    assert come(city, Client()).status_code == 403
    PersonRecord.objects.update(is_active=True)
    unlink_identity(world.who("administrator"), AT, world.person("leader").pk, IdentityRecord.objects.get().pk)
    assert come(city, Client()).status_code == 403


def test_the_second_factor_is_asked_for_this_way_too(world: World, city: Provider) -> None:
    link(world)
    set_up(world, "leader")
    client = Client()
    assert come(city, client)["Location"].startswith("/sign-in/code/")
    assert client.get("/inbox/").status_code == 302


def test_a_name_that_is_closed_by_wrong_passwords_is_closed_this_way_too(world: World, city: Provider) -> None:
    link(world)
    for _ in range(5):
        Client().post("/sign-in/", {"username": "lingdao", "password": "wrong"})
    assert come(city, Client()).status_code == 429


def test_an_answer_that_nobody_asked_for_is_refused_and_next_stays_inside(world: World, city: Provider) -> None:
    link(world)
    assert Client().get("/sign-in/oidc/city/answer/?code=c-1&state=x").status_code == 403
    assert come(city, Client(), "https://evil.example.com/")["Location"] == "/"


def test_an_identifier_belongs_to_one_person(world: World) -> None:
    link(world)
    with pytest.raises(IdentityTaken):
        link(world, "auditor")


def test_it_is_linked_on_the_persons_page(world: World, city: Provider) -> None:
    client, leader = world.client("administrator"), world.person("leader")
    assert client.post(f"/people/{leader.pk}/identities/", {"provider": "city", "subject": "u-9"}).status_code == 302
    assert "u-9" in client.get(f"/people/{leader.pk}/").content.decode()
    assert client.post(f"/people/{leader.pk}/identities/", {"provider": "else", "subject": "u-9"}).status_code == 422
    one = IdentityRecord.objects.get()
    assert client.post(f"/people/{leader.pk}/identities/{one.pk}/unlink/").status_code == 302
    assert not IdentityRecord.objects.exists()


@pytest.mark.django_db
def test_dingtalk_lets_in_people_of_the_organisation_only(settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = ways_of({"dingtalk": {"client_id": "d", "secret": "s", "corp_ids": ["dingours"]}}, "test.toml")
    request = RequestFactory().get("/sign-in/dingtalk/answer/")
    adapter = DingTalkOfOffice(request)
    app = adapter.get_provider().app
    with pytest.raises(PermissionDenied):
        adapter.complete_login(request, app, None, response={"corpId": "dingtheirs"})
    with pytest.raises(PermissionDenied):
        adapter.complete_login(request, app, None, response={})


@pytest.mark.django_db
def test_dingtalk_is_asked_for_the_organisation(settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = ways_of({"dingtalk": {"client_id": "d", "secret": "s", "corp_ids": ["dingours"]}}, "test.toml")
    there = Client().post("/sign-in/dingtalk/")["Location"]
    assert there.startswith("https://login.dingtalk.com/oauth2/auth?")
    assert "corpid" in there


@pytest.mark.parametrize(("read", "said"), [
    ({"saml": {}}, "不认得“saml”"), ({"oidc": [{"name": "city"}]}, "还要写 title"), ({"dingtalk": {"client_id": "d", "secret": "s"}}, "corp_ids"),
    ({"oidc": [{"name": "城", "title": "示例", "issuer": "https://a", "client_id": "c", "secret": "s"}]}, "name 要用"),
    ({"oidc": [{"name": "city", "title": "示例", "issuer": "http://a.gov.cn", "client_id": "c", "secret": "s"}]}, "https://")])
def test_a_wrong_file_is_refused_with_what_to_write(read: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        ways_of(read, "test.toml")


def test_a_form_may_lead_to_the_systems_that_are_written_down_and_no_further() -> None:
    app = {"name": "city", "title": "示例", "issuer": "https://id.example.gov.cn/realm", "client_id": "c", "secret": "s"}
    assert origins_of(ways_of({"oidc": [app]}, "f")) == ["https://id.example.gov.cn"]
    assert origins_of({}) == []
