"""A bulletin says what the data says: counts that add up, numbers with their because, the same words every time."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.plan.target import Target
from luoshi.publish.bulletin import bulletin_title, compose_bulletin
from luoshi.publish.bulletin_changes import changes_since
from luoshi.publish.bulletin_edit import CannotReword, reword
from luoshi.publish.bulletin_json import bulletin_from_json, bulletin_to_json
from luoshi.publish.bulletin_numbers import PLACEHOLDER
from luoshi.publish.official_words import cells, full_width, plain_number, rates, signature_cells, title_lines
from tests.publish.bulletins import OFFICE, bulletin
from tests.publish.story import begun_story, story


def sentence(start: str) -> str:
    return next(bulletin().filled(p.head + p.text) for p in bulletin().passages if (p.head + p.text).startswith(start))


def begun_passages() -> list[str]:
    """Of a city that has one register less."""
    told = begun_story()
    made = compose_bulletin("清单", told.plan, told.items, told.as_of, OFFICE)
    return [made.filled(p.head + p.text) for p in made.passages]


def test_the_overall_sentence_counts_every_light() -> None:
    assert sentence("（一）总体进展") == ("（一）总体进展。正常21个，占60.0%；完成4个，占11.4%；滞后3个，占8.6%；严重滞后3个，占8.6%；"
                                     "暂无数据2个，占5.7%；暂不评判2个，占5.7%。各项指标和节点的进展见附件1，分单位情况见附件2。")


def test_it_says_what_is_computed_and_what_is_only_reported() -> None:
    assert sentence("（二）数据来源") == ("（二）数据来源。上述指标和节点中，由台账、统计数据或成果材料计算的33个，"
                                     "暂无数据的2个。")
    assert ("由台账、统计数据或成果材料计算的31个，按责任单位填报数列示、未经台账计算的2个，暂无数据的2个。"
            in next(text for text in begun_passages() if text.startswith("（二）数据来源")))


def test_what_is_furthest_behind_is_named_with_unit_date_numbers_and_reason() -> None:
    assert bulletin().filled(next(p.text for p in bulletin().passages if p.text.startswith("第9.1项"))) == (
        "第9.1项“城镇低效用地再开发”（市自然资源和规划局牵头，2019年12月31日到期）：截至2019年9月30日，应达4500亩，实际2640亩，差1860亩，"
        "落后目标的31个百分点，状态为严重滞后。相关台账计入21条，未计入19条，其中核验级别未到“牵头单位核验”的11条、还没有完成的7条。")


def test_a_reported_number_is_called_so_with_the_units_own_words() -> None:
    text = next(text for text in begun_passages() if "第3.4项" in text)
    assert text.endswith("该数为填报数，未经台账计算，填报说明为“示例数，另有2家在审”。")


def test_requirements_come_from_the_data_and_ask_nothing_of_a_kind_that_nobody_is_in() -> None:
    heads = [p.head for p in bulletin().passages]
    assert "（二）明确口径。" in heads
    assert not any("尽快补报数据" in head for head in heads)       # every line without data waits for its scope
    told = story()
    fine = tuple(i for i in told.items if i.light.state in {"normal", "done"} and i.value_from == "computed")
    made = compose_bulletin("清单", told.plan, fine, told.as_of, OFFICE)
    assert "四、下一步要求" not in [p.head for p in made.passages]
    assert "没有滞后的事项。" in [p.text for p in made.passages]


def test_a_line_that_lacks_data_is_asked_for() -> None:
    told = story()
    silent = tuple(replace(i, binding=None, value_from="none", standing=None) if i.light.state == "no_data" else i for i in told.items)
    words = [p.head + p.text for p in compose_bulletin("清单", told.plan, silent, told.as_of, OFFICE).passages]
    assert any("（二）尽快补报数据。第3.3项、第4.1项暂无数据" in w for w in words)


def test_only_what_was_computed_is_praised() -> None:
    praised = [p.text for p in bulletin().passages if "已完成" in p.text and p.level == "h3"]
    assert [re.match(r"第([\d.]+)项", text)[1] for text in praised] == ["5.1", "5.2"]  # type: ignore[index]


def test_units_and_lights_add_up_in_the_annexes() -> None:
    made = bulletin()
    lines, units = made.annexes
    assert len(lines.rows) == 35
    for row in units.rows:
        total, *parts = (int(made.filled(cell)) for cell in row[1:])
        assert total == sum(parts)
    assert [made.filled(c) for c in units.rows[-1]] == ["合计（不重复计）", "35", "4", "21", "6", "4"]


def test_no_number_of_the_text_is_written_beside_the_bound_ones() -> None:
    """What is left between placeholders are dates, item numbers, and numbers inside titles and headings."""
    made = bulletin()
    names = sorted({i.title for i in story().items} | {made.title[2:], story().plan.document.title}, key=len, reverse=True)
    for passage in made.passages:
        rest = passage.text
        for name in names:
            rest = rest.replace(name.replace("“", "‘").replace("”", "’"), "")
        rest = re.sub(r"\d{4}年\d+月\d+日|第\d+\.\d+项|附件\d|\{\d+\}", "", rest)
        assert not re.search(r"\d", rest), rest


def test_every_bound_number_has_a_rule_and_an_exact_value() -> None:
    for number in bulletin().numbers:
        assert number.because.rule
        assert Decimal(number.exact) is not None
        assert number.reason
    keys = [n.key for n in bulletin().numbers]
    assert keys == list(range(1, len(keys) + 1))


def test_the_difference_is_that_of_the_numbers_as_printed() -> None:
    numbers = {(n.of, n.role): n for n in bulletin().numbers}
    for (of, role), number in numbers.items():
        if role == "difference":
            planned, actual = (Decimal(re.sub(r"[^\d.]", "", numbers[of, r].text)) for r in ("planned", "actual"))
            assert abs(planned - actual) == Decimal(number.exact)


def test_the_same_data_gives_the_same_bulletin() -> None:
    told = story()
    assert compose_bulletin(told.plan.document.title, told.plan, told.items, told.as_of, OFFICE, sample=True) == bulletin(with_previous=False)


def test_it_travels_as_json() -> None:
    made = bulletin()
    assert bulletin_from_json(json.loads(json.dumps(bulletin_to_json(made)))) == made


@pytest.mark.parametrize("day", [date(2019, 1, 31), date(2019, 6, 30), date(2019, 12, 31), date(2020, 3, 31)])
def test_any_day_has_a_bulletin(day: date) -> None:
    made = bulletin(with_previous=False, as_of=day)
    words = "".join(made.filled(p.head + p.text) for p in made.passages)
    assert not PLACEHOLDER.search(words)
    assert ("全年时间已过" in words) == (day.year == 2019)


def test_a_list_without_a_line_says_so_and_does_not_divide_by_nothing() -> None:
    told = story()
    made = compose_bulletin("空清单", replace(told.plan, tasks=()), (), told.as_of, OFFICE)
    assert any("共0项任务" in made.filled(p.text) for p in made.passages)


def test_a_title_cannot_pretend_to_be_a_number() -> None:
    told = story()
    first = told.items[0]
    assert isinstance(first.promise, Target)
    odd = replace(first, promise=replace(first.promise, metric="{1}{99}<b>"))
    made = compose_bulletin("清单{3}", told.plan, (odd, *told.items[1:]), told.as_of, OFFICE)
    shown = [made.filled(cell) for row in made.annexes[0].rows for cell in row]
    assert "｛1｝｛99｝<b>" in shown
    assert "｛3｝" in made.title


def test_the_same_facts_need_no_correction_and_a_changed_one_is_named() -> None:
    issued = bulletin(with_previous=False)
    assert changes_since(issued, issued) == ()
    numbers = tuple(replace(n, text="2700亩", exact="2700") if (n.of, n.role) == ("9.1", "actual") else n for n in issued.numbers)
    (change,) = changes_since(issued, replace(issued, numbers=numbers))
    assert (change.what, change.issued, change.today) == ("第9.1项实际", "2640亩", "2700亩")


def test_a_date_may_be_written_into_the_words() -> None:
    made = bulletin()
    texts = [p.text for p in made.passages]
    texts[0] += "请于10月15日前报送，2019年12月底前完成。"
    assert reword(made, tuple(texts)).passages[0].text == texts[0]


def test_a_form_with_another_number_of_paragraphs_is_refused() -> None:
    with pytest.raises(CannotReword, match="段落数"):
        reword(bulletin(), ("一段",))


@pytest.mark.parametrize(("written", "lines"), [
    ("关于嘉兴市落实大湾区建设部署2019年十项重点工作进展情况的通报", ("关于嘉兴市落实大湾区建设部署", "2019年十项重点工作进展情况的通报")),
    ("关于2019年上半年重点工作推进情况的通报", ("关于2019年上半年", "重点工作推进情况的通报")), ("关于三件事的通报", ("关于三件事的通报",))])
def test_a_title_breaks_between_words(written: str, lines: tuple[str, ...]) -> None:
    assert title_lines(written) == lines


@given(st.text(alphabet="关于某市落实建设部署工作的和与2019年《》“”、重点", min_size=1, max_size=70))
def test_a_title_loses_nothing_and_fits(title: str) -> None:
    made = title_lines(title)
    assert "".join(made) == title
    assert all(cells(line) <= 20 for line in made)


@pytest.mark.parametrize(("value", "decimals", "text"), [
    ("6000", 0, "6000"), ("14350", 0, "1.435万"), ("352.6999", 1, "352.7"), ("29.1666", 1, "29.2"), ("0", 2, "0"), ("0.5", 0, "1"),
    ("123456789", 0, "1.23456789亿"), ("-15000", 0, "-1.5万"), ("10000", 0, "1万")])
def test_a_number_has_no_separators_and_only_two_scale_words(value: str, decimals: int, text: str) -> None:
    assert plain_number(Decimal(value), decimals) == text


def test_rates_of_one_sentence_have_one_form() -> None:
    assert rates([48, 60, 12], 120) == ("40%", "50%", "10%")
    assert rates([21, 4], 35) == ("60.0%", "11.4%")
    assert rates([0], 0) == ("0%",)


def test_marks_beside_chinese_become_full_width_and_numbers_keep_theirs() -> None:
    assert full_width("落实,再(一)  落实:1,000 a:b\n好") == "落实，再（一） 落实：1,000 a:b 好"


def test_organ_and_date_of_the_specification() -> None:
    assert signature_cells("嘉平县人民政府督查室", "2019年7月5日") == (2, 4)
    assert signature_cells("某市推进重点工作落实领导小组办公室", "2019年7月5日")[0] == 0


@pytest.mark.parametrize(("title", "made"), [
    ("嘉平县2019年重点工作任务清单（试行）", "关于嘉平县2019年重点工作进展情况的通报"), ("清单", "关于重点工作进展情况的通报"),
    ("嘉平县民生实事清单", "关于嘉平县民生实事工作进展情况的通报")])
def test_the_title_is_made_of_the_lists(title: str, made: str) -> None:
    assert bulletin_title(title) == made
