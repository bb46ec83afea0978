"""Forms that cannot be kept: the session ended, the check against forged requests failed. What was typed is shown, what is secret never."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from luoshi.store.models import ReportRecord
from tests.actions.reporting import item_of
from tests.web.world import World

WORDS = "示例：9月新增2个项目，写到一半。"


def address(world: World) -> str:
    return reverse("report", args=(world.list.pk, item_of(world, "重大项目").promise.id, world.organ("市经信局").pk, "2019-09"))


def test_a_session_that_ended_in_the_middle_of_a_form_shows_what_was_typed_and_the_way_back(world: World) -> None:
    client = world.client("liaison")
    client.logout()
    answer = client.post(address(world), {"value": "43", "progress": WORDS, "revision": "0", "do": "submit"})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "登录已过期，还没有保存" in page
    assert WORDS in page
    assert ">43<" in page
    assert f"/sign-in/?next={address(world)}" in page
    assert not ReportRecord.objects.exists()


def test_a_form_with_a_password_is_not_shown_again(world: World) -> None:
    page = Client().post("/my-password/", {"old": "mima-8372-jiu", "new": "mima-8372-xin", "again": "mima-8372-xin"}).content.decode()
    assert "登录已过期" in page
    assert "mima-8372" not in page
    page = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "ducha", "password": "mima-8372"}).content.decode()
    assert "表单的校验没有通过" in page
    assert "mima-8372" not in page


def test_a_forged_form_is_answered_in_our_words_with_what_was_typed(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.person("liaison"), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(address(world), {"progress": WORDS, "revision": "0"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "这一步没有做" in page
    assert WORDS in page
    assert "CSRF" not in page
    assert not ReportRecord.objects.exists()


def test_a_body_of_files_is_not_read_for_its_words(world: World) -> None:
    answer = Client().post(address(world), b"", "multipart/form-data; boundary=x", CONTENT_LENGTH="30000000")
    assert answer.status_code == 401


def test_the_page_of_an_error_says_that_nothing_changed_and_asks_nothing_of_the_database() -> None:
    assert "数据没有变" in render_to_string("500.html")
    assert "看不懂这个请求" in render_to_string("400.html")
