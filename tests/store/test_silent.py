"""Leading units where nobody answers: each by its worst reason, in a fixed number of queries."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from luoshi.store.models import ListRecord, OfficeChoiceRecord, PersonRecord, PostRecord, ReportRecord
from luoshi.store.queries.silent import SilentUnit, leads_of, owners_gone
from luoshi.store.queries.story import Told, tell_list
from tests.web.world import AT, DAY, World, busy_world, world  # noqa: F401


def told_of(world: World) -> tuple[ListRecord, Told]:  # noqa: F811
    record = ListRecord.objects.select_related("plan").get(pk=world.list.pk)
    told = tell_list(record, DAY)
    assert told is not None
    return record, told


def gone(world: World, day: date = DAY) -> dict[str, SilentUnit]:  # noqa: F811
    record, told = told_of(world)
    return {unit.organ: unit for unit in owners_gone(record, told, day)}


@pytest.fixture
def signed_in(busy_world: World) -> World:  # noqa: F811
    PersonRecord.objects.filter(posts__organ__isnull=False).update(last_login=AT)
    return busy_world


def test_a_unit_without_anybody_in_post_is_found(signed_in: World) -> None:
    found = gone(signed_in)
    assert found["市自然资源和规划局"].words == "没有人在岗"
    assert found["市自然资源和规划局"].items > 0
    assert "市经信局" not in found


def test_somebody_who_never_signed_in_is_no_owner(busy_world: World) -> None:  # noqa: F811
    found = gone(busy_world)["市经信局"]
    assert (found.why, len(found.people)) == ("never", 2)
    PersonRecord.objects.filter(username="jingxin-fuze").update(last_login=AT)
    assert "市经信局" not in gone(busy_world)


def test_an_account_that_was_closed_is_nobody(signed_in: World) -> None:
    PersonRecord.objects.filter(username__startswith="jingxin").update(is_active=False)
    assert gone(signed_in)["市经信局"].why == "vacant"
    PostRecord.objects.filter(organ__name="市经信局").update(holder=None)
    assert gone(signed_in)["市经信局"].why == "vacant"


def test_two_windows_without_anything_are_silence_and_one_report_ends_it(signed_in: World) -> None:
    OfficeChoiceRecord.objects.update_or_create(list_id=signed_in.list.pk, defaults={"starts_on": date(2019, 1, 1)})
    ReportRecord.objects.filter(organ__name="市经信局").delete()
    found = gone(signed_in)["市经信局"]
    assert (found.why, found.words) == ("two_windows", "连着两期没有报送")
    record, told = told_of(signed_in)
    item = next(item for item in told.items if "市经信局" in item.leads)
    unit = signed_in.organ("市经信局")
    sent = ReportRecord(list=record, promise_id=item.promise.id, organ=unit, period="2019-08", state="draft", observed_on=date(2019, 8, 31),
                        author=signed_in.person("liaison"), changed_at=AT)
    sent.save()
    assert gone(signed_in)["市经信局"].why == "two_windows"
    ReportRecord.objects.filter(pk=sent.pk).update(state="submitted")
    assert "市经信局" not in gone(signed_in)


def test_it_asks_a_fixed_number_of_questions_and_the_page_counts_the_rest(signed_in: World, django_assert_max_num_queries: DjangoAssertNumQueries,
                                                                          ) -> None:
    record, told = told_of(signed_in)
    with django_assert_max_num_queries(6):
        found = owners_gone(record, told, DAY)
    page = signed_in.client("supervision").get(f"/lists/{record.pk}/owners/").content.decode()
    assert f"{len(found)}个牵头单位没有人应声" in page
    assert f"其余{len(leads_of(record, told)) - len(found)}个" in page
    assert signed_in.client("leader").get(f"/lists/{record.pk}/owners/").status_code == 403
