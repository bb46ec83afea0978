"""Registers: who supplies what; rows; one row with its versions and the figures that count it."""

from __future__ import annotations

from typing import Any

from luoshi.store.models import AliasRecord, OrganRecord
from tests.web.world import World, world  # noqa: F401


def get(world: World, key: str, path: str) -> Any:  # noqa: F811
    return world.client(key).get(f"/lists/1/registers/{path}")


def test_every_register_series_and_set_of_deliverables_is_listed(world: World, django_assert_max_num_queries: Any) -> None:  # noqa: F811
    client = world.client("checker")
    client.get("/lists/1/")
    with django_assert_max_num_queries(5):
        page = client.get("/lists/1/registers/").content.decode()
    for title in ("重大平台", "政务服务事项", "序列", "成果清单"):
        assert title in page


def test_a_unit_sees_what_it_supplies_and_is_told_what_it_does_not(world: World) -> None:  # noqa: F811
    page = get(world, "liaison_c", "").content.decode()
    assert "高新技术企业" in page
    assert "重大平台" not in page
    assert "由其他单位供数，没有列出" in page
    assert get(world, "liaison_c", "platform/").status_code == 404


def test_a_unit_sees_the_rows_that_name_it_by_an_alias(world: World) -> None:  # noqa: F811
    AliasRecord.objects.create(organ=OrganRecord.objects.get(name="市经信局"), name="高铁片区管委会")
    page = get(world, "liaison", "platform/").content.decode()
    assert "高铁片区（示例）" in page
    assert "临港片区（示例）" not in page
    assert "另有24行由其他单位供数" in page
    assert get(world, "liaison", "platform/临港片区（示例）/").status_code == 404


def test_rows_are_filtered_by_words_and_verification_and_paged(world: World) -> None:  # noqa: F811
    assert "第1页，共2页" in get(world, "checker", "service_item/").content.decode()
    page = get(world, "checker", "service_item/?q=公积金&verification=牵头单位核验").content.decode()
    assert "住房公积金提取" in page
    assert "护照" not in page
    assert "没有符合的行" in get(world, "checker", "service_item/?q=没有这样的事项").content.decode()
    assert get(world, "checker", "service_item/?verification=乱写").status_code == 422


def test_a_row_shows_what_a_version_changed_and_why_it_does_not_count(world: World) -> None:  # noqa: F811
    page = get(world, "checker", "platform/临港片区（示例）/").content.decode()
    assert "500亩 → <strong>1,000亩</strong>" in page
    assert "没有计入" in page
    assert "可开发空间9月12日由10,300亩改为9,800亩" in page


def test_a_row_shows_its_children(world: World) -> None:  # noqa: F811
    page = get(world, "checker", "service_item/11330400MB2EX0001A9330400000001/").content.decode()
    assert "人像照片" in page


def test_series_and_deliverables_have_rows_and_records_too(world: World) -> None:  # noqa: F811
    page = get(world, "checker", "core_industry_revenue/2019-06/2019-07-25/").content.decode()
    assert "市统计局、市经信局供数" in page
    assert "同一期的各次发布" in page
    assert "2019年6月（2019-08-26发布）" in page
    page = get(world, "checker", "rail_town_plans/高铁新城总体规划/审批/").content.decode()
    assert "这件成果的各个阶段" in page
    assert "高铁新城总体规划：公告" in page
    assert "计入" in page
    assert "“公告”到“审批”至少30日（城乡规划法第二十六条）" in get(world, "checker", "rail_town_plans/").content.decode()


def test_what_is_not_there_answers_404(world: World) -> None:  # noqa: F811
    assert get(world, "checker", "nothing/").status_code == 404
    assert get(world, "checker", "platform/nothing/").status_code == 404
