"""Which unit a written name means. The city and its units are invented."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.lexicon.directory import Directory, Naming

REFORM = date(2019, 3, 31)
NAMINGS = (
    Naming("发展和改革委员会", ("发改委", "发展改革委")),
    Naming("市场监督管理局", ("市场监管局",)),
    Naming("农业农村局"),
    Naming("自然资源和规划局", ("资规局",)),
    Naming("国土资源局", ("国土局",), REFORM, ("自然资源和规划局", "自然资源局")),
    Naming("农业局", (), REFORM, ("农业农村局",)),
    Naming("委组织部"),
)
GENERAL = Directory(NAMINGS)
CITY = GENERAL.with_units(("柏州市发展和改革委员会", "柏州市自然资源和规划局", "柏州市市场监督管理局", "柏州市投资促进局", "中共柏州市委组织部",
                           "柏州市数据局（柏州市人工智能局）"))


@pytest.mark.parametrize(("written", "name"), [
    ("市发改委", "市发展和改革委员会"), ("绍南市发展改革委", "绍南市发展和改革委员会"), ("县资规局", "县自然资源和规划局"),
    ("市场监管局", "市场监督管理局"), ("市市场监管局", "市市场监督管理局"),
])
def test_a_short_name_means_the_full_one_at_every_level(written: str, name: str) -> None:
    found = GENERAL.identify(written)
    assert (found.name, found.how) == (name, "alias")


def test_a_name_from_before_a_reform_names_what_came_after_it() -> None:
    found = GENERAL.identify("市国土局", date(2021, 1, 1))
    assert found.how == "former"
    assert found.likely == ("市自然资源和规划局", "市自然资源局")


def test_in_its_own_time_a_former_name_is_a_name_like_others() -> None:
    assert GENERAL.identify("市国土局", date(2018, 6, 1)).how == "alias"


def test_of_what_came_after_only_what_the_city_has_is_likely() -> None:
    assert CITY.identify("市国土资源局", date(2021, 1, 1)).likely == ("柏州市自然资源和规划局",)


@pytest.mark.parametrize("written", ["市发改委", "发改委", "柏州市发改委", "市发展和改革委员会", "市市场监管局", "市委组织部", "市数据局",
                                     "市人工智能局",
                                     "投资促进局", "市数据局（市人工智能局）"])
def test_the_citys_units_are_known_however_they_are_written(written: str) -> None:
    found = CITY.identify(written)
    assert found.how in ("alias", "listed")
    assert found.name in CITY.units


def test_a_unit_that_the_city_has_not_comes_with_the_nearest_names() -> None:
    found = CITY.identify("市投促局")
    assert (found.how, found.likely) == ("unlisted", ("柏州市投资促进局",))


@pytest.mark.parametrize("written", ["各县（市、区）政府", "有关部门", "市直有关单位", "国务院相关部门", "各乡镇", "市级各部门"])
def test_collective_phrases_are_nobodys_name(written: str) -> None:
    assert CITY.identify(written).how == "collective"
