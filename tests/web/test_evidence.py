"""Evidence is downloaded by those who may see what it proves, by nobody else, and is never run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from luoshi.actions.keep_evidence import keep_evidence
from luoshi.store.models import EvidenceRecord, JournalRecord, ListRecord
from tests.actions.reporting import filed, png
from tests.web.world import AT, World, world  # noqa: F401


def get(world: World, key: str, evidence_id: int, list_id: int | None = None) -> Any:  # noqa: F811
    return world.client(key).get(reverse("evidence", args=(list_id or world.list.pk, evidence_id)))


@pytest.mark.parametrize("key", ["liaison", "head", "supervision", "leader", "checker", "assessor", "auditor", "liaison_b"])
def test_who_sees_the_report_gets_the_file(world: World, key: str) -> None:  # noqa: F811
    kept = filed(world, files=(("验收 单.png", png()),)).evidence.get()
    response = get(world, key, kept.pk)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == png()
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E9%AA%8C%E6%94%B6%20%E5%8D%95.png"
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("key", ["administrator", "liaison_d"])
def test_who_does_not_see_the_report_finds_nothing(world: World, key: str) -> None:  # noqa: F811
    kept = filed(world, files=(("a.png", png()),)).evidence.get()
    if key == "liaison_d":
        post = world.person("liaison_c").posts.get()
        post.organ = world.organ("市商务局")
        post.save()
        key = "liaison_c"
    assert get(world, key, kept.pk).status_code == 404
    assert JournalRecord.objects.filter(action="access.refused", about__contains="/evidence/").count() == 1


@pytest.mark.parametrize("key", ["supervision", "leader", "liaison_b"])
def test_a_draft_and_its_files_are_nobodys_business_but_the_units(world: World, key: str) -> None:  # noqa: F811
    report = filed(world, submit=False, progress="示例：只是草稿", files=(("a.png", png()),))
    assert get(world, key, report.evidence.get().pk).status_code == 404
    where = reverse("report", args=(world.list.pk, report.promise_id, report.organ_id, report.period))
    assert "示例：只是草稿" not in world.client(key).get(where).content.decode()
    assert "示例：只是草稿" in world.client("head").get(where).content.decode()


def test_a_stranger_is_asked_to_sign_in(world: World, client: Any) -> None:  # noqa: F811
    kept = filed(world, files=(("a.png", png()),)).evidence.get()
    assert client.get(reverse("evidence", args=(world.list.pk, kept.pk))).status_code == 302


def test_under_another_list_it_is_not_there(world: World) -> None:  # noqa: F811
    kept = filed(world, files=(("a.png", png()),)).evidence.get()
    other = ListRecord.objects.create(title="示例：另一份", year=2019, pack="jiaxing-2019", made_at=AT)
    assert get(world, "supervision", kept.pk, other.pk).status_code == 404


def test_what_belongs_to_nothing_yet_is_for_who_brought_it(world: World) -> None:  # noqa: F811
    kept = keep_evidence(world.who("liaison"), AT, world.list.pk, "a.png", png(), "file_report", world.organ("市经信局").pk)
    response = get(world, "liaison", kept.pk)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == png()
    assert get(world, "liaison_b", kept.pk).status_code == 404


def test_a_file_that_is_gone_is_not_there(world: World) -> None:  # noqa: F811
    kept = filed(world, files=(("a.png", png(5, 5)),)).evidence.get()
    (Path(settings.MEDIA_ROOT) / kept.file).unlink()
    assert get(world, "liaison", kept.pk).status_code == 404
    assert get(world, "liaison", EvidenceRecord.objects.count() + 999).status_code == 404
