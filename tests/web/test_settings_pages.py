"""Pages of units, tokens and the journal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from luoshi.store.models import AliasRecord, JournalRecord, OrganRecord, TokenRecord
from luoshi.web.journal_words import ACTION_WORDS
from tests.web.world import World

SOURCE = Path(__file__).parents[2] / "src" / "luoshi"
WRITING = re.compile(r'writing\([^"]*"([a-z]+\.[a-z-]+)"(?: if [^"]*"[a-z]+" else "([a-z]+\.[a-z-]+)")?')  # writing(who, "plan.confirm", at
ACT = re.compile(r'writing\([^"]*f"([a-z]+)\.\{act\}"')  # writing(who, f"report.{act}", at


def test_units_are_listed_with_aliases_posts_and_duties(world: World, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = world.client("supervision")
    with django_assert_max_num_queries(7):
        page = client.get("/units/").content.decode()
    assert "18个单位" in page
    assert "联络员：朱文澜" in page
    assert re.search(r"市经信局</a>.*?data-l=\"责任\">23<", page, re.DOTALL)


def test_an_alias_belongs_to_one_unit(world: World) -> None:
    client, organ = world.client("supervision"), world.organ("市发展改革委")
    assert client.post(f"/units/{organ.pk}/aliases/", {"alias": "市 发改委"}).status_code == 302
    assert AliasRecord.objects.get().name == "市发改委"
    other = world.organ("市经信局")
    for name, said in (("市发改委", "“市发改委”已经是“市发展改革委”的别名"), ("市教育局", "“市教育局”已经是一个单位的名称"), (" ", "必填")):
        answer = client.post(f"/units/{other.pk}/aliases/", {"alias": name})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert client.post(f"/units/{other.pk}/aliases/{AliasRecord.objects.get().pk}/remove/").status_code == 302
    assert AliasRecord.objects.count() == 1     # an alias of another unit stays
    assert client.post(f"/units/{organ.pk}/aliases/{AliasRecord.objects.get().pk}/remove/").status_code == 302
    assert not AliasRecord.objects.exists()


def test_a_unit_is_made_and_changed(world: World) -> None:
    client = world.client("supervision")
    form = {"name": "市 文旅局", "kind": "部门", "valid_from": "2019-01-01", "valid_to": "2018-01-01"}
    assert "停用日期早于启用日期" in client.post("/units/new/", form).content.decode()
    assert client.post("/units/new/", form | {"valid_to": ""}).status_code == 302
    made = OrganRecord.objects.get(name="市文旅局")
    assert client.post("/units/new/", form | {"valid_to": ""}).status_code == 422
    assert client.post(f"/units/{made.pk}/", {"kind": "其他", "valid_from": "", "valid_to": "2019-09-01"}).status_code == 302
    assert "已停用" in client.get("/units/").content.decode()
    entry = JournalRecord.objects.latest("number")
    changed = {"kind": ["部门", "其他"], "valid_from": ["2019-01-01", None], "valid_to": [None, "2019-09-01"]}
    assert (entry.action, entry.detail) == ("unit.change", changed)


def test_units_stand_as_a_tree_and_external_ones_apart(world: World, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client, host = world.client("supervision"), world.organ("市财政局")
    assert client.post("/units/new/", {"name": "市铁路办", "kind": "部门", "host": host.pk}).status_code == 302
    outside = {"name": "邻市铁路办（示例）", "kind": "外部单位", "counterpart": host.pk, "contact": "综合处"}
    assert client.post("/units/new/", outside).status_code == 302
    client.get("/units/")     # what was said after saving is shown, and put away
    with django_assert_max_num_queries(7):
        page = client.get("/units/").content.decode()
    assert re.search(r"市财政局</a>.*?in-tree-1.*?市铁路办</a> <span class=\"tag\">挂靠", page, re.DOTALL)
    assert re.search(r"外部单位</h2>.*?邻市铁路办（示例）</a>.*?市财政局</a>.*?综合处", page, re.DOTALL)
    shown = client.get(f"/units/{host.pk}/").content.decode()
    assert re.search(r"设在它里面的</dt><dd><a[^>]*>市铁路办.*?它对接的外部单位</dt><dd><a[^>]*>邻市铁路办", shown, re.DOTALL)
    assert "外部单位不在这里填报" in client.get(f"/units/{OrganRecord.objects.get(kind='外部单位').pk}/").content.decode()


@pytest.mark.parametrize(("form", "said"), [
    ({"kind": "部门", "counterpart": "it"}, "只有外部单位才有"), ({"kind": "外部单位", "parent": "it"}, "不在本市的单位树里"),
    ({"kind": "部门", "host": "office"}, "不能反过来"), ({"kind": "部门", "parent": "it", "host": "it"}, "只能写一个")])
def test_what_cannot_be_of_a_unit_is_said_beside_its_field_and_kept(world: World, form: dict[str, str], said: str) -> None:
    client, host, it = world.client("supervision"), world.organ("市财政局"), world.organ("市经信局")
    client.post("/units/new/", {"name": "市铁路办", "kind": "部门", "host": host.pk})
    named = {"it": it.pk, "office": OrganRecord.objects.get(name="市铁路办").pk}
    answer = client.post(f"/units/{host.pk}/", {name: named.get(value, value) for name, value in form.items()})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert OrganRecord.objects.get(pk=host.pk).kind == "部门"


def test_a_unit_with_people_at_work_is_not_external(world: World) -> None:
    answer = world.client("supervision").post(f"/units/{world.organ('市经信局').pk}/", {"kind": "外部单位"})
    assert answer.status_code == 422
    assert "有岗位在填报" in answer.content.decode()


def test_who_only_sees_units_changes_none(world: World) -> None:
    organ = world.organ("市经信局")
    client = world.client("auditor")
    assert "增加别名" not in client.get(f"/units/{organ.pk}/").content.decode()
    assert client.post(f"/units/{organ.pk}/", {"kind": "其他"}).status_code == 403


def test_a_token_is_shown_once_reads_and_is_dead_when_revoked(world: World) -> None:
    client = world.client("supervision")
    answer = client.post("/tokens/", {"name": "大屏", "scope": "read", "days": "30"})
    found = re.search(r"luoshi_[\w-]{40,}", answer.content.decode())
    assert found is not None
    token = found[0]
    assert "no-store" in answer["Cache-Control"]
    assert token not in client.get("/tokens/").content.decode()
    assert not TokenRecord.objects.filter(token_hash__contains=token).exists()
    bearer = {"Authorization": f"Bearer {token}"}
    assert Client().get("/api/v1/lists", headers=bearer).status_code == 200
    made = TokenRecord.objects.get()
    assert client.post(f"/tokens/{made.pk}/revoke/").status_code == 302
    assert Client().get("/api/v1/lists", headers=bearer).status_code == 401
    assert "已失效" in client.get("/tokens/").content.decode()


def test_tokens_of_others_are_for_administrators_only(world: World) -> None:
    world.client("administrator").post("/tokens/", {"name": "管理员的", "scope": "read", "days": "30"})
    world.client("supervision").post("/tokens/", {"name": "督查室的", "scope": "read", "days": "30"})
    theirs = TokenRecord.objects.get(name="管理员的")
    office = world.client("supervision")
    assert "管理员的" not in office.get("/tokens/").content.decode()
    assert office.post(f"/tokens/{theirs.pk}/revoke/").status_code == 404
    admin = world.client("administrator")
    assert "督查室的" in admin.get("/tokens/").content.decode()
    assert admin.post(f"/tokens/{TokenRecord.objects.get(name='督查室的').pk}/revoke/").status_code == 302


@pytest.mark.parametrize("form", [{"name": "", "scope": "read", "days": "30"}, {"name": "x", "scope": "all", "days": "30"},
                                  {"name": "x", "scope": "read", "days": "99999"}])
def test_a_token_has_a_purpose_a_scope_and_an_end(world: World, form: dict[str, str]) -> None:
    assert world.client("supervision").post("/tokens/", form).status_code == 422
    assert not TokenRecord.objects.exists()


def test_the_journal_is_shown_in_words_newest_first(world: World, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = world.client("auditor")
    with django_assert_max_num_queries(10):
        page = client.get("/journal/").content.decode()
    numbers = [int(n) for n in re.findall(r'<th scope="row" class="n">(\d+)</th>', page)]
    assert numbers == sorted(numbers, reverse=True)
    assert "确认方案" in page
    assert "plan.confirm<" not in page


@pytest.mark.parametrize(("query", "holds", "lacks"), [
    ({"action": "plan.confirm"}, "<td>确认方案", "<td>新增人员"), ({"q": "沈知行"}, "<td>收到文件", "<td>新增人员"),
    ({"q": "没有的人"}, "没有符合的条目", "<td>"),
    ({"before": "3"}, "第3条以前", 'class="n">3<'), ({"before": "x; drop"}, "最近的条目", "第x"), ({"action": "no.such"}, "没有符合的条目", "<td>")])
def test_the_journal_is_narrowed(world: World, query: dict[str, str], holds: str, lacks: str) -> None:
    page = world.client("auditor").get("/journal/", query).content.decode()
    assert holds in page
    assert lacks not in page


@pytest.mark.django_db(transaction=True)
def test_the_check_says_in_words_whether_the_journal_holds(transactional_db: None, world: World) -> None:
    client = world.client("auditor")
    answer = client.post("/journal/verify/")
    assert "日志完好" in answer.content.decode()
    JournalRecord.objects.filter(number=3).update(about="person:99")
    page = client.post("/journal/verify/").content.decode()
    assert "第3条被改过" in page
    assert "前2条完好" in page
    assert client.get("/journal/verify/").status_code == 405


def test_every_action_has_words() -> None:
    written = {name for path in SOURCE.glob("actions/*.py") for found in WRITING.findall(path.read_text("utf-8")) for name in found if name}
    steps = {f"{kind}.{act}" for path in SOURCE.glob("actions/*.py") for kind in ACT.findall(path.read_text("utf-8")) for act in ("save", "submit")}
    assert len(written) > 25
    assert (written | steps) - ACTION_WORDS.keys() == set()


def test_settings_pages_speak_english_and_survive_a_long_name(world: World) -> None:
    organ = world.organ("市经信局")
    OrganRecord.objects.filter(pk=organ.pk).update(name="某" * 80)
    client = world.client("administrator")
    client.get("/language/?to=en")
    for path in ("/people/", "/posts/", f"/units/{organ.pk}/", "/tokens/", "/journal/", "/my-password/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert '<html lang="en">' in answer.content.decode()
