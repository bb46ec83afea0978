"""Pages of bulletins: drafting, the preview with its links, wording, issue, download, and who sees what."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from luoshi.actions.bulletin_content import seal_of
from luoshi.actions.make_list import make_list
from luoshi.store.models import BulletinRecord, FactRecord, JournalRecord, ListRecord
from tests.web.world import AT, World, world  # noqa: F401

FORM = {"as_of": "2019-09-30", "organ": "示例市政府督查室", "code": "示例督", "mark": "督查通报",
        "addressees": "各牵头单位：", "copies_to": "市委办公室"}


def at(world: World) -> str:  # noqa: F811
    return f"/lists/{world.list.pk}/bulletins/"


def draft(world: World, client: Client) -> BulletinRecord:  # noqa: F811
    response = client.post(at(world), FORM)
    assert response.status_code == 302
    return BulletinRecord.objects.get(pk=int(response.url.rstrip("/").split("/")[-1]))  # type: ignore[attr-defined]


def issue(world: World, client: Client, record: BulletinRecord) -> None:  # noqa: F811
    response = client.post(f"{at(world)}{record.pk}/issue/", {"seal": seal_of(record.content)})
    assert response.status_code == 302
    record.refresh_from_db()


def test_an_empty_list_of_bulletins_says_what_to_do(world: World) -> None:  # noqa: F811
    page = world.client("supervision").get(at(world)).content.decode()
    assert "还没有印发过通报" in page
    assert "拟草稿" in page


def test_a_list_without_a_plan_leads_to_the_import(world: World) -> None:  # noqa: F811
    empty = make_list(world.who("supervision"), AT, "空清单", 2019, "base")
    client = world.client("supervision")
    assert "先到“导入”确认方案" in client.get(f"/lists/{empty.pk}/bulletins/").content.decode()
    assert client.post(f"/lists/{empty.pk}/bulletins/", FORM).status_code == 422
    assert not BulletinRecord.objects.exists()


@pytest.mark.parametrize(("name", "value", "said"), [
    ("as_of", "2019-10-01", "统计日还没有到"), ("as_of", "昨天", "日期"), ("code", "督1", "代字只写汉字"), ("organ", "", "必填")])
def test_a_wrong_form_is_said_and_kept(world: World, name: str, value: str, said: str) -> None:  # noqa: F811
    response = world.client("supervision").post(at(world), {**FORM, name: value})
    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert f'value="{FORM["addressees"]}"' in page
    assert not BulletinRecord.objects.exists()


def test_every_number_of_the_preview_leads_to_its_page_and_says_its_because(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    record = draft(world, client)
    page = client.get(f"{at(world)}{record.pk}/").content.decode()
    promise = next(n["promise"] for n in record.content["numbers"] if n["of"] == "9.1")
    address = f"/lists/{world.list.pk}/targets/{promise}/"
    assert re.search(rf'<a class="val" href="{address}\?on=2019-09-30" title="[^"]*计入21，未计入19[^"]*">2640亩</a>', page)
    linked = set(re.findall(r'title="[^"]*">([^<]+)</a>', page))
    assert {n["text"] for n in record.content["numbers"]} <= linked
    assert client.get(f"{address}?on=2019-09-30").status_code == 200


def test_words_are_saved_and_a_number_typed_over_is_refused_with_the_input_kept(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    record = draft(world, client)
    address, seal = f"{at(world)}{record.pk}/", seal_of(record.content)
    text = record.content["passages"][0]["text"]
    refused = client.post(address, {"seal": seal, "p0": text.replace("{1}", "99项")})
    assert refused.status_code == 422
    assert "少了数字{1}" in refused.content.decode()
    assert "99项" in refused.content.decode()
    assert client.post(address, {"seal": seal, "p0": text + "特此通报。"}).status_code == 302
    record.refresh_from_db()
    assert record.content["passages"][0]["text"].endswith("特此通报。")
    stale = client.post(address, {"seal": seal, "p0": text})
    assert stale.status_code == 409
    assert "别人改过这份草稿" in stale.content.decode()


def test_issue_gives_a_number_and_a_second_click_is_told(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    record = draft(world, client)
    seal = seal_of(record.content)
    issue(world, client, record)
    page = client.get(f"{at(world)}{record.pk}/").content.decode()
    assert "示例督〔2019〕1号" in page
    assert "存文字" not in page
    again = client.post(f"{at(world)}{record.pk}/issue/", {"seal": seal})
    assert again.status_code == 409
    assert "已经印发" in again.content.decode()
    assert client.get(f"{at(world)}{record.pk}/issue/").status_code == 405


def test_both_files_come_as_attachments(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    record = draft(world, client)
    for state in ("draft", "issued"):
        for kind, head in (("docx", b"PK"), ("pdf", b"%PDF")):
            response = client.get(f"{at(world)}{record.pk}/file.{kind}")
            content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
            assert response["Content-Disposition"].startswith("attachment")
            assert content.startswith(head)
            if kind == "docx":
                words = [p.text for p in docx.Document(io.BytesIO(content)).paragraphs]
                assert ("示例督〔2019〕1号" in words) == (state == "issued")
        if state == "draft":
            issue(world, client, record)
    assert client.get(f"{at(world)}{record.pk}/file.exe").status_code == 404


def test_a_file_that_was_changed_on_the_disk_is_not_handed_out(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    record = draft(world, client)
    issue(world, client, record)
    (Path(settings.MEDIA_ROOT) / record.docx).write_bytes(b"PK something else")
    response = client.get(f"{at(world)}{record.pk}/file.docx")
    assert response.status_code == 409
    assert "和印发时的不一样" in response.content.decode()


def test_an_issued_one_shows_what_today_would_differ(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    record = draft(world, client)
    issue(world, client, record)
    assert "更正提示" not in client.get(f"{at(world)}{record.pk}/").content.decode()
    FactRecord.objects.filter(list=world.list, source="redevelopment_parcel").delete()
    ListRecord.objects.filter(pk=world.list.pk).update(facts_version=world.list.facts_version + 1)
    page = client.get(f"{at(world)}{record.pk}/").content.decode()
    assert "更正提示" in page
    assert "第9.1项实际" in page
    assert ">2640亩</a>" in page


def test_others_read_what_was_issued_and_never_a_draft(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    hidden, shown = draft(world, client), draft(world, client)
    issue(world, client, shown)
    for key in ("leader", "liaison", "auditor"):
        other = world.client(key)
        page = other.get(at(world)).content.decode()
        assert f"/bulletins/{shown.pk}/" in page
        assert f"/bulletins/{hidden.pk}/" not in page
        assert "拟草稿" not in page
        assert other.get(f"{at(world)}{shown.pk}/").status_code == 200
        assert other.get(f"{at(world)}{hidden.pk}/").status_code == 404
        assert other.get(f"{at(world)}{hidden.pk}/file.pdf").status_code == 404
        assert other.post(at(world), FORM).status_code == 403
        assert other.post(f"{at(world)}{hidden.pk}/issue/", {"seal": ""}).status_code == 403
    assert JournalRecord.objects.filter(action="access.refused").count() >= 9


def test_a_bulletin_of_another_list_is_not_there(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    record = draft(world, client)
    other = make_list(world.who("supervision"), AT, "另一份清单", 2019, "base")
    assert client.get(f"/lists/{other.pk}/bulletins/{record.pk}/").status_code == 404
    assert client.post(f"/lists/{other.pk}/bulletins/{record.pk}/issue/", {"seal": seal_of(record.content)}).status_code == 404


def test_many_bulletins_take_no_more_queries_than_one(world: World, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:  # noqa: F811
    client = world.client("supervision")
    record = draft(world, client)
    BulletinRecord.objects.bulk_create(BulletinRecord(
        list=world.list, title=f"第{n}份", as_of=record.as_of, content=record.content, by=record.by, at=AT) for n in range(40))
    with django_assert_max_num_queries(8):
        client.get(at(world))
    with django_assert_max_num_queries(14):
        client.get(f"{at(world)}{record.pk}/")


def test_what_people_write_is_escaped(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    client.post(at(world), {**FORM, "organ": "<script>x</script>", "addressees": "=1+1 #eval()"})
    record = BulletinRecord.objects.get()
    page = client.get(f"{at(world)}{record.pk}/").content.decode()
    assert "<script>x" not in page
    assert "style=" not in page.split("<main")[1]
