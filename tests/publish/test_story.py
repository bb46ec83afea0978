"""The whole story on the shipped example: every target has a line, every line a reason."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from luoshi.pipeline import follow
from luoshi.plan.target import Target
from luoshi.publish.board_json import board_json
from luoshi.publish.board_text import board_lines, explanation_lines
from luoshi.publish.explain import explain_item
from tests.publish.story import begun_story, board, item, story

SHARED = Path(__file__).parents[2].parent / "shared"


def test_all_27_figures_have_a_line_and_a_sentence() -> None:
    lines = [i for i in story().items if isinstance(i.promise, Target)]
    assert len(lines) == 27
    assert all(i.binding and i.light.sentence for i in lines)


def test_nothing_was_found_wrong_with_the_shipped_facts() -> None:
    assert [f.message for f in story().findings if f.level in {"error", "warning"}] == []


def test_a_platform_that_lost_land_is_named_with_both_areas() -> None:
    figure = item("1.1").figure
    assert figure is not None
    assert figure.value == 20
    reasons = [r.reason for r in figure.because.excluded if "临港" in r.title]
    assert len(reasons) == 1
    assert "10,300亩" in reasons[0]
    assert "9,800亩" in reasons[0]
    before = item("1.1", date(2019, 8, 31)).figure
    assert before is not None
    assert before.value == 21


def test_a_reported_value_is_marked_and_never_called_computed() -> None:
    line = next(i for i in begun_story().items if i.number == "3.4")
    assert line.value_from == "reported"
    assert line.figure is not None
    assert line.figure.value is None
    assert "填报" in dict(explain_item(line, story().plan, story().document).facts)["类别"]


def test_a_target_without_facts_is_no_data_and_says_what_is_asked() -> None:
    line = item("3.3")
    assert (line.light.state, line.value_from) == ("no_data", "none")
    assert line.light.sentence


def test_a_series_is_explained_with_its_vintages() -> None:
    figure = item("3.1").figure
    assert figure is not None
    assert figure.observed_on == date(2019, 8, 31)
    assert any("修订" in r.reason for r in figure.because.excluded)


def test_gross_and_net_stand_side_by_side() -> None:
    figure = item("4.2").figure
    assert figure is not None
    assert figure.value == 64
    assert [s.indicator for s in figure.shadows] == ["net_hightech", "certificates_ending"]


def test_the_figure_per_mu_keeps_its_unit() -> None:
    standing = item("9.2").standing
    assert standing is not None
    assert standing.unit == "万元/亩"
    assert standing.value is not None
    assert round(standing.value, 1) == Decimal("352.7")


@pytest.mark.parametrize("number", ["1.1", "3.1", "2.1", "10.1"])
def test_an_explanation_has_rule_rows_and_sentence(number: str) -> None:
    why = explain_item(item(number), story().plan, story().document)
    facts = dict(why.facts)
    assert facts["怎么算"]
    assert facts["口径"]
    assert sum(s.total for s in why.sheets) > 0
    assert why.quote.span
    text = "\n".join(line.text for line in explanation_lines(why))
    assert why.quote.span.replace("\n", "") in text


def test_the_board_counts_every_line_once() -> None:
    made = board()
    assert sum(made.counts.values()) == len(story().items)
    assert all(i.light.state in {"late", "seriously_late"} for i in made.worst)
    text = "\n".join(line.text for line in board_lines(made))
    assert all(f"   {i.number}" in text for i in story().items)


def test_the_board_as_json_is_exact() -> None:
    tree = json.loads(board_json(board(), story().items))
    assert len(tree["items"]) == len(story().items)
    land = next(i for i in tree["items"] if i["number"] == "9.1")
    assert (land["value"], land["target"], land["light"]["state"]) == ("2640", "6000", "seriously_late")


def test_after_the_year_every_promise_is_judged_or_has_no_data() -> None:
    later = story(date(2020, 12, 31))
    assert {i.light.state for i in later.items} <= {"done", "late", "seriously_late", "no_data", "normal"}
    assert not [i for i in later.items if i.promise.modality == "stretch" and i.light.state == "seriously_late"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here: the real texts are no part of the product")
@pytest.mark.parametrize("format", ["txt", "docx"])
def test_the_same_pack_binds_to_the_real_document(format: str) -> None:
    real = follow("jiaxing-2019", date(2019, 9, 30), SHARED / f"input/jiaxing-2019-ten-tasks.{format}")
    assert [f.message for f in real.findings if f.level in {"error", "warning"}] == []
    paraphrase = {i.binding.indicator: i.value for i in story().items if i.binding and i.binding.indicator}
    assert {i.binding.indicator: i.value for i in real.items if i.binding and i.binding.indicator} == paraphrase
