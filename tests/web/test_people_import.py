"""People from a table: every row is checked and shown, all or nothing, no passwords in it; the one-time link."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from luoshi.actions.import_people import read_people
from luoshi.store.models import JournalRecord, PersonRecord, PostRecord
from tests.web.world import World

HEAD = "登录名,姓名,角色,单位,岗位\n"
GOOD = HEAD + "zhao.qi,赵七（示例）,单位联络员,市财政局,综合科科员\nzhao.qi,赵七（示例）,核验人,,\nshenji,{auditor},单位负责人,市教育局,副局长\n"
LINK = re.compile(r"http://testserver(/invited/[\w-]+/)")     # http://testserver/invited/abc-d/
SECRET = "xiangcun-7281-qiaoliang"


def good(world: World) -> str:
    return GOOD.format(auditor=world.person("auditor").name)


def test_a_table_is_shown_first_and_then_made_with_links(world: World) -> None:
    client, before = world.client("administrator"), PersonRecord.objects.count()
    shown = client.post("/people/import/", {"text": good(world), "do": "check"})
    assert shown.status_code == 200
    assert "3行，还没有导入" in shown.content.decode()
    assert PersonRecord.objects.count() == before
    made = client.post("/people/import/", {"text": good(world), "do": "enter"})
    page = made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert "已导入1人、3个岗位" in page
    found = LINK.findall(page)
    assert len(found) == 1
    person = PersonRecord.objects.get(username="zhao.qi")
    assert [(p.role, p.title, p.organ and p.organ.name) for p in person.posts.order_by("pk")] == [
        ("liaison", "综合科科员", "市财政局"), ("checker", "核验人", None)]
    assert Client().post("/sign-in/", {"username": "zhao.qi", "password": ""}).status_code == 401
    assert Client().post(found[0], {"password": SECRET, "again": SECRET}).status_code == 302
    assert Client().post("/sign-in/", {"username": "zhao.qi", "password": SECRET}).status_code == 302
    assert Client().get(found[0]).status_code == 404
    assert not any(found[0].split("/")[2] in str(entry.detail) for entry in JournalRecord.objects.all())


@pytest.mark.parametrize(("row", "said"), [
    ("a,赵七,核验人,,", "登录名只能用"), ("zhao.qi,,核验人,,", "没有写姓名"), ("zhao.qi,赵七,大王,,", "不认得角色“大王”"),
    ("zhao.qi,赵七,单位联络员,,", "要写单位"), ("zhao.qi,赵七,单位联络员,市月球局,", "没有“市月球局”这个单位"),
    ("zhao.qi,=HYPERLINK(1),核验人,,", "当成公式"), ("zhao.qi,赵七,核验人,,@SUM(A1)", "当成公式"), ("jingxin,别人,核验人,,", "已经是“"),
    ("zhao.qi,赵七,核验人,,\nzhao.qi,赵八,审计人,,", "已经是“赵七”的"), ("zhao.qi,赵七,核验人,,\nzhao.qi,赵七,核验人,,", "和前面一行重复"),
    ("zhao.qi,赵七,核验人,,岗,多的", "多出了列")])
def test_a_wrong_row_is_named_and_nothing_is_made(world: World, row: str, said: str) -> None:
    people, posts = PersonRecord.objects.count(), PostRecord.objects.count()
    answer = world.client("administrator").post("/people/import/", {"text": f"{HEAD}li.si,李四,审计人,,\n{row}\n", "do": "enter"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert (PersonRecord.objects.count(), PostRecord.objects.count()) == (people, posts)


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "said"), [(b"\xff\xfe\x00\x81", "不是文本"), ("姓名,登录名\n".encode(), "第1行要写这些列名"),
                                               (HEAD.encode(), "一行也没有"), (b'"a', "不是 CSV")])
def test_a_wrong_file_is_refused_in_one_sentence(content: bytes, said: str) -> None:
    found = read_people(content)
    assert isinstance(found, str)
    assert said in found


def test_a_file_as_excel_saves_it_is_read(world: World) -> None:
    found = read_people((HEAD + "zhao.qi,赵七,核验人,,\n").encode("gb18030"))
    assert not isinstance(found, str)
    assert (found[0].line, found[0].name, found[0].problems) == (2, "赵七", [])


def test_a_link_for_somebody_who_forgot_is_made_by_administrators_only(world: World) -> None:
    person = world.person("leader")
    assert world.client("supervision").post(f"/people/{person.pk}/invite/").status_code == 403
    first = LINK.findall(world.client("administrator").post(f"/people/{person.pk}/invite/").content.decode())[0]
    second = LINK.findall(world.client("administrator").post(f"/people/{person.pk}/invite/").content.decode())[0]
    assert Client().get(first).status_code == 404
    assert Client().post(second, {"password": "1", "again": "1"}).status_code == 422
    assert Client().post(second, {"password": SECRET, "again": SECRET}).status_code == 302
