"""A composite index: scores, ranks with their intervals, who changes places under other weights."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luoshi.indicator.index_scores import IndexComponent, Trials, score_areas, swaps_between

ROADS, FIRMS = IndexComponent("通道", Decimal(50), True), IndexComponent("企业", Decimal(50), True)
TRIALS = Trials(200, 25, "示例")
VALUES = {area: {"通道": Decimal(roads), "企业": Decimal(firms)} for area, roads, firms in (("甲", 30, 50), ("乙", 20, 91), ("丙", 10, 10))}


def test_each_component_goes_from_one_for_the_worst_to_a_hundred_for_the_best() -> None:
    scores = {one.area: one.score for one in score_areas((ROADS, FIRMS), VALUES, TRIALS)}
    assert scores == {"甲": Decimal("74.94"), "乙": Decimal("75.25"), "丙": Decimal("1.00")}


def test_less_is_better_turns_a_component_round() -> None:
    scores = score_areas((replace(ROADS, upward=False),), VALUES, TRIALS)
    assert [one.area for one in scores] == ["丙", "乙", "甲"]


def test_ranks_that_other_weights_would_turn_are_said_to_be_uncertain() -> None:
    first, second, third = score_areas((ROADS, FIRMS), VALUES, TRIALS)
    assert (first.beside, second.beside, third.beside) == (("甲",), ("乙",), ())
    assert (third.best, third.worst) == (3, 3)


def test_two_weights_changed_by_a_tenth_name_the_pair_that_changes_places() -> None:
    before = score_areas((ROADS, FIRMS), VALUES, TRIALS)
    after = score_areas((replace(ROADS, weight=Decimal(55)), replace(FIRMS, weight=Decimal(45))), VALUES, TRIALS)
    (swap,) = swaps_between(before, after)
    assert (swap.up, swap.down, swap.up_ranks, swap.down_ranks) == ("甲", "乙", (2, 1), (1, 2))
    assert swaps_between(before, before) == ()


def test_the_same_question_has_the_same_answer() -> None:
    assert score_areas((ROADS, FIRMS), VALUES, TRIALS) == score_areas((ROADS, FIRMS), VALUES, TRIALS)


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=6), st.integers(1, 9))
def test_scores_stay_between_one_and_a_hundred_and_only_the_proportion_of_weights_counts(pairs: list[tuple[int, int]], times: int) -> None:
    values = {str(n): {"通道": Decimal(a), "企业": Decimal(b)} for n, (a, b) in enumerate(pairs)}
    few = Trials(20, 25, "示例")
    scores = score_areas((ROADS, FIRMS), values, few)
    again = score_areas((replace(ROADS, weight=ROADS.weight * times), replace(FIRMS, weight=FIRMS.weight * times)), values, few)
    assert all(1 <= one.score <= 100 and one.best <= one.rank <= one.worst for one in scores)
    assert [(one.area, one.score, one.rank) for one in scores] == [(one.area, one.score, one.rank) for one in again]
