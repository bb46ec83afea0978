"""What the tests of the import share: a list without a document, and ways to upload and confirm."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from luoshi.actions.make_list import make_list
from luoshi.pack.find import SHIPPED
from luoshi.plan.plan import Plan
from luoshi.plan.restore import plan_from_json
from luoshi.store.models import DocumentRecord, ListRecord
from tests.web.world import AT, World, world  # noqa: F401

OWN = SHIPPED / "jiaxing-2019" / "document.txt"


@pytest.fixture
def fresh(world: World) -> ListRecord:  # noqa: F811
    """A list without a document."""
    return make_list(world.who("supervision"), AT, "又一份清单", 2019, "jiaxing-2019")


def upload(client: Client, list_id: int, name: str, data: bytes) -> HttpResponse:
    return client.post(f"/lists/{list_id}/imports/", {"file": SimpleUploadedFile(name, data)})


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def coverage_accepted(document: DocumentRecord) -> dict[str, str]:
    return {f"answer:{f['key']}": f["answers"][0]["key"] for f in document.plan["findings"] if f["id"] == "target.coverage-without-number"}


def confirm(client: Client, where: str, expected: str = "0") -> HttpResponse:
    """With the word that open questions may stay open."""
    return client.post(f"{where}confirm/", {"sure": "1", "expected": expected})


def confirmed(client: Client, fresh: ListRecord, path: Path) -> Plan:
    response = upload(client, fresh.pk, path.name, path.read_bytes())
    assert response.status_code == 302
    document = DocumentRecord.objects.get(list=fresh)
    answers = coverage_accepted(document)
    assert len(answers) == 4
    assert client.post(response["Location"], {**answers, "do": "confirm"})["Location"] == response["Location"] + "confirm/"
    assert confirm(client, response["Location"])["Location"] == f"/lists/{fresh.pk}/"
    fresh.refresh_from_db()
    assert fresh.plan is not None
    return plan_from_json(fresh.plan.plan)
