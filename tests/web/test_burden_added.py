"""What a new request adds to a unit's month is said before it is saved; above the ceiling it is refused, or wants to be confirmed."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.set_cycle import CycleRefused, set_cycle
from luoshi.store.models import CaseRecord, CycleRecord, JournalRecord, OfficeChoiceRecord
from luoshi.store.queries.story import tell_list
from tests.web.world import AT, DAY, World


def ceiling(world: World, most: str, over: str = "confirm") -> None:
    OfficeChoiceRecord.objects.update_or_create(list=world.list, defaults={"ceiling": Decimal(most), "over_ceiling": over})


def line_of(world: World) -> Any:
    told = tell_list(world.list, DAY)
    assert told is not None
    return next(item for item in told.items if "市经信局" in item.leads)


def asking(world: World, **more: str) -> dict[str, str]:
    form = {"lead": str(world.organ("市经信局").pk), "organ": str(world.organ("市财政局").pk), "title": "确认口径（示例）", "due_on": "2019-10-15"}
    return form | more


def test_the_form_says_what_it_adds_for_the_unit_that_is_chosen(world: World) -> None:
    client, unit = world.client("supervision"), world.organ("市经信局")
    said = client.get(f"/lists/{world.list.pk}/burden/added/slip/?organ={unit.pk}").content.decode()
    found = re.search(r"市经信局：每月要填的从([\d.]+)个字段变成([\d.]+)个，没有定上限", said)
    assert found is not None
    assert Decimal(found[2]) - Decimal(found[1]) == Decimal("0.1")
    assert "选了单位" in client.get(f"/lists/{world.list.pk}/burden/added/slip/").content.decode()
    assert client.get(f"/lists/{world.list.pk}/burden/added/nothing/").status_code == 404
    assert world.client("liaison").get(f"/lists/{world.list.pk}/burden/added/slip/?organ={unit.pk}").status_code == 404


def test_without_a_script_a_button_shows_it_and_saves_nothing(world: World) -> None:
    client, line = world.client("liaison"), line_of(world)
    address = f"/lists/{world.list.pk}/contributions/new/{line.promise.id}/"
    answer = client.post(address, asking(world, title="", look="1"))
    assert answer.status_code == 200
    assert "市财政局：每月要填的从" in answer.content.decode()
    assert 'class="problem"' not in answer.content.decode()
    assert not CaseRecord.objects.exists()


def test_above_the_ceiling_a_contribution_wants_to_be_confirmed_and_the_journal_says_so(world: World) -> None:
    ceiling(world, "0.01")
    client, line = world.client("liaison"), line_of(world)
    address = f"/lists/{world.list.pk}/contributions/new/{line.promise.id}/"
    answer = client.post(address, asking(world))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "超过上限0个" in page or "超过上限0.0个" in page
    assert 'name="over"' in page
    assert "确认口径（示例）" in page
    assert client.post(address, asking(world, over="on")).status_code == 302
    assert JournalRecord.objects.latest("number").detail["over_ceiling"] is True


def test_where_the_office_allows_nothing_above_it_no_tick_helps(world: World) -> None:
    ceiling(world, "0.01", "refuse")
    client, line = world.client("liaison"), line_of(world)
    address = f"/lists/{world.list.pk}/contributions/new/{line.promise.id}/"
    answer = client.post(address, asking(world, over="on"))
    assert answer.status_code == 422
    assert "不许再加" in answer.content.decode()
    assert not CaseRecord.objects.exists()


def test_a_slip_is_drafted_freely_and_asked_about_when_it_goes_out(world: World) -> None:
    ceiling(world, "1")
    office, unit = world.who("supervision"), world.organ("市经信局")
    slip = open_case(office, AT, DAY, world.list.pk, CaseText("slip", "报一次进展（示例）", organ_id=unit.pk, due_on=DAY))
    client, address = world.client("supervision"), f"/lists/{world.list.pk}/slips/{slip.pk}/"
    assert "超过上限，要确认才能发" in client.get(address).content.decode()
    form = {"do": "issue", "issue-on": "2019-09-30", "issue-due_on": "2019-09-30", "issue-organ": unit.pk, "issue-revision": slip.revision}
    answer = client.post(address, form)
    assert answer.status_code == 422
    assert 'name="issue-over"' in answer.content.decode()
    assert client.post(address, form | {"issue-over": "on"}).status_code == 302
    slip.refresh_from_db()
    assert slip.state == "issued"


def test_a_cycle_that_asks_more_often_is_held_against_the_ceiling_and_one_that_asks_less_is_not(world: World) -> None:
    office, line = world.who("supervision"), line_of(world)
    set_cycle(office, AT, world.list.pk, line.promise.id, "quarterly")
    ceiling(world, "1")
    with pytest.raises(CycleRefused, match="超过上限1个"):
        set_cycle(office, AT, world.list.pk, line.promise.id, "monthly-25")
    set_cycle(office, AT, world.list.pk, line.promise.id, "monthly-25", over=True)
    set_cycle(office, AT, world.list.pk, line.promise.id, "quarterly")
    ceiling(world, "1", "refuse")
    with pytest.raises(CycleRefused, match="不许再加"):
        set_cycle(office, AT, world.list.pk, line.promise.id, "", over=True)
    assert CycleRecord.objects.get().cycle == "quarterly"
    page = world.client("supervision").get(f"/lists/{world.list.pk}/cycles/?item={line.promise.id}&cycle=monthly-25").content.decode()
    assert "这样改不了" in page
