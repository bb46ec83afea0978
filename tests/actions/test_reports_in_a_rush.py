"""The end of a month: many save and submit at once, on both databases. Nothing is lost, and what counts the losses of the bench finds one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from luoshi.actions.file_report import ReportPlace, file_report
from luoshi.store.models import DutyRecord, ReportRecord
from luoshi.store.queries.story import tell_list
from luoshi.store.who import Who
from tests.actions.reporting import TEXT
from tests.web.world import AT, DAY, World, world  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)
LIAISONS, AT_ONCE = 16, 8


def lost(*told: Any) -> list[str]:
    """The bench's own count."""
    spec = spec_from_file_location("rush_check", Path(__file__).parents[2] / "bench" / "rush_check.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    found: list[str] = module.lost(*told)
    return found


def places(world: World) -> list[ReportPlace]:  # noqa: F811
    """Lines with the unit that leads them."""
    told = tell_list(world.list, DAY)
    assert told is not None
    leads = dict(DutyRecord.objects.filter(plan_id=world.list.plan_id).exclude(role="support").values_list("holder_id", "organ_id"))
    found = [ReportPlace(item.promise.id, leads[item.holder.id], "2019-09") for item in told.items if item.holder.id in leads]
    return found[:LIAISONS]


def report(world: World, person: int, place: ReportPlace) -> dict[str, Any]:  # noqa: F811
    """Save, save again, submit; what the liaison was told."""
    who = Who(person, "联络员（示例）", (("liaison", place.organ_id),))
    try:
        for turn in range(3):
            text = replace(TEXT, progress=f"示例：{place.promise_id}第{turn + 1}稿", value=None)
            file_report(who, AT, DAY, world.list.pk, place, text, turn, submit=turn == 2)
    finally:
        connection.close()
    return {"list": world.list.pk, "promise": place.promise_id, "organ": place.organ_id, "text": text.progress, "saves": 2, "submitted": True,
            "photo": ""}


def test_nothing_is_lost_where_many_save_and_submit_at_once(transactional_db: None, world: World) -> None:  # noqa: F811
    person, wanted = world.person("liaison").pk, places(world)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        said = list(pool.map(lambda place: report(world, person, place), wanted))
    assert len(said) == LIAISONS
    acts = {"report.save": 2 * LIAISONS, "report.submit": LIAISONS}
    assert lost(said, acts, "2019-09") == []
    ReportRecord.objects.filter(promise_id=wanted[0].promise_id).update(progress="示例：别人的旧稿")
    assert [words.partition(":")[0] for words in lost(said, acts, "2019-09")] == [f"list {world.list.pk}, {wanted[0].promise_id}"]
    assert lost(said, acts | {"report.submit": LIAISONS + 1}, "2019-09")[1:] == [f"report.submit: told {LIAISONS + 1}, in the journal {LIAISONS}"]
