"""Names of units and lists of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.lexicon.organ import is_blank_cell, is_organ, split_organs

ONE_UNIT = [
    "市委组织部（人才办）",
    "各县（市、区）政府",
    "各区、县级市",
    "各市、县人民政府",
    "市自然资源和规划局",
    "工业和信息化部",
    "和平区政府",
]
UNITS = ["市民政局", "市财政局", "市委宣传部", "县水利局", "各街道办事处", "江北集团", "市卫生健康委（市中医药局）"]


@pytest.mark.parametrize("cell", ONE_UNIT)
def test_one_unit_stays_one(cell: str) -> None:
    assert [organ.name for organ in split_organs(cell)] == [cell]


@pytest.mark.parametrize("cell", ["", " ", "　", "/", "—", "无"])
def test_a_blank_cell_gives_none(cell: str) -> None:
    assert split_organs(cell) == ()
    assert is_blank_cell(cell)


@given(st.lists(st.sampled_from(UNITS), min_size=1, max_size=6), st.sampled_from(["、", "，", "；", "\n", "、\n", "/"]))
def test_a_list_is_split_at_every_mark_and_each_piece_is_where_it_says(units: list[str], mark: str) -> None:
    cell = mark.join(units)
    organs = split_organs(cell)
    assert [organ.name for organ in organs] == units
    assert all(cell[organ.start : organ.end] == organ.name for organ in organs)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("市财政局和市税务局", ["市财政局", "市税务局"]),
        ("市财政局会同市税务局", ["市财政局", "市税务局"]),
        ("市财政局等有关部门及各区政府", ["市财政局", "有关部门", "各区政府"]),
        ("市财政局等部门", ["市财政局"]),
        ("市住建局 各县区政府", ["市住建局", "各县区政府"]),
        ("★市住建局、市水务局等", ["市住建局", "市水务局"]),
        ("上述任务由市水务局", ["市水务局"]),
    ],
)
def test_joining_words_divide_units(cell: str, names: list[str]) -> None:
    assert [organ.name for organ in split_organs(cell)] == names


def test_a_noun_is_not_taken_for_a_unit() -> None:
    assert is_organ("市住建局")
    assert not is_organ("推进基层治理")
