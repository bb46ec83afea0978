"""A restricted register explains its figure to those who may open it: on the page and through the API alike."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from luoshi.pack.find import find_pack
from luoshi.store.models import ListRecord
from luoshi.store.queries.story import tell_list
from tests.web.world import DAY, World

NAME, KEY = "退役军人优待登记", "11330400MB2EX0016T8330400000065"
"""An invented item without materials: it stands among the rows, and a question names it."""


@pytest.fixture
def closed(world: World, tmp_path: Path) -> str:
    """The world's list on a pack whose service items are restricted; the id of 一证通办."""
    for pack, copy in (("base", "closed-base"), ("jiaxing-2019", "jiaxing-2019")):
        shutil.copytree(find_pack(pack), tmp_path / copy)
        _rewrite(tmp_path / copy / "pack.yaml", "base", "closed-base")
    _rewrite(tmp_path / "closed-base/registers/service_item/register.yaml", "visibility: public", "visibility: restricted")
    ListRecord.objects.filter(pk=world.list.pk).update(pack=str(tmp_path / "jiaxing-2019"), facts_version=77)
    told = tell_list(ListRecord.objects.get(pk=world.list.pk), DAY)
    assert told is not None
    return next(i.promise.id for i in told.items if i.binding and i.binding.indicator == "one_certificate")


def _rewrite(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


@pytest.mark.parametrize(("key", "is_open"), [("supervision", True), ("auditor", True), ("liaison", False), ("head_b", False)])
@pytest.mark.parametrize("address", ["/lists/{list}/targets/{target}/", "/api/v1/lists/{list}/figures/{target}", "/api/v1/lists/{list}/figures"])
def test_the_rows_are_shown_to_those_who_may_open_them(world: World, closed: str, key: str, is_open: bool, address: str) -> None:
    answer = world.client(key).get(address.format(list=world.list.pk, target=closed))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert (NAME in text) is is_open
    assert (KEY in text) is is_open
    assert "一证通办" in text


def test_the_totals_stay_for_everybody(world: World, closed: str) -> None:
    address = f"/api/v1/lists/{world.list.pk}/figures/{closed}"
    because = {key: world.client(key).get(address).json()["because"] for key in ("supervision", "liaison")}
    assert because["liaison"]["counted"] == because["liaison"]["excluded"] == because["liaison"]["questions"] == []
    for total in ("counted_total", "excluded_total", "rule", "scope"):
        assert because["liaison"][total] == because["supervision"][total]
    assert because["supervision"]["counted"]
