"""The page of a task answers: where does it stand, and who does what."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.take_step import Given, take_step
from luoshi.store.models import CaseRecord
from luoshi.store.queries.blockers import line_of
from luoshi.store.queries.story import tell_list
from tests.web.world import AT, DAY, World, world  # noqa: F401


def test_its_goal_is_shown_with_what_was_read_from_it(world: World) -> None:  # noqa: F811
    page = world.client("leader").get("/lists/1/tasks/1/").content.decode()
    assert "<mark>建成21个</mark>" in page
    assert "市发展改革委" in page
    assert "嘉服集团" in page


def test_all_ten_are_there_with_few_queries(world: World, django_assert_max_num_queries: Any) -> None:  # noqa: F811
    client = world.client("supervision")
    client.get("/lists/1/tasks/1/")
    for no in range(1, 11):
        with django_assert_max_num_queries(7):
            assert client.get(f"/lists/1/tasks/{no}/").status_code == 200


def test_one_that_is_not_there_answers_404(world: World) -> None:  # noqa: F811
    assert world.client("leader").get("/lists/1/tasks/11/").status_code == 404


def stuck(world: World, **more: Any) -> Any:  # noqa: F811
    """A blocker that hangs on a line of task 3, raised by the unit that leads it."""
    told = tell_list(world.list, DAY)
    assert told is not None
    item = next(item for item in told.items if item.task.no == "3" and "市经信局" in item.leads)
    unit = world.organ("市经信局").pk
    data = {"category": "land", "level": "city", "cost_of_waiting": "暂无", "asked_for": "请协调（示例）"} | more.pop("data", {})
    return open_case(world.who("liaison"), AT, DAY, world.list.pk, CaseText("blocker", "用地卡住（示例）", raised_by_id=unit,
                                                                           promise_id=item.promise.id, data=data, **more))


def test_blockers_stand_on_the_task_with_state_and_next_date_and_on_the_board_as_sums(world: World) -> None:  # noqa: F811
    made, client = stuck(world, next_on=date(2019, 10, 8)), world.client("supervision")
    page = client.get(f"/lists/{world.list.pk}/tasks/3/").content.decode()
    assert re.search(r"用地卡住（示例）</a>.*?已提出，待核实.*?10月8日", page, re.DOTALL)
    board = client.get(f"/lists/{world.list.pk}/").content.decode()
    assert "1件没有解决" in board
    assert "最近一次办理10月8日" in board
    assert f'/blockers/{made.pk}/"' in board
    assert "用地卡住" not in client.get(f"/lists/{world.list.pk}/tasks/5/").content.decode()


def test_only_explained_ones_are_counted_apart_and_late_ones_are_marked(world: World) -> None:  # noqa: F811
    made, office = stuck(world), world.who("supervision")
    take_step(office, AT, DAY, made.pk, "explain", Given(DAY, "政策不允许，已说明（示例）。"), made.revision)
    late = stuck(world)
    CaseRecord.objects.filter(pk=late.pk).update(state="triaged", due_on=date(2019, 9, 20))
    board = world.client("supervision").get(f"/lists/{world.list.pk}/").content.decode()
    assert "仅作解释说明1件，不算解决" in board
    assert "已解决0件" in board
    assert "1件超过期限" in board
    assert "难点，已超期" in board


def test_units_see_their_own_blockers_and_nobody_those_of_another(world: World) -> None:  # noqa: F811
    stuck(world)
    assert "用地卡住" in world.client("liaison").get(f"/lists/{world.list.pk}/tasks/3/").content.decode()
    assert "用地卡住" not in world.client("liaison_c").get(f"/lists/{world.list.pk}/tasks/3/").content.decode()
    assert "件没有解决" not in world.client("liaison_c").get(f"/lists/{world.list.pk}/").content.decode()
    assert 'id="troubles"' not in world.client("administrator").get(f"/lists/{world.list.pk}/tasks/3/").content.decode()


def test_a_cross_province_blocker_always_has_a_next_date(world: World) -> None:  # noqa: F811
    with pytest.raises(StepRefused, match="一直要有下一步日期"):
        stuck(world, data={"level": "cross_province"})
    made, office = stuck(world, data={"level": "cross_province"}, next_on=DAY), world.who("supervision")
    with pytest.raises(StepRefused, match="一直要有下一步日期"):
        take_step(office, AT, date(2019, 10, 9), made.pk, "triage", Given(date(2019, 10, 9), due_on=date(2019, 11, 1), organ_id=made.raised_by_id),
                  made.revision)
    made.refresh_from_db()
    assert made.state == "raised"
    line = line_of(made, date(2019, 10, 9))
    assert (line.needs_next, line.is_passed) == (True, True)
