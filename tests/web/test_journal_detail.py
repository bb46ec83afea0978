"""What a journal entry tells people: Chinese names of fields, old and new values, and nothing left out."""

from __future__ import annotations

from luoshi.web.journal_detail import detail_rows
from luoshi.web.journal_words import thing_words
from tests.actions.reporting import accepted
from tests.web.world import World


def told(detail: dict[str, object]) -> list[tuple[str, str | None, str]]:
    return [(row.field, row.old, row.new) for row in detail_rows(detail)]


def test_what_changed_is_told_as_old_and_new() -> None:
    assert told({"state": ["draft", "submitted"], "changed": {"value": [None, "43"], "progress": ["示例：旧", "示例：新"]}}) == [
        ("状态", "草稿", "待单位负责人签发"), ("数值", "—", "43"), ("进展", "示例：旧", "示例：新")]
    assert told({"before": ["gov", None], "after": ["gov", "2019-09-30"]}) == [("修改", "gov、—", "gov、2019-09-30")]
    assert told({"changed": {"3": ["一", "二"]}}) == [("第4段", "一", "二")]


def test_lists_and_trees_are_told_in_words() -> None:
    assert told({"evidence": {"added": ["3fa9"], "dropped": []}}) == [("佐证", None, "新增：3fa9；去掉：—")]
    assert told({"posts": [["liaison", "示例岗"]], "late": True}) == [("岗位", None, "单位联络员、示例岗"), ("来迟了，没有改动", None, "是")]


def test_a_field_without_words_is_shown_as_it_stands() -> None:
    (row,) = detail_rows({"strange_key": {"another": 1}})
    assert (row.field, row.is_raw, row.new) == ("strange_key", True, "another：1")


def test_the_state_of_a_search_index_is_no_number_for_people() -> None:
    assert thing_words("search:1.1.1.1.1") == "搜索索引"
    assert thing_words("report:12") == "填报 12"


def test_the_page_shows_a_table_and_no_json(world: World) -> None:
    accepted(world)
    page = world.client("auditor").get("/journal/").content.decode()
    assert "<del>待督查室接收</del> → <ins>已接收</ins>" in page
    assert "{&quot;" not in page
