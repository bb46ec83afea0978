"""Pages of spot checks: drawn by a seed that anybody can repeat, written down with place and photo, with the effect on the figure shown first."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luoshi.store.models import SampleItemRecord, SampleRecord
from tests.actions.reporting import jpeg
from tests.web.acting import filled
from tests.web.world import World, busy_world  # noqa: F401


def drawn(world: World, key: str = "supervision", **changes: Any) -> Any:
    typed = {"title": "9月抽查（示例）", "as_of": "2019-09-30", "by_risk": "2", "random": "3", "seed": "摇号 07 15 23（示例）", **changes}
    return world.client(key).post(reverse("samples", args=(world.list.pk,)), typed)


@pytest.fixture
def sampled(busy_world: World) -> World:  # noqa: F811
    """Five of what was claimed as done."""
    answer = drawn(busy_world)
    assert answer.status_code == 302
    return busy_world


def sample_of(world: World) -> str:
    return reverse("sample", args=(world.list.pk, SampleRecord.objects.get().pk))


def item_of(item: SampleItemRecord) -> str:
    return reverse("sample_item", args=(item.sample.list_id, item.sample_id, item.pk))


def row_item() -> SampleItemRecord:
    """One that is a row of a register."""
    return SampleItemRecord.objects.exclude(key__startswith="report:").exclude(key__startswith="slip:").first()  # type: ignore[return-value]


def test_the_draw_shows_its_seed_and_is_the_same_when_repeated(sampled: World) -> None:
    shown = sampled.client("auditor").get(sample_of(sampled) + "?again=1").content.decode()
    assert "摇号 07 15 23（示例）" in shown
    assert "和当时抽到的一样" in shown
    assert shown.count("<tr>") >= 2 * SampleItemRecord.objects.count()


def test_a_result_is_written_with_its_place_and_photo(sampled: World) -> None:
    item, checker = row_item(), sampled.client("checker")
    typed = {**filled(checker, item_of(item)), "result": "true", "where": "示例路1号", "photo": SimpleUploadedFile("现场.jpg", jpeg())}
    assert checker.post(item_of(item), typed).status_code == 302
    shown = checker.get(item_of(item)).content.decode()
    assert "示例路1号" in shown
    assert "现场.jpg" in shown
    assert "查了1件" in checker.get(sample_of(sampled)).content.decode()


def test_a_finding_wants_its_effect_to_be_seen_and_what_was_typed_stays(sampled: World) -> None:
    item, checker = row_item(), sampled.client("checker")
    typed = {**filled(checker, item_of(item)), "result": "false", "where": "示例路1号", "note": "没有这家企业（示例）"}
    answer = checker.post(item_of(item), typed)
    assert answer.status_code == 422
    assert "不属实的要附照片或材料" in answer.content.decode()
    assert "没有这家企业（示例）" in answer.content.decode()
    photo = SimpleUploadedFile("现场.jpg", jpeg())
    unconfirmed = checker.post(item_of(item), {**typed, "photo": photo})
    assert unconfirmed.status_code == 422
    assert "判为不实会改总览上的数" in unconfirmed.content.decode()
    assert "判为不实会怎样" in unconfirmed.content.decode()
    assert not SampleItemRecord.objects.exclude(result="").exists()
    photo = SimpleUploadedFile("现场.jpg", jpeg())
    assert checker.post(item_of(item), {**typed, "photo": photo, "confirmed": "on"}).status_code == 302
    assert "1件不全属实" in checker.get(sample_of(sampled)).content.decode()


@pytest.mark.parametrize(("typed", "words"), [
    ({"title": ""}, "没有写名称"), ({"as_of": "2019-10-30"}, "还没有到"), ({"as_of": "昨天"}, "没有这一天"), ({"random": "0", "by_risk": "0"}, "")])
def test_a_draw_that_cannot_be_is_refused_in_words(busy_world: World, typed: dict[str, str], words: str) -> None:  # noqa: F811
    answer = drawn(busy_world, **typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not SampleRecord.objects.exists()


def test_only_the_office_draws_only_checkers_write_and_units_see_theirs(sampled: World) -> None:
    assert drawn(sampled, "liaison").status_code == 403
    assert drawn(sampled, "checker").status_code == 403
    item = row_item()
    assert sampled.client("leader").post(item_of(item), {"result": "true"}).status_code == 403
    units = set(SampleItemRecord.objects.values_list("organ__name", flat=True))
    answer = sampled.client("liaison_c").get(sample_of(sampled))
    assert answer.status_code == (200 if "市科技局" in units else 404)
