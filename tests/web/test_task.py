"""The page of a task answers: where does it stand, and who does what."""

from __future__ import annotations

from typing import Any

from tests.web.world import World, world  # noqa: F401


def test_its_goal_is_shown_with_what_was_read_from_it(world: World) -> None:  # noqa: F811
    page = world.client("leader").get("/lists/1/tasks/1/").content.decode()
    assert "<mark>建成21个</mark>" in page
    assert "市发展改革委" in page
    assert "嘉服集团" in page


def test_all_ten_are_there_with_few_queries(world: World, django_assert_max_num_queries: Any) -> None:  # noqa: F811
    client = world.client("supervision")
    client.get("/lists/1/tasks/1/")
    for no in range(1, 11):
        with django_assert_max_num_queries(6):
            assert client.get(f"/lists/1/tasks/{no}/").status_code == 200


def test_one_that_is_not_there_answers_404(world: World) -> None:  # noqa: F811
    assert world.client("leader").get("/lists/1/tasks/11/").status_code == 404
