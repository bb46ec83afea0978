"""The page that splits a target: sums, remainders, the plan line of the light, and two people at once."""

from __future__ import annotations

import io
import json
import zipfile
from decimal import Decimal

import pytest

from luoshi.compiler.passes import compile_plan
from luoshi.plan.target import Target
from luoshi.reading.read import read_document
from luoshi.status.stand import Item
from luoshi.store.models import BreakdownRecord, JournalRecord, ListRecord
from luoshi.store.queries.story import tell_list
from tests.web.world import DAY, World


def the_item(world: World, value: int, unit: str) -> Item:
    told = tell_list(ListRecord.objects.select_related("plan").get(pk=world.list.pk), DAY)
    assert told is not None
    return next(i for i in told.items if isinstance(i.promise, Target) and (i.promise.value, i.promise.unit) == (value, unit))


def address(world: World, item: Item) -> str:
    return f"/lists/{world.list.pk}/targets/{item.promise.id}/"


def form(units: dict[str, str], quarters: tuple[str, ...] = ("", "", "", ""), **more: str) -> dict[str, object]:
    return {"unit": list(units), "value": list(units.values()), "quarter": list(quarters), "expected": "0", **more}


def test_shares_are_saved_with_their_remainder_and_shown_beside_the_target(world: World) -> None:
    item, client = the_item(world, 6000, "亩"), world.client("supervision")
    where = address(world, item) + "breakdown/"
    assert "还没有分解" in client.get(where).content.decode()
    assert client.post(where, form({"南湖区": "2500", "海宁市": "3000"})).status_code == 302
    page = client.get(address(world, item)).content.decode()
    assert "南湖区" in page
    assert "和目标相差" in page
    assert BreakdownRecord.objects.get().shares["units"] == [["南湖区", "2500"], ["海宁市", "3000"]]
    assert JournalRecord.objects.latest("pk").action == "target.break-down"


def test_quarters_are_the_plan_line_of_the_light(world: World) -> None:
    item, client = the_item(world, 6000, "亩"), world.client("supervision")
    assert item.standing is not None
    assert item.standing.planned == 4500
    client.post(address(world, item) + "breakdown/", form({}, ("500", "500", "1000", "4000")))
    after = the_item(world, 6000, "亩")
    assert after.standing is not None
    assert after.standing.planned == 2000
    assert after.light.state == "normal"


def test_what_is_no_number_is_said_at_its_line_and_the_form_keeps_the_rest(world: World) -> None:
    item, client = the_item(world, 6000, "亩"), world.client("supervision")
    answer = client.post(address(world, item) + "breakdown/", form({"南湖区": "很多", "海宁市": "3000"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请写一个数" in page
    assert 'value="3000"' in page
    assert BreakdownRecord.objects.count() == 0


@pytest.mark.parametrize("units", [{"南湖区": "1", "南湖区 ": "2"}, {"南湖区": "-5"}])
def test_what_cannot_stay_is_refused(world: World, units: dict[str, str]) -> None:
    item = the_item(world, 6000, "亩")
    assert world.client("supervision").post(address(world, item) + "breakdown/", form(units)).status_code == 422


def test_checking_the_sum_saves_nothing(world: World) -> None:
    item = the_item(world, 6000, "亩")
    page = world.client("supervision").post(address(world, item) + "breakdown/", form({"南湖区": "6000"}, do="check")).content.decode()
    assert "正好分完" in page
    assert BreakdownRecord.objects.count() == 0


def test_of_two_people_the_second_is_told(world: World) -> None:
    item, client = the_item(world, 6000, "亩"), world.client("supervision")
    where = address(world, item) + "breakdown/"
    client.post(where, form({"南湖区": "6000"}))
    answer = client.post(where, form({"海宁市": "6000"}))
    assert answer.status_code == 409
    assert "海宁市" in answer.content.decode()
    assert client.post(where, {**form({"海宁市": "6000"}), "expected": "1"}).status_code == 302
    assert BreakdownRecord.objects.count() == 2


def test_a_target_of_another_list_and_a_milestone_are_not_there(world: World) -> None:
    client = world.client("supervision")
    assert client.get(f"/lists/{world.list.pk}/targets/target-none/breakdown/").status_code == 404


def test_only_who_confirms_plans_splits_targets(world: World) -> None:
    item = the_item(world, 6000, "亩")
    assert world.client("liaison").get(address(world, item) + "breakdown/").status_code == 403
    assert "分解这个指标" not in world.client("liaison").get(address(world, item)).content.decode()
    assert "分解这个指标" in world.client("supervision").get(address(world, item)).content.decode()


@pytest.mark.parametrize("format", ["docx", "xlsx", "json", "stratml"])
def test_the_plan_in_force_is_handed_on_with_its_shares(world: World, format: str, tmp_path: object) -> None:
    item, client = the_item(world, 6000, "亩"), world.client("supervision")
    client.post(address(world, item) + "breakdown/", form({"南湖区": "2500"}, ("500", "500", "1000", "4000")))
    answer = client.get(f"/lists/{world.list.pk}/export/{format}/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment;")
    data = answer.content
    if format in {"docx", "xlsx"}:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            text = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist() if name.endswith(".xml"))
        assert "南湖区" in text
    elif format == "json":
        assert json.loads(data)["breakdowns"][item.promise.id]["units"] == [["南湖区", "2500"]]
    else:
        assert "南湖区" in data.decode()
        assert "<NumberOfUnits>4000</NumberOfUnits>" in data.decode()


def test_an_exported_plan_with_shares_compiles_to_the_same_tasks(world: World, tmp_path_factory: pytest.TempPathFactory) -> None:
    item, client = the_item(world, 6000, "亩"), world.client("supervision")
    client.post(address(world, item) + "breakdown/", form({"南湖区": "2500"}))
    path = tmp_path_factory.mktemp("out") / "plan.docx"
    path.write_bytes(client.get(f"/lists/{world.list.pk}/export/docx/").content)
    assert len(compile_plan(read_document(path)).tasks) == 10
    assert Decimal(6000) in {t.value for _, _, t in compile_plan(read_document(path)).targets()}


def test_an_unknown_format_is_not_there(world: World) -> None:
    assert world.client("supervision").get(f"/lists/{world.list.pk}/export/ofd/").status_code == 404
