"""Reviews: heads sign, the office accepts, both return with a reason; what should be looked at twice is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from luoshi.store.models import JournalRecord, ReportRecord
from tests.actions.reporting import accepted, filed, png, signed
from tests.web.world import World, world  # noqa: F401


def queue(world: World, key: str) -> str:  # noqa: F811
    return str(world.client(key).get(reverse("reviews", args=(world.list.pk,))).content.decode())


def decide(world: World, key: str, report: ReportRecord, do: str, reason: str = "", revision: int | None = None) -> Any:  # noqa: F811
    where = reverse("decide_report", args=(world.list.pk, report.pk))
    return world.client(key).post(where, {"do": do, "reason": reason, "revision": report.revision if revision is None else revision})


def test_a_report_waits_for_its_head_and_then_for_the_office(world: World) -> None:  # noqa: F811
    report = filed(world)
    assert "1份等您签发" in queue(world, "head")
    assert "没有等您审核的" in queue(world, "supervision")
    assert decide(world, "head", report, "sign").status_code == 302
    assert "1份等您接收" in queue(world, "supervision")
    report.refresh_from_db()
    assert decide(world, "supervision", report, "accept").status_code == 302
    report.refresh_from_db()
    assert report.state == "accepted"


def test_the_office_sees_what_accepting_would_change(world: World) -> None:  # noqa: F811
    signed(world, value=Decimal(43))
    page = queue(world, "supervision")
    assert "接收以后" in page
    assert "43 / ≥50个" in page
    assert "现在是41 / ≥50个" in page


def test_returning_without_a_reason_is_refused_and_with_one_goes_back(world: World) -> None:  # noqa: F811
    report = filed(world)
    response = decide(world, "head", report, "return", "  ")
    assert response.status_code == 422
    assert "没有写退回的原因" in response.content.decode()
    assert decide(world, "head", report, "return", "示例：缺佐证").status_code == 302
    report.refresh_from_db()
    assert (report.state, report.reason) == ("returned", "示例：缺佐证")


def test_the_second_head_gets_409_and_sees_what_happened(world: World) -> None:  # noqa: F811
    report = filed(world)
    assert decide(world, "head", report, "sign").status_code == 302
    response = decide(world, "head", report, "sign")
    assert response.status_code == 409
    assert "刚才有人先做了" in response.content.decode()
    assert JournalRecord.objects.filter(action="report.sign").count() == 1


def test_a_page_from_before_a_change_gets_409(world: World) -> None:  # noqa: F811
    report = filed(world)
    response = decide(world, "head", report, "sign", revision=0)
    assert response.status_code == 409
    assert "变过" in response.content.decode()
    assert decide(world, "head", report, "sign", revision=-5).status_code == 409


@pytest.mark.parametrize("key", ["head_b", "liaison_b", "liaison", "leader", "auditor"])
def test_whose_turn_it_is_not_finds_nothing_to_decide(world: World, key: str) -> None:  # noqa: F811
    report = filed(world)
    response = decide(world, key, report, "sign")
    assert response.status_code == 404
    assert JournalRecord.objects.filter(action="access.refused").count() == 1
    report.refresh_from_db()
    assert report.state == "submitted"


def test_nonsense_in_the_form_is_no_error_of_ours(world: World) -> None:  # noqa: F811
    report = filed(world)
    where = reverse("decide_report", args=(world.list.pk, report.pk))
    for revision in ("", "x", "-1", "9" * 5000, "²"):
        assert world.client("head").post(where, {"do": "sign", "revision": revision}).status_code == 409
    assert decide(world, "head", report, "return", "\0 \0").status_code == 422
    assert decide(world, "head", report, "return", "示\0例").status_code == 302


def test_the_office_may_not_sign_for_a_unit(world: World) -> None:  # noqa: F811
    assert decide(world, "supervision", filed(world), "sign").status_code == 403


def test_an_act_that_does_not_exist_is_not_there(world: World) -> None:  # noqa: F811
    assert decide(world, "head", filed(world), "burn").status_code == 404
    assert world.client("head").get(reverse("decide_report", args=(world.list.pk, 1))).status_code == 405


def test_units_see_their_own_and_the_leader_sees_all(world: World) -> None:  # noqa: F811
    filed(world)
    filed(world, words="百亿企业", submit=False)
    assert "还没有提交过的填报" in queue(world, "head_b")
    page = queue(world, "leader")
    assert "数字经济领域重大项目" in page
    assert "百亿企业" not in page
    assert 'name="do"' not in page
    assert world.client("administrator").get(reverse("reviews", args=(world.list.pk,))).status_code == 403


def test_what_should_be_looked_at_twice_is_said(world: World) -> None:  # noqa: F811
    accepted(world, period="2019-08", value=Decimal(44), files=(("八月.png", png()),))
    signed(world, who="head", value=Decimal(43), why_lower="示例：核减1个", forecast_on=date(2020, 2, 1), files=(("九月.png", png()),))
    signed(world, words="百亿企业", value=Decimal(7))
    page = queue(world, "supervision")
    assert "累计数比上次接收的少，理由：示例：核减1个" in page
    assert "预计2020年2月1日完成，晚于清单期限2019年12月31日" in page
    assert "填报和签发是同一个人" in page
    assert "同一文件已用于市经信局8月：数字经济领域重大项目" in page
    assert "没有附佐证" in page


def test_it_says_who_did_what_when(world: World) -> None:  # noqa: F811
    signed(world)
    page = queue(world, "supervision")
    assert "朱文澜（示例） 提交" in page
    assert "赵立新（示例） 签发" in page
    assert 'datetime="2019-09-30T' in page


def test_it_takes_as_many_queries_for_many_as_for_one(world: World, django_assert_max_num_queries: Any) -> None:  # noqa: F811
    for words in ("重大项目", "百亿企业", "新三板", "核心产业主营收入"):
        signed(world, words=words, files=((f"{words}.png", png()),))
    client = world.client("supervision")
    client.get(reverse("reviews", args=(world.list.pk,)))
    with django_assert_max_num_queries(14):
        client.get(reverse("reviews", args=(world.list.pk,)))
