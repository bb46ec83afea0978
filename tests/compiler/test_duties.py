"""Responsibility clauses, lines and cells in our own words."""

import pytest

from luoshi.compiler.duties import read_units


def brief(text: str) -> list[tuple[str, str]]:
    assert all(text[unit.start : unit.end] == unit.name for unit in read_units(text))
    return [(unit.name, unit.role) for unit in read_units(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("做好防汛。（市水务局牵头，市应急局、各区政府配合）", [("市水务局", "lead"), ("市应急局", "support"), ("各区政府", "support")]),
        ("（市水务局、市应急局按职责分工负责）", [("市水务局", "responsible"), ("市应急局", "responsible")]),
        (
            "（市水务局牵头，各县（市、区）政府等有关部门按职责分工负责）",
            [("市水务局", "lead"), ("各县（市、区）政府", "responsible"), ("有关部门", "responsible")],
        ),
        ("（市水务局会同市应急局负责）", [("市水务局", "responsible"), ("市应急局", "responsible")]),
        ("牵头单位：市水务局；配合单位：市应急局", [("市水务局", "lead"), ("市应急局", "support")]),
        ("【责任单位】市水务局、各镇政府\n完成时限：年底前", [("市水务局", "responsible"), ("各镇政府", "responsible")]),
        ("牵头部门:市水务局  配合部门:市应急局", [("市水务局", "lead"), ("市应急局", "support")]),
        ("由市水务局牵头，市应急局参与，建立机制", [("市水务局", "lead"), ("市应急局", "support")]),
        (
            "做好防汛。（市水务局、市应急局，各区政府）",
            [("市水务局", "responsible"), ("市应急局", "responsible"), ("各区政府", "responsible")],
        ),
    ],
)
def test_it_reads_units_with_their_roles(text: str, expected: list[tuple[str, str]]) -> None:
    assert brief(text) == expected


@pytest.mark.parametrize(
    "text", ["市水务局要加强巡查。", "牵头筹办“春季行动”。", "新区管委会（筹）挂牌。", "责任领导：张三", "有效期（含试用）三年。"]
)
def test_a_subject_of_a_sentence_is_no_duty(text: str) -> None:
    assert brief(text) == []


def test_where_the_text_says_so_the_first_named_leads() -> None:
    text = "（市水务局、市应急局负责。排在第一位的为牵头单位，下同）做好排涝。（市城管局、市水务局负责）"
    assert [role for _, role in brief(text)] == ["lead", "responsible", "lead", "responsible"]


def test_a_star_marks_the_leading_unit() -> None:
    assert brief("责任单位：*市水务局、市应急局") == [("市水务局", "lead"), ("市应急局", "responsible")]


def test_a_title_alone_on_the_line_above_gives_the_role() -> None:
    assert brief("牵头单位\n市水务局\n配合单位\n市应急局") == [("市水务局", "lead"), ("市应急局", "support")]


def test_a_heading_with_a_colon_is_no_label() -> None:
    assert brief("压实责任：各地要加强巡查。") == []


def test_columns_of_a_flattened_table_give_the_roles() -> None:
    text = "序号\n内容\n责任单位\n1\n疏浚河道。\n市水务局、市城管局\n2\n修缮堤防。\n市水务局"
    assert brief(text) == [("市水务局", "responsible"), ("市城管局", "responsible"), ("市水务局", "responsible")]


def test_cells_without_titles_lead_and_support_in_turn() -> None:
    assert brief("\t疏浚河道。\n\t市水务局\n\t市城管局、市财政局\n") == [
        ("市水务局", "lead"),
        ("市城管局", "support"),
        ("市财政局", "support"),
    ]


def test_a_mark_for_nothing_keeps_its_place() -> None:
    assert brief("疏浚河道。\n市水务局\n/\n河道处\n堤防处") == [("市水务局", "lead"), ("河道处", "lead"), ("堤防处", "support")]


def test_a_signature_line_is_no_cell() -> None:
    assert brief("请认真落实。\n甲市人民政府办公室\n2021年3月5日") == []


def test_rows_divided_by_tabs_follow_their_row_of_titles() -> None:
    text = "序号\t时间\t牵头责任单位\t协作单位\t任务\n1\t年底\t市水务局\t各承办单位\t疏浚\n2\t\t市城管局\t/\t修缮"
    assert brief(text) == [("市水务局", "lead"), ("各承办单位", "support"), ("市城管局", "lead")]


def test_the_title_of_a_column_may_say_that_the_first_leads() -> None:
    text = "序号|任务|责任部门（第一个为牵头）\n1|疏浚|市水务局、市城管局"
    assert brief(text) == [("市水务局", "lead"), ("市城管局", "responsible")]
    assert brief(text.replace("|", "\n")) == [("市水务局", "lead"), ("市城管局", "responsible")]
