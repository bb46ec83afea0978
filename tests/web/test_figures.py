"""测算: every figure of the registers with its reason, whether a target asks for it or not; who may see it; other weights; as known then."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.world import World


def page_of(world: World, key: str, address: str, status: int = 200) -> str:
    answer = world.client(key).get(f"/lists/{world.list.pk}/figures/{address}")
    assert answer.status_code == status
    return str(answer.content.decode())


def test_figures_that_no_target_asks_for_are_there_and_empty_registers_are_named(world: World) -> None:
    page = page_of(world, "leader", "")
    assert "先行工程按期开工的余量" in page
    assert "清单没有要" in page
    assert "1.1 高能级平台" in page


def test_a_figure_explains_itself_and_leads_to_its_parts_and_rows(world: World) -> None:
    page = page_of(world, "supervision", "ring_progress/")
    assert "按合同价加权" in page
    assert f"/lists/{world.list.pk}/registers/road_section/" in page
    by_end = page_of(world, "supervision", "guarantee_in_force/?see=column&by=until&part=2020年3月")
    assert "2020年3月" in by_end
    assert "计入的9行" in by_end


def test_a_figure_as_known_before_a_row_was_entered_is_the_earlier_one(world: World) -> None:
    assert "<b>20个</b>" in page_of(world, "supervision", "large_platforms/?on=2019-09-30")
    before = page_of(world, "supervision", "large_platforms/?on=2019-09-30&known=2019-09-14")
    assert "<b>21个</b>" in before
    assert "2019年9月14日所知" in before
    assert "还没有到" in page_of(world, "supervision", "large_platforms/?known=2030-01-01", 422)


def test_a_target_can_be_seen_as_known_then(world: World) -> None:
    client = world.client("leader")
    board = client.get(f"/lists/{world.list.pk}/").content.decode()
    address = board.partition('<td class="n"><a class="val" href="')[2].partition('"')[0].partition("?")[0]
    page = client.get(f"{address}?on=2019-09-30&known=2019-09-14").content.decode()
    assert "21" in page.partition('<p class="figure">')[2].partition("</p>")[0]
    assert "2019年9月14日所知" in page


def test_a_unit_sees_figures_of_its_registers_and_of_targets_and_no_others(world: World) -> None:
    page_of(world, "liaison", "large_platforms/")
    page_of(world, "liaison", "households_cleared/", 404)
    page_of(world, "liaison", "delta_index/weights/", 404)
    page_of(world, "supervision", "no_such_figure/", 404)
    assert "限制查看" in page_of(world, "liaison", "guarantee_in_force/")


def test_other_weights_name_who_changes_places_and_nothing_is_saved(world: World) -> None:
    page = page_of(world, "assessor", "delta_index/weights/?w0=10&w1=20&w2=15&w3=30&w4=10&w5=15")
    assert "桐乡市超过平湖市" in page
    assert "现在是20" in page
    assert "不能全是0" in page_of(world, "assessor", "delta_index/weights/?" + "&".join(f"w{n}=0" for n in range(6)), 422)


def test_the_list_of_figures_costs_as_many_queries_as_any_page(world: World) -> None:
    client, address = world.client("leader"), f"/lists/{world.list.pk}/figures/"
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert len(asked) <= 8, [one["sql"][:90] for one in asked]
