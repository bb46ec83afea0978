"""来件: number, owner and day at once; clocks that stand still; who may take which step."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.take_step import Given, take_step
from luoshi.store.models import CaseRecord
from luoshi.store.queries.incomings import incomings_of
from luoshi.store.who import NotAllowed
from tests.web.world import AT, DAY, World, world  # noqa: F401


def taken_in(world: World, kind: str = "fdi-complaint") -> CaseRecord:  # noqa: F811
    return open_case(world.who("supervision"), AT, DAY, world.list.pk, CaseText(
        "incoming", "示例：供电接入拖延", organ_id=world.organ("市经信局").pk, data={"incoming": kind, "applicant": "示例公司"}))


def step(world: World, case: CaseRecord, key: str, act: str, on: date = DAY, **given: object) -> CaseRecord:  # noqa: F811
    fresh = CaseRecord.objects.get(pk=case.pk)
    return take_step(world.who(key), AT, on, case.pk, act, Given(on=on, **given), fresh.revision)     # type: ignore[arg-type]


def test_it_has_a_number_an_owner_and_a_day_when_it_comes_in(world: World) -> None:  # noqa: F811
    first, second = taken_in(world), taken_in(world, "fdi-enquiry")
    assert (first.number, first.due_on) == ("来〔2019〕1号", date(2019, 10, 15))
    assert (second.number, second.due_on) == ("来〔2019〕2号", date(2019, 10, 10))
    assert [one.case.pk for one in incomings_of(world.who("liaison"), world.list, DAY)] == [second.pk, first.pk]
    assert incomings_of(world.who("liaison_b"), world.list, DAY) == ()


def test_without_a_kind_or_an_owner_it_is_not_taken_in(world: World) -> None:  # noqa: F811
    with pytest.raises(StepRefused) as refused:
        open_case(world.who("supervision"), AT, DAY, world.list.pk, CaseText("incoming", "示例", data={"incoming": "nothing"}))
    assert set(refused.value.problems) == {"incoming", "organ"}


def test_the_day_that_counts_moves_with_the_steps_and_stands_still_while_the_complainant_is_awaited(world: World) -> None:  # noqa: F811
    case = taken_in(world)
    assert step(world, case, "liaison", "accept").due_on == date(2019, 12, 27)
    with pytest.raises(StepRefused) as refused:
        step(world, case, "liaison", "pause", text="领导出差")
    assert "等待投诉人补充材料" in refused.value.problems["text"]
    step(world, case, "liaison", "pause", text="等待投诉人补充材料")
    assert step(world, case, "liaison", "resume", date(2019, 10, 10)).due_on == date(2019, 12, 31)


def test_a_part_is_finished_once_and_the_answer_closes_it(world: World) -> None:  # noqa: F811
    case = taken_in(world, "permits-serial")
    step(world, case, "liaison", "accept")
    with pytest.raises(StepRefused):
        step(world, case, "liaison", "finish_part", data={"clock": "construction-permit"})
    assert step(world, case, "liaison", "finish_part", data={"clock": "planning-permit"}).due_on == date(2019, 10, 15)
    with pytest.raises(NotAllowed):
        step(world, case, "liaison_b", "answer", text="示例")
    assert step(world, case, "liaison", "answer", text="示例：都办好了").closed_on == DAY
