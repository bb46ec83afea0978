"""The shipped packs: invented rows say so, words are Chinese, the list is in our own words."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from luoshi.pack.find import SHIPPED
from luoshi.pack.load import load_pack

CHINESE = re.compile(r"[\u4e00-\u9fff]")
REAL = Path(__file__).resolve().parents[3] / "shared/input/jiaxing-2019-ten-tasks.txt"
ROWS = sorted(SHIPPED.rglob("*.csv"))


@pytest.mark.parametrize("path", ROWS, ids=lambda path: str(path.relative_to(SHIPPED)))
def test_every_row_says_that_it_is_invented_and_has_all_cells(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert rows
    assert {len(row) for row in rows} == {len(header)}
    assert [row for row in rows if "示例" not in "".join(row)] == []


@pytest.mark.parametrize("name", ["base", "jiaxing-2019"])
def test_every_title_is_chinese(name: str) -> None:
    pack, _ = load_pack(name)
    titles = [spec.title for specs in (pack.registers, pack.series, pack.deliverables, pack.indicators) for spec in specs.values()]
    titles += [field.title for register in pack.registers.values() for field in register.fields]
    titles += [light.title for light in pack.lights.values()]
    assert [title for title in titles if not CHINESE.search(title)] == []


def test_every_light_says_where_it_comes_from() -> None:
    pack, _ = load_pack("base")
    assert {name for name, light in pack.lights.items() if light.reference == "本产品自定"} == {
        "luoshi-cumulative", "luoshi-stock", "luoshi-event"
    }
    assert all("要核对原文" in light.reference for light in pack.lights.values() if light.reference != "本产品自定")


def test_all_27_figures_are_bound_and_each_without_an_indicator_asks() -> None:
    pack, _ = load_pack("jiaxing-2019")
    targets = [binding for binding in pack.bindings if binding.target]
    assert len(targets) == 27
    assert [binding.target for binding in targets if not binding.indicator and not binding.question] == []
    assert {binding.figure_class for binding in targets} == {"A", "B", "D"}


def test_every_binding_with_a_plan_line_ends_at_its_target() -> None:
    pack, _ = load_pack("jiaxing-2019")
    for binding in pack.bindings:
        if binding.plan and binding.plan.months and binding.target:
            months = [binding.plan.months[month] for month in sorted(binding.plan.months)]
            assert months[-1] == binding.target.value, binding.target
            assert months == sorted(months), binding.target


@pytest.mark.skipif(not REAL.exists(), reason="the real list is not part of the product")
def test_no_sentence_of_the_example_list_stands_in_the_real_one() -> None:
    real = re.sub(r"\s", "", REAL.read_text(encoding="utf-8"))
    ours = (SHIPPED / "jiaxing-2019/document.txt").read_text(encoding="utf-8")
    clauses = [clause.strip("“”") for line in ours.splitlines() for clause in re.split(r"[\s，。；：、（）]", line)]
    names = ("市政务服务和数据资源管理办公室", "乌镇国家互联网创新发展试验区")  # of units and places: facts, not sentences
    assert [clause for clause in clauses if len(clause) >= 13 and clause in real and clause not in names] == []
