"""The auditor's page of the journal: filters, the proof of what is shown, the anchor of a day; a file of it that is kept elsewhere."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from luoshi.actions.anchor_journal import JournalBroken, anchor_journal, fault_against, read_day_anchor
from luoshi.actions.journal import verify_range
from luoshi.actions.make_unit import add_alias
from luoshi.store.clock import now
from luoshi.store.models import JournalHeadRecord, JournalRecord
from luoshi.store.queries.journal_search import JournalFilter, search_journal
from tests.web.world import DAY, World


@pytest.fixture(autouse=True)
def anchors(settings: Any, tmp_path: Path) -> Path:
    settings.PLACE = replace(settings.PLACE, anchors=tmp_path / "anchors")
    return tmp_path / "anchors"


def shown(world: World, **wanted: Any) -> set[str]:
    return {entry.action for entry in search_journal(world.who("auditor"), JournalFilter(**wanted)).entries}


def test_it_is_narrowed_by_who_unit_action_list_thing_and_day(busy_world: World) -> None:
    unit = busy_world.organ("市经信局")
    add_alias(busy_world.who("administrator"), now(), unit.pk, "示例别名")
    assert shown(busy_world, action="unit.alias") == {"unit.alias"}
    assert "unit.alias" in shown(busy_world, organ_id=unit.pk)
    assert "report.submit" in shown(busy_world, organ_id=unit.pk)
    assert "unit.alias" not in shown(busy_world, organ_id=busy_world.organ("市教育局").pk)
    assert shown(busy_world, thing=f"unit:{unit.pk}") >= {"unit.alias"}
    assert "unit.alias" not in shown(busy_world, list_id=busy_world.list.pk)
    assert shown(busy_world, from_day=now().date(), to_day=now().date()) >= {"unit.alias"}
    assert "unit.alias" not in shown(busy_world, to_day=DAY + timedelta(1))


def test_the_page_proves_what_it_shows(busy_world: World) -> None:
    page = busy_world.client("auditor").get("/journal/?since=2019-01-01&action=report.submit").content.decode()
    assert "逐条核过，首尾相接" in page
    assert JournalHeadRecord.objects.get().hash in page
    JournalRecord.objects.filter(action="report.submit").update(about="report:999")
    page = busy_world.client("auditor").get("/journal/?action=report.submit").content.decode()
    assert "被改过：内容与哈希不符" in page


def test_a_filter_that_makes_no_sense_is_left_out(world: World) -> None:
    assert world.client("auditor").get("/journal/?since=gestern&unit=abc&list=9999&before=x").status_code == 200


def test_a_gap_in_the_range_is_found(world: World) -> None:
    assert verify_range(2, 5) is None
    JournalRecord.objects.filter(number=4).delete()
    assert "第4条不见了" in str(verify_range(2, 5))


def test_the_anchor_of_a_day_finds_a_chain_that_was_made_anew(world: World, anchors: Path) -> None:
    said = anchor_journal(now(), DAY)
    file = next(anchors.glob("journal-*.json"))
    assert file.name in said
    kept = read_day_anchor(file)
    assert fault_against(kept["count"], kept["hash"]) is None
    assert "一致" in world.client("auditor").get("/journal/").content.decode()
    JournalRecord.objects.filter(number=kept["count"]).update(hash="0" * 64)
    assert "被改过" in str(fault_against(kept["count"], kept["hash"]))
    JournalRecord.objects.filter(number=kept["count"]).delete()
    assert "被截去过" in str(fault_against(kept["count"], kept["hash"]))


def test_a_broken_chain_is_not_anchored(world: World, anchors: Path) -> None:
    JournalRecord.objects.filter(number=2).update(about="x")
    with pytest.raises(JournalBroken, match="第2条被改过"):
        anchor_journal(now(), DAY)
    assert not list(anchors.glob("*.json"))


def test_a_file_that_is_no_anchor_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps([1]))
    with pytest.raises(ValueError, match="不是日志锚文件"):
        read_day_anchor(path)
