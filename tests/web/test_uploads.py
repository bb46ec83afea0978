"""Uploads: every bad file is kept, named and puts nothing in force; names are cleaned; the limit holds while a file arrives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from luoshi.actions.receive_document import clean_name, receive_document
from luoshi.reading import archive, read
from luoshi.reading.source import Unreadable
from luoshi.store.models import DocumentRecord, JournalRecord, ListRecord, PlanRecord
from tests.reading.make import W, par, xlsx, zipped
from tests.reading.test_bad_files import BAD, ENTITIES
from tests.web.importing import OWN, fresh, text_of, upload  # noqa: F401
from tests.web.world import AT, World, world  # noqa: F401

REFUSED = [*BAD,
           ("表.xlsx", xlsx("<sheetData/>"), "xlsx.no-table"),
           ("弹.docx", zipped({"word/document.xml": bytes(archive.SMALL + 1)}), "file.zip-bomb"),
           ("实体.docx", zipped({"word/document.xml": f'{ENTITIES[0]}<w:document {W}><w:body>{par("&x;")}</w:body></w:document>'}),
            "file.xml-entities")]


@pytest.mark.parametrize(("name", "data", "id"), REFUSED, ids=[name for name, *_ in REFUSED])
def test_a_file_that_cannot_be_read_is_kept_named_and_puts_nothing_in_force(world: World, fresh: ListRecord, name: str, data: bytes, id: str) -> None:  # noqa: F811
    client = world.client("supervision")
    response = client.get(upload(client, fresh.pk, name, data)["Location"])
    document = DocumentRecord.objects.get(list=fresh)
    assert (document.state, document.plan, document.name) == ("refused", None, name)
    assert (Path(settings.MEDIA_ROOT) / document.file).read_bytes() == data
    assert escape(document.message) in text_of(response)
    assert name in document.message
    assert JournalRecord.objects.order_by("-number").values_list("detail", flat=True)[0] == {"refused": id}
    assert escape(document.message) in text_of(client.get(f"/lists/{fresh.pk}/imports/"))
    assert client.post(f"/lists/{fresh.pk}/imports/{document.pk}/", {"do": "confirm"}).status_code == 409
    assert not PlanRecord.objects.filter(list=fresh).exists()


def test_a_file_over_the_limit_stops_while_it_arrives_and_nothing_of_it_is_kept(
        world: World, fresh: ListRecord, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(read, "MAX_BYTES", 1024**2)
    before = sorted((Path(settings.MEDIA_ROOT) / "documents").iterdir())
    response = upload(world.client("supervision"), fresh.pk, "大.docx", bytes(1024**2 + 1))
    assert response.status_code == 422
    assert "文件「大.docx」有 1+ MB" in text_of(response)
    assert not DocumentRecord.objects.filter(list=fresh).exists()
    assert sorted((Path(settings.MEDIA_ROOT) / "documents").iterdir()) == before


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_read(world: World, fresh: ListRecord) -> None:  # noqa: F811
    address, form = f"/lists/{fresh.pk}/imports/", "multipart/form-data; boundary=x"
    response = world.client("supervision").post(address, b"", form, CONTENT_LENGTH=str(read.MAX_BYTES + 2_000_000))
    assert response.status_code == 413
    assert "一次最多" in text_of(response)
    assert not DocumentRecord.objects.filter(list=fresh).exists()


def test_the_action_itself_stops_at_the_limit(world: World, fresh: ListRecord, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(read, "MAX_BYTES", 10)
    arrived: list[int] = []

    def chunks() -> Iterator[bytes]:
        for n in range(100):
            arrived.append(n)
            yield b"12345"
    with pytest.raises(Unreadable):
        receive_document(world.who("supervision"), AT, fresh.pk, "a.txt", chunks())
    assert len(arrived) == 3
    assert not [p for p in (Path(settings.MEDIA_ROOT) / "documents").iterdir() if p.name.startswith(".arriving")]


def test_an_upload_is_checked_against_forged_requests_although_the_limit_is_set_first(world: World, fresh: ListRecord) -> None:  # noqa: F811
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.person("supervision"), backend="django.contrib.auth.backends.ModelBackend")
    assert upload(client, fresh.pk, "a.txt", b"x").status_code == 403


@pytest.mark.parametrize(("given", "kept"), [
    ("../../etc/passwd", "passwd"), ("C:\\文件\\清单.docx", "清单.docx"), ("清\x00单\x1b[2J.docx", "清单[2J.docx"),
    ("清单\u202excod.exe", "清单xcod.exe"), ("...", "未命名文件"), ("长" * 300 + ".docx", "长" * 110 + "….docx")])
def test_a_file_name_is_cleaned(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_name_with_parts_of_a_path_is_kept_as_a_name(world: World, fresh: ListRecord) -> None:  # noqa: F811
    document, _ = receive_document(world.who("supervision"), AT, fresh.pk, "../../../x\n.txt", [b"abc"])
    assert document.name == "x.txt"
    assert (Path(settings.MEDIA_ROOT) / document.file).parent == Path(settings.MEDIA_ROOT) / "documents"


def test_the_same_file_again_leads_to_the_document_that_is_there(world: World, fresh: ListRecord) -> None:  # noqa: F811
    client = world.client("supervision")
    first, second = (upload(client, fresh.pk, name, OWN.read_bytes()) for name in ("一.txt", "二.txt"))
    assert first["Location"] == second["Location"]
    assert "以前传过了（一.txt）" in text_of(client.get(second["Location"]))
    assert DocumentRecord.objects.filter(list=fresh).count() == 1


def test_the_same_file_may_stand_in_another_list(world: World, fresh: ListRecord) -> None:  # noqa: F811
    assert receive_document(world.who("supervision"), AT, fresh.pk, "一.txt", [OWN.read_bytes()])[1]
    assert not receive_document(world.who("supervision"), AT, world.list.pk, "一.txt", [OWN.read_bytes()])[1]
