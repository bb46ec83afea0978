"""The report's form: what is known is filled in, what is wrong is said, what was typed stays."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luoshi.plan.milestone import Milestone
from luoshi.store.models import EvidenceRecord, FactRecord, JournalRecord, ListRecord, ReportRecord
from luoshi.store.queries.promises import units_of_items
from luoshi.store.queries.story import tell_list
from tests.actions.reporting import accepted, filed, item_of, jpeg, png
from tests.web.world import DAY, World, world  # noqa: F401


def address(world: World, words: str = "重大项目", unit: str = "市经信局", period: str = "2019-09") -> str:  # noqa: F811
    return reverse("report", args=(world.list.pk, item_of(world, words).promise.id, world.organ(unit).pk, period))


def typed(**changes: Any) -> dict[str, Any]:
    return {"value": "43", "observed_on": "2019-09-30", "progress": "示例：新增2个。", "next_step": "示例：备案3个。", "asks": "", "forecast_on": "",
            "revision": "0", "do": "submit", **changes}


def post(world: World, key: str = "liaison", words: str = "重大项目", **changes: Any) -> Any:  # noqa: F811
    return world.client(key).post(address(world, words), typed(**changes))


def test_the_form_is_filled_with_what_is_known(world: World) -> None:  # noqa: F811
    accepted(world, period="2019-08", value=Decimal(38), progress="示例：8月引进3个。")
    page = world.client("liaison").get(address(world)).content.decode()
    assert 'value="2019-09-30"' in page
    assert "8月写的是：“示例：8月引进3个。”" in page
    assert "上次接收的是38（2019年8月28日）" in page
    assert "只有数比38小的时候才填" in page
    assert "为什么是这个数" in page


def test_a_computed_figure_is_shown_and_not_asked(world: World) -> None:  # noqa: F811
    page = world.client("liaison").get(address(world, "核心产业主营收入")).content.decode()
    assert 'name="value"' not in page
    assert "由台账算出，不用您填" in page


def test_it_submits_with_evidence_and_goes_on_to_my_duties(world: World) -> None:  # noqa: F811
    response = post(world, value="1,043.5", papers=[SimpleUploadedFile("登记表.png", png())], photo=[SimpleUploadedFile("现场.jpg", jpeg())])
    assert response.status_code == 302
    assert response["Location"] == reverse("my_duties", args=(world.list.pk,))
    report = ReportRecord.objects.get()
    assert (report.state, report.value) == ("submitted", Decimal("1043.5"))
    assert sorted(report.evidence.values_list("name", "kind")) == [("现场.jpg", "jpeg"), ("登记表.png", "png")]


def test_a_draft_is_kept_and_filled_in_again(world: World) -> None:  # noqa: F811
    assert post(world, do="save", value="1234.5", progress="示例：先存着").status_code == 302
    page = world.client("liaison").get(address(world)).content.decode()
    assert 'value="1,234.5"' in page
    assert "示例：先存着</textarea>" in page
    assert 'name="revision" value="1"' in page


@pytest.mark.parametrize(("changes", "words"), [
    ({"observed_on": "2019-10-01"}, "数据日期2019年10月1日还没有到，今天是2019年9月30日"),
    ({"observed_on": "2019-08-31"}, "不在9月里"),
    ({"observed_on": "9月30日"}, "这不是一个日期"),
    ({"observed_on": ""}, "没有写数据日期"),
    ({"value": "四十三"}, "这不是一个数"),
    ({"value": "NaN"}, "这不是一个数"),
    ({"progress": " "}, "没有写本期做了什么"),
])
def test_what_is_wrong_is_said_and_what_was_typed_stays(world: World, changes: dict[str, str], words: str) -> None:  # noqa: F811
    response = post(world, **{"next_step": "示例：独一份的下一步", **changes})
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "示例：独一份的下一步</textarea>" in page
    assert not ReportRecord.objects.exists()


def test_a_falling_cumulative_is_refused_until_a_reason_is_given(world: World) -> None:  # noqa: F811
    accepted(world, period="2019-08", value=Decimal(38))
    response = post(world, value="36")
    assert response.status_code == 422
    assert "8月28日接收的是38，这次是36" in response.content.decode()
    assert post(world, value="36", why_lower="示例：核实后减去2个").status_code == 302


def test_a_photo_of_30_mb_is_refused_before_it_is_read(world: World) -> None:  # noqa: F811
    response = post(world, progress="示例：文字要留住", papers=[SimpleUploadedFile("大照片.jpg", jpeg(b"\0" * 30_000_000))])
    page = response.content.decode()
    assert response.status_code == 413
    assert "这一次共有30.0 MB，一次最多25 MB" in page
    assert "按浏览器的“后退”回到表单" in page
    says = world.client("liaison").post(address(world), b"", "multipart/form-data; boundary=x", CONTENT_LENGTH="30000000")
    assert says.status_code == 413
    assert not ReportRecord.objects.exists()


def test_a_photo_above_10_mb_is_not_kept_and_the_words_stay(world: World) -> None:  # noqa: F811
    response = post(world, progress="示例：文字要留住", papers=[SimpleUploadedFile("大照片.jpg", jpeg(b"\0" * 12_000_000))])
    page = response.content.decode()
    assert response.status_code == 422
    assert "“大照片.jpg”超过10 MB，没有收" in page
    assert "示例：文字要留住" in page
    assert not ReportRecord.objects.exists()


@pytest.mark.parametrize("content", [b"MZ\x90\0" + b"\0" * 300, b"<!doctype html><script>alert(1)</script>"])
def test_a_photo_that_is_something_else_is_refused(world: World, content: bytes) -> None:  # noqa: F811
    response = post(world, papers=[SimpleUploadedFile("照片.jpg", content, content_type="image/jpeg")])
    assert response.status_code == 422
    assert "“照片.jpg”的内容不是jpg" in response.content.decode()
    assert not EvidenceRecord.objects.exists()


def test_a_stale_form_answers_409_and_keeps_both_texts(world: World) -> None:  # noqa: F811
    filed(world, submit=False, progress="示例：别人先存的")
    response = post(world, progress="示例：我后写的")
    page = response.content.decode()
    assert response.status_code == 409
    assert "别人存过一次" in page
    assert "示例：我后写的</textarea>" in page
    assert "示例：别人先存的" in page
    assert 'name="revision" value="1"' in page
    assert ReportRecord.objects.get().progress == "示例：别人先存的"


def test_what_was_submitted_meanwhile_cannot_be_saved_and_the_words_stay(world: World) -> None:  # noqa: F811
    filed(world)
    response = post(world, revision="1", progress="示例：我后写的")
    page = response.content.decode()
    assert response.status_code == 409
    assert "示例：我后写的</textarea>" in page
    assert 'value="submit"' not in page


def test_text_with_markup_is_shown_as_text(world: World) -> None:  # noqa: F811
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    accepted(world, period="2019-08", progress=bad, next_step=bad, asks=bad)
    filed(world, progress=bad)
    queue = reverse("reviews", args=(world.list.pk,))
    for key, where in (("liaison", address(world)), ("head", queue), ("liaison", address(world, period="2019-08"))):
        page = world.client(key).get(where).content.decode()
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize(("key", "status"), [("liaison", 404), ("head", 404), ("administrator", 403)])
def test_a_foreign_units_report_is_not_there_and_the_journal_notes_it(world: World, key: str, status: int) -> None:  # noqa: F811
    where = address(world, *foreign_line(world))
    for response in (world.client(key).get(where), world.client(key).post(where, typed())):
        assert response.status_code == status
    assert JournalRecord.objects.filter(action="access.refused", about=where[:120]).count() == 2
    assert not ReportRecord.objects.exists()


def foreign_line(world: World) -> tuple[str, str]:  # noqa: F811
    """A line with which 市经信局 has nothing to do, and who leads it."""
    told = tell_list(world.list, DAY)
    assert told is not None
    units = units_of_items(world.list, told.items)
    mine = world.organ("市经信局").pk
    item = next(i for i in told.items if mine not in units[i.promise.id].leads and mine not in units[i.promise.id].supports)
    return item.title, item.leads[0]


@pytest.mark.parametrize(("promise", "organ", "period"), [("target-none", None, "2019-09"), (None, 99999, "2019-09"), (None, None, "2018-09"),
                                                          (None, None, "2019-13"), (None, None, "x")])
def test_an_address_of_nothing_is_not_there(world: World, promise: str | None, organ: int | None, period: str) -> None:  # noqa: F811
    where = reverse("report", args=(world.list.pk, promise or item_of(world, "重大项目").promise.id, organ or world.organ("市经信局").pk, period))
    assert world.client("liaison").get(where).status_code == 404
    assert world.client("supervision").get(where).status_code == 404


def test_a_supporting_unit_sees_and_does_not_write(world: World) -> None:  # noqa: F811
    filed(world)
    client = world.client("liaison_b")
    page = client.get(address(world))
    assert page.status_code == 200
    assert "示例：新增2个项目，1个已开工。" in page.content.decode()
    assert "<textarea" not in page.content.decode()
    assert client.post(address(world), typed(revision="1")).status_code == 403


def test_evidence_can_be_taken_off_a_draft(world: World) -> None:  # noqa: F811
    report = filed(world, submit=False, files=(("a.png", png()),))
    post(world, do="save", revision="1", drop=str(report.evidence.get().pk))
    assert not report.evidence.exists()


def test_a_milestone_that_nothing_computes_asks_whether_it_is_done(unbound: World) -> None:
    told = tell_list(unbound.list, DAY)
    assert told is not None
    item = next(i for i in told.items if isinstance(i.promise, Milestone))
    organ = unbound.organ(item.leads[0])
    unbound.person("liaison").posts.update(organ=organ)
    where = reverse("report", args=(unbound.list.pk, item.promise.id, organ.pk, "2019-09"))
    page = unbound.client("liaison").get(where).content.decode()
    assert "完成了吗" in page
    assert "为何减少" not in page
    assert unbound.client("liaison").post(where, typed(value="1")).status_code == 302
    assert ReportRecord.objects.get().value == 1


def test_a_value_for_what_nobody_said_how_to_judge_is_shown_and_not_judged(unbound: World) -> None:
    accepted(unbound, value=Decimal(43))
    unbound.list.refresh_from_db()
    item = item_of(unbound, "重大项目")
    assert (item.value, item.value_from, item.light.state) == (Decimal(43), "reported", "not_judged")
    assert "2019年9月30日填报43个；还没有约定怎样评判" in item.light.sentence
    page = unbound.client("leader").get(reverse("target", args=(unbound.list.pk, item.promise.id)))
    assert page.status_code == 200


@pytest.fixture
def unbound(world: World) -> World:  # noqa: F811
    """The same list with a pack that binds nothing."""
    FactRecord.objects.all().delete()
    ListRecord.objects.filter(pk=world.list.pk).update(pack="base", facts_version=50)
    return World(ListRecord.objects.select_related("plan").get(pk=world.list.pk), world.passwords)
