"""Pages of people and posts: the list, a new person, a new password, closing an account, the hand-over."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from luoshi.actions.hand_over import hand_over
from luoshi.actions.make_post import make_post
from luoshi.actions.make_token import make_token
from luoshi.store.models import JournalRecord, PersonRecord, PostRecord, TokenRecord
from tests.web.world import AT, World

NEW = {"username": "li.wei", "name": "李伟（示例）", "role": "checker", "organ": "", "title": ""}
PASSWORD = re.compile(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}")  # k7mq-x3np-w9rt


def shown_password(page: str) -> str:
    found = PASSWORD.search(page)
    assert found is not None
    return found[0]


def test_the_list_shows_everybody_with_their_posts(world: World, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = world.client("auditor")
    with django_assert_max_num_queries(6):
        page = client.get("/people/").content.decode()
    assert "13人" in page
    assert "市经信局 · 联络员" in page
    assert "新增人员" not in page


def test_more_people_cost_no_more_queries(world: World, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    people = PersonRecord.objects.bulk_create(PersonRecord(username=f"p{n}", name=f"示例{n}", password="!") for n in range(150))
    PostRecord.objects.bulk_create(PostRecord(title="联络员", role="liaison", organ=world.organ("市建设局"), holder=person) for person in people)
    client = world.client("administrator")
    for path in ("/people/", "/posts/", "/units/"):
        with django_assert_max_num_queries(7):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize(("words", "found"), [("朱文澜", 1), ("市经信局", 2), ("jingxin", 2), ("负责人", 3), ("没有的", 0), ("%", 0)])
def test_a_person_is_found_by_name_sign_in_name_post_and_unit(world: World, words: str, found: int) -> None:
    page = world.client("administrator").get("/people/", {"q": words}).content.decode()
    assert (f"{found}人<" in page) if found else ("看全部人员" in page)


def test_a_new_person_can_sign_in_with_the_password_that_is_shown_once(world: World) -> None:
    answer = world.client("administrator").post("/people/new/", NEW)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    password = shown_password(answer.content.decode())
    assert Client().post("/sign-in/", {"username": "li.wei", "password": password}).status_code == 302
    person = PersonRecord.objects.get(username="li.wei")
    assert [(p.role, p.title, p.organ) for p in person.posts.all()] == [("checker", "核验人", None)]
    assert password not in world.client("administrator").get(f"/people/{person.pk}/").content.decode()
    assert not any(password in str(entry.detail) for entry in JournalRecord.objects.all())


@pytest.mark.parametrize(("changed", "said"), [
    ({"username": "李伟"}, "登录名只能用字母、数字"), ({"username": "ducha"}, "已经有人用了"), ({"username": "DUCHA"}, "已经有人用了"),
    ({"name": ""}, "必填"),
    ({"role": "king"}, "king"), ({"role": "liaison"}, "这个角色要在一个单位里"), ({"organ": "9999"}, "9999")])
def test_a_wrong_form_is_said_and_kept(world: World, changed: dict[str, str], said: str) -> None:
    answer = world.client("administrator").post("/people/new/", NEW | {"title": "督办员"} | changed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'value="督办员"' in answer.content.decode()
    assert PersonRecord.objects.count() == 13


def test_a_new_password_ends_the_old_one_its_sessions_and_a_lockout(world: World) -> None:
    person, session = world.person("leader"), world.client("leader")
    for _ in range(5):
        Client().post("/sign-in/", {"username": "lingdao", "password": "wrong"})
    answer = world.client("administrator").post(f"/people/{person.pk}/reset-password/")
    password = shown_password(answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    assert session.get("/my-password/").status_code == 302
    assert Client().post("/sign-in/", {"username": "lingdao", "password": world.password("leader")}).status_code == 401
    assert Client().post("/sign-in/", {"username": "lingdao", "password": password}).status_code == 302


def test_closing_an_account_vacates_its_posts_and_kills_its_tokens(world: World) -> None:
    office = world.person("supervision")
    make_token(world.who("supervision"), AT, "示例", "read", AT.replace(year=2099))
    answer = world.client("administrator").post(f"/people/{office.pk}/close/", follow=True)
    assert "已停用沈知行" in answer.content.decode()
    assert not office.posts.exists()
    assert TokenRecord.objects.get().expires_at != AT.replace(year=2099)
    answer = world.client("administrator").post(f"/people/{office.pk}/open/", follow=True)
    assert "岗位不会自动回来" in answer.content.decode()
    assert world.client("supervision").get("/").status_code == 403


def test_nobody_closes_themselves(world: World) -> None:
    answer = world.client("administrator").post(f"/people/{world.person('administrator').pk}/close/")
    assert answer.status_code == 409
    assert "不能停用自己" in answer.content.decode()
    assert world.person("administrator").is_active


def test_a_post_is_handed_over_in_one_act_with_its_duties(world: World) -> None:
    post = PostRecord.objects.get(holder=world.person("liaison"))
    successor = world.person("liaison_c")
    answer = world.client("administrator").post(f"/posts/{post.pk}/", {"holder": successor.pk, "expected": post.holder_id}, follow=True)
    assert "已交接" in answer.content.decode()
    assert world.client("liaison").get(f"/lists/{world.list.pk}/my-duties/").status_code == 403
    assert world.organ("市经信局").pk in world.who("liaison_c").organ_ids
    entry = JournalRecord.objects.filter(action="post.hand-over").latest("number")
    assert entry.detail["holder"] == [world.person("liaison").pk, successor.pk]


def test_a_hand_over_from_a_stale_page_is_refused(world: World) -> None:
    post = PostRecord.objects.get(holder=world.person("liaison"))
    hand_over(world.who("administrator"), AT, post.pk, world.person("head").pk, post.holder_id)
    answer = world.client("administrator").post(f"/posts/{post.pk}/", {"holder": "", "expected": world.person("liaison").pk})
    assert answer.status_code == 409
    assert "已经由别人交接过" in answer.content.decode()
    assert PostRecord.objects.get(pk=post.pk).holder == world.person("head")


def test_the_last_administrator_keeps_the_post(world: World) -> None:
    post = PostRecord.objects.get(role="administrator")
    answer = world.client("administrator").post(f"/posts/{post.pk}/", {"holder": "", "expected": post.holder_id})
    assert answer.status_code == 409
    assert "没有系统管理员了" in answer.content.decode()
    assert PostRecord.objects.get(pk=post.pk).holder_id == post.holder_id


def test_a_post_is_made_for_the_unit_one_comes_from_and_removed_while_it_is_vacant(world: World) -> None:
    client, organ = world.client("administrator"), world.organ("市建设局")
    assert f'value="{organ.pk}" selected' in client.get(f"/posts/new/?organ={organ.pk}").content.decode()
    assert client.post("/posts/new/", {"role": "liaison", "organ": organ.pk, "title": "联络员", "holder": ""}).status_code == 302
    post = PostRecord.objects.get(organ=organ)
    assert "1个岗位空缺" in client.get("/posts/").content.decode()
    assert "撤销这个岗位" in client.get(f"/posts/{post.pk}/").content.decode()
    assert client.post(f"/posts/{post.pk}/remove/").status_code == 302
    assert not PostRecord.objects.filter(organ=organ).exists()


def test_a_held_post_is_not_removed(world: World) -> None:
    post = PostRecord.objects.get(role="leader")
    assert world.client("administrator").post(f"/posts/{post.pk}/remove/").status_code == 409
    assert PostRecord.objects.filter(pk=post.pk).exists()


def test_a_post_of_a_unit_needs_its_unit(world: World) -> None:
    answer = world.client("administrator").post("/posts/new/", {"role": "head", "organ": "", "title": "局长", "holder": ""})
    assert answer.status_code == 422
    assert "这个角色要在一个单位里" in answer.content.decode()


def test_a_closed_person_is_not_offered_and_cannot_take_a_post(world: World) -> None:
    admin = world.client("administrator")
    checker = world.person("checker")
    admin.post(f"/people/{checker.pk}/close/")
    post = make_post(world.who("administrator"), AT, "auditor", "空岗", None)
    assert "（heyan）" not in admin.get(f"/posts/{post.pk}/").content.decode()
    assert admin.post(f"/posts/{post.pk}/", {"holder": checker.pk, "expected": ""}).status_code == 422
