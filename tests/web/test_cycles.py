"""The office's pages of reporting: cycles and other days, what a change adds, the burden of units, one matter in two lists, the calendar."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from luoshi.store.models import CycleRecord, FeedRecord, ListRecord, OfficeChoiceRecord, PersonRecord, SamePromiseRecord
from tests.actions.reporting import filed, item_of
from tests.web.world import AT, World, world  # noqa: F401


def post(world: World, name: str, query: str = "", **typed: Any) -> Any:  # noqa: F811
    return world.client("supervision").post(reverse(name, args=(world.list.pk,)) + query, typed)


def page(world: World, name: str, query: str = "") -> str:  # noqa: F811
    return str(world.client("supervision").get(reverse(name, args=(world.list.pk,)) + query).content.decode())


def test_a_change_of_cycle_shows_what_it_adds_before_it_is_made(world: World) -> None:  # noqa: F811
    item = item_of(world, "重大项目").promise.id
    OfficeChoiceRecord.objects.create(list=world.list, ceiling=1)
    shown = page(world, "cycles", f"?item={item}&cycle=quarterly")
    assert "市经信局：每月从" in shown
    assert "超过上限1个" in shown
    assert not CycleRecord.objects.exists()
    assert post(world, "cycles", do="cycle", item=item, cycle="quarterly").status_code == 302
    assert "每季度终了后10日内" in page(world, "cycles")


def test_another_day_is_set_with_its_reason_and_taken_back(world: World) -> None:  # noqa: F811
    typed = {"do": "except", "period": "2019-09", "promise": "", "due_on": "2019-10-08", "reason": "示例：国庆顺延"}
    assert post(world, "cycles", **typed).status_code == 302
    assert "2019年10月8日截止" in page(world, "cycles")
    answer = post(world, "cycles", **{**typed, "period": "2019-99", "reason": "示例：独一份"})
    assert answer.status_code == 422
    assert "没有“2019-99”这一期" in answer.content.decode()
    assert "示例：独一份" in answer.content.decode()
    assert post(world, "cycles", do="drop", exception=CycleRecord.objects.get().pk).status_code == 302
    assert post(world, "cycles", do="drop", exception="99999").status_code == 404
    assert post(world, "cycles", do="start", starts_on="2019-08-01").status_code == 302
    assert "截止日不早于2019年8月1日的各期要报" in page(world, "cycles")


def test_the_burden_is_shown_by_unit_against_the_ceiling_before_and_after(world: World, django_assert_max_num_queries: Any) -> None:  # noqa: F811
    OfficeChoiceRecord.objects.create(list=world.list, ceiling=5)
    shown = page(world, "burden")
    assert "个单位超过上限" in shown
    assert "都由人填、每张清单各填一遍" in shown
    assert "3.2 数字经济领域重大项目" in page(world, "burden", "?unit=市经信局")
    assert world.client("supervision").get(reverse("burden", args=(world.list.pk,)) + "?unit=没有的").status_code == 404
    client = world.client("supervision")
    with django_assert_max_num_queries(15):
        client.get(reverse("burden", args=(world.list.pk,)))


def test_the_office_joins_what_reads_alike_and_splits_it(world: World) -> None:  # noqa: F811
    assert "只有这一张有方案的清单" in page(world, "same_matters")
    ListRecord.objects.create(title="示例：政府工作报告任务", year=2019, pack=world.list.pack, made_at=AT, plan=world.list.plan)
    promise = item_of(world, "重大项目").promise.id
    assert "是同一件事" in page(world, "same_matters")
    assert post(world, "same_matters", here=promise, there=item_of(world, "核心产业主营收入").promise.id).status_code == 422
    assert post(world, "same_matters", here=promise, there=promise).status_code == 302
    client = world.client("liaison")
    address = reverse("report", args=(world.list.pk, promise, world.organ("市经信局").pk, "2019-09"))
    assert "提交后同时报给：示例：政府工作报告任务" in client.get(address).content.decode()
    sent = client.post(address, {"value": "43", "observed_on": "2019-09-30", "progress": "示例：2个。", "revision": "0", "do": "submit"}, follow=True)
    assert "同时报给了示例：政府工作报告任务" in sent.content.decode()
    assert post(world, "same_matters", split=promise).status_code == 302
    assert not SamePromiseRecord.objects.exists()


def test_last_periods_words_are_copied_and_its_figure_is_not(world: World) -> None:  # noqa: F811
    filed(world, period="2019-08", progress="示例：8月写的", value=38)
    address = reverse("report", args=(world.list.pk, item_of(world, "重大项目").promise.id, world.organ("市经信局").pk, "2019-09"))
    shown = world.client("liaison").get(address).content.decode()
    assert 'href="?same=1"' in shown
    assert "data-draft=" in shown
    copied = world.client("liaison").get(f"{address}?same=1").content.decode()
    assert "示例：8月写的</textarea>" in copied
    assert 'value="38"' not in copied


def test_a_calendar_feed_shows_what_is_owed_to_whoever_has_the_address_until_it_is_renewed(world: World) -> None:  # noqa: F811
    client = world.client("liaison")
    made = client.post(reverse("calendar"), {"do": "open"}).content.decode()
    address = made.split('<p class="hash wrap">')[1].split("</p>")[0].removeprefix("http://testserver")
    answer = Client().get(address)
    text = answer.content.decode()
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert text.replace("\r\n ", "").count("SUMMARY:9月报：") == 4
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "no-store" in answer["Cache-Control"]
    assert address.split("/")[-1].removesuffix(".ics") not in str(FeedRecord.objects.values())
    assert address not in client.get(reverse("calendar")).content.decode()
    client.post(reverse("calendar"), {"do": "open"})
    assert Client().get(address).status_code == 404
    assert Client().post(address).status_code in {403, 404}
    client.post(reverse("calendar"), {"do": "close"})
    assert not FeedRecord.objects.exists()


def test_the_feed_of_a_closed_person_is_shut(world: World) -> None:  # noqa: F811
    made = world.client("liaison").post(reverse("calendar"), {"do": "open"}).content.decode()
    address = made.split('<p class="hash wrap">')[1].split("</p>")[0].removeprefix("http://testserver")
    PersonRecord.objects.filter(pk=world.person("liaison").pk).update(is_active=False)
    assert Client().get(address).status_code == 404
