"""Slips, the office's choices and the Monday list as pages: who sees what, what a form asks for, that what was typed stays."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.seed_slips import seed_slips
from luoshi.store.models import CaseRecord, OfficeChoiceRecord
from tests.actions.reporting import png
from tests.web.world import AT, DAY, World, world  # noqa: F401

SLIPS = 15
"""Queries of the page of slips, however many there are."""


@pytest.fixture
def supervised(world: World) -> World:  # noqa: F811
    seed_slips(AT, DAY, world.list.pk)
    return world


def case_of(number: str) -> CaseRecord:
    return CaseRecord.objects.get(number=f"示例督〔2019〕{number}号")


def get(world: World, key: str, name: str, *more: object, query: str = "") -> Any:  # noqa: F811
    return world.client(key).get(reverse(name, args=(world.list.pk, *more)) + query)


def act(world: World, key: str, case: CaseRecord, do: str, **fields: Any) -> Any:  # noqa: F811
    case.refresh_from_db()
    typed = {f"{do}-{name}": value for name, value in {"on": DAY.isoformat(), "revision": case.revision, **fields}.items()}
    return world.client(key).post(reverse("slip", args=(world.list.pk, case.pk)), {"do": do, **typed})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_office_sees_every_slip_and_what_the_ladder_proposes(supervised: World) -> None:
    page = text(get(supervised, "supervision", "slips"))
    assert "5份督办单没有办结，1份已超期" in page
    assert "系统建议" in page
    assert "拟成草稿" in page


def test_a_unit_sees_its_own_and_no_draft(supervised: World) -> None:
    page = text(get(supervised, "liaison", "slips", query="?state=open"))
    assert "加快推进“新三板”挂牌企业（示例）" in page
    assert "完成沪嘉城际专项评估" not in page
    assert "系统建议" not in page


@pytest.mark.parametrize(("query", "shown"), [
    ("?state=late", "2号"), ("?state=replied", "4号"), ("?state=closed", "1号"), ("?state=draft", "推进民生事项")])
def test_the_list_is_filtered_by_links(supervised: World, query: str, shown: str) -> None:
    page = text(get(supervised, "supervision", "slips", query=query))
    assert shown in page[page.index("<tbody"):page.index("</tbody>")]


def test_one_click_makes_a_draft_and_sends_nothing(supervised: World) -> None:
    page = text(get(supervised, "supervision", "slips"))
    where = re.search(r'action="([^"]*/slips/proposed/[^"]+)"', page)
    assert where is not None
    answer = supervised.client("supervision").post(where[1])
    assert answer.status_code == 302
    made = CaseRecord.objects.latest("id")
    assert (made.state, made.number, made.ladder, made.data["colour"]) == ("draft", "", "suqian-3slips-2025", "yellow")
    assert made.organ is not None
    assert supervised.client("supervision").post(where[1]).status_code == 404   # it is drafted already


def test_past_what_the_office_allowed_one_click_drafts_nothing(supervised: World) -> None:
    OfficeChoiceRecord.objects.update(allowed_rung="blue")
    page = text(get(supervised, "supervision", "slips"))
    assert "只作提示" in page
    assert "/slips/proposed/" not in page


def test_a_new_slip_needs_a_day_and_keeps_what_was_typed(supervised: World) -> None:
    where = reverse("new_slip", args=(supervised.list.pk,))
    typed = {"source": "note", "title": "办好一件事（示例）", "organ": supervised.organ("市科技局").pk, "weight": "ordinary", "text": "批示的原话"}
    answer = supervised.client("supervision").post(where, typed)
    assert answer.status_code == 422
    assert "没有写期限" in text(answer)
    assert "批示的原话" in text(answer)
    assert supervised.client("supervision").post(where, typed | {"clock": "leader-note-ordinary"}).status_code == 302
    assert CaseRecord.objects.latest("id").due_on == date(2019, 10, 15)


@pytest.mark.parametrize(("source", "clock"), [("note", "leader-note-ordinary"), ("document", "document-matter"), ("meeting", "minutes-matter")])
def test_the_form_opens_with_the_time_limit_of_its_source(supervised: World, source: str, clock: str) -> None:
    assert f'value="{clock}" selected' in text(get(supervised, "supervision", "new_slip", query=f"?source={source}"))


def test_a_draft_is_sent_and_numbered(supervised: World) -> None:
    draft = CaseRecord.objects.get(state="draft")
    assert act(supervised, "supervision", draft, "issue", due_on="2019-10-12", organ=draft.organ_id).status_code == 302
    assert "示例督〔2019〕6号" in text(get(supervised, "supervision", "slip", draft.pk))


def test_the_unit_receives_replies_and_asks_with_a_date(supervised: World) -> None:
    case = case_of("2")
    page = text(get(supervised, "liaison", "slip", case.pk))
    assert 'value="reply"' in page
    assert "已超期2个工作日" in page
    refused = act(supervised, "liaison", case, "ask_extension", text="再给几天", due_on="2019-10-31")
    assert refused.status_code == 422
    assert "期限已过，不能再申请延期" in text(refused)
    assert act(supervised, "liaison", case, "reply", text="已办，附清单。").status_code == 302


def test_files_of_a_step_are_for_those_who_see_the_slip(supervised: World) -> None:
    case = case_of("2")
    typed = {"do": "reply", "reply-on": DAY.isoformat(), "reply-revision": case.revision, "reply-text": "见照片",
             "reply-papers": SimpleUploadedFile("现场.png", png())}
    assert supervised.client("liaison").post(reverse("slip", args=(supervised.list.pk, case.pk)), typed).status_code == 302
    file = case.steps.get(act="reply").evidence.get()
    for key, status in (("liaison", 200), ("supervision", 200), ("liaison_b", 404)):
        answer = get(supervised, key, "evidence", file.pk)
        assert answer.status_code == status, key
        if answer.streaming:
            b"".join(answer.streaming_content)


def test_the_office_decides_an_extension(supervised: World) -> None:
    case = case_of("3")
    page = text(get(supervised, "supervision", "slip", case.pk, query="?act=extend"))
    assert "申请延到2019年10月31日" in page
    assert 'value="2019-10-31"' in page
    assert act(supervised, "supervision", case, "extend", due_on="2019-10-31").status_code == 302
    page = text(get(supervised, "liaison_b", "slip", case.pk))
    assert "2019年10月31日前（原定2019年10月15日）" in page
    assert 'value="refuse_extension"' not in text(get(supervised, "supervision", "slip", case.pk))


def test_nobody_but_another_person_verifies_and_a_place_is_written(supervised: World) -> None:
    case = case_of("4")
    assert act(supervised, "checker", case, "verify", text="看过").status_code == 422
    assert act(supervised, "checker", case, "verify", text="3家都看了（示例）", place="资料核验").status_code == 302
    assert "地点：资料核验" in text(get(supervised, "supervision", "slip", case.pk))


def test_of_two_who_act_at_once_the_second_keeps_the_words(supervised: World) -> None:
    case = case_of("2")
    stale = case.revision
    act(supervised, "head", case, "reply", text="先办了")
    answer = supervised.client("liaison").post(reverse("slip", args=(supervised.list.pk, case.pk)), {
        "do": "reply", "reply-on": DAY.isoformat(), "reply-revision": stale, "reply-text": "我也写了一段"})
    assert answer.status_code == 409
    assert "我也写了一段" in text(answer)


@pytest.mark.parametrize("key", ["liaison", "liaison_c", "head_c"])
def test_a_slip_of_another_unit_is_not_there(supervised: World, key: str) -> None:
    for name in ("slip", "print_slip"):
        more = ("pdf",) if name == "print_slip" else ()
        assert get(supervised, key, name, case_of("3").pk, *more).status_code == 404
    assert act(supervised, key, case_of("3"), "reply", text="替人办").status_code == 404


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_slip_is_printed(supervised: World, kind: str) -> None:
    answer = get(supervised, "liaison", "print_slip", case_of("2").pk, kind)
    content = b"".join(answer.streaming_content)
    assert content[:4] == {"docx": b"PK\x03\x04", "pdf": b"%PDF"}[kind]


def test_an_unpublished_year_is_said(supervised: World) -> None:
    made = open_case(supervised.who("supervision"), AT, DAY, supervised.list.pk, CaseText(
        "slip", "远期的事（示例）", organ_id=supervised.organ("市科技局").pk, due_on=date(2030, 1, 31)))
    assert act(supervised, "supervision", made, "issue", due_on="2030-01-31", organ=made.organ_id).status_code == 302
    assert "放假安排还没有公布" in text(get(supervised, "supervision", "slip", made.pk))


def test_the_office_chooses_and_a_bad_scheme_is_refused(supervised: World) -> None:
    page = text(get(supervised, "supervision", "office"))
    assert "待核对" in page
    where = reverse("office", args=(supervised.list.pk,))
    typed = {"organ": "示例市政府督查室", "slip_scheme": "督｛号｝", "cycle": "monthly-5", "grace": 1, "reminder": "anet",
             "ladder": "sanming-3slips-2017", "allowed_rung": "orange", "quiet_from": "20:00", "quiet_to": "08:00", "ceiling": "30",
             "revision": OfficeChoiceRecord.objects.get().revision}
    answer = supervised.client("supervision").post(where, typed)
    assert answer.status_code == 422
    assert "要有“｛年｝”和“｛号｝”两处" in text(answer)
    assert supervised.client("supervision").post(where, typed | {"slip_scheme": "督〔｛年｝〕｛号｝号"}).status_code == 302
    assert OfficeChoiceRecord.objects.get().ladder == "sanming-3slips-2017"


def test_the_monday_list_has_one_click_for_each_line(supervised: World) -> None:
    page = text(get(supervised, "supervision", "exceptions"))
    assert re.search(r"今天要联系\d+家、办\d+件", page)
    assert "第40周" in page
    for words in ("发督办单", "记一笔", "同意", "核验", "不用打电话的"):
        assert words in page
    one = text(get(supervised, "supervision", "exceptions", query="?group=等我决定"))
    assert "申请延期" in one
    assert "落后计划</td>" not in one


def test_a_note_is_taken_and_shown_beside_its_line(supervised: World) -> None:
    where = reverse("note_call", args=(supervised.list.pk,))
    assert supervised.client("supervision").post(where, {"subject": "item:3.4", "unit": "市经信局", "text": ""}).status_code == 422
    assert supervised.client("supervision").post(where, {"subject": "item:3.4", "unit": "市经信局", "text": "答应周三报名单"}).status_code == 302
    assert "答应周三报名单" in text(get(supervised, "supervision", "exceptions"))


def test_the_pages_of_a_list_ask_a_fixed_number_of_queries(supervised: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = supervised.client("supervision")
    where = reverse("slips", args=(supervised.list.pk,))
    client.get(where)
    with django_assert_num_queries(SLIPS):
        client.get(where)
    for place in range(4):
        open_case(supervised.who("supervision"), AT, DAY, supervised.list.pk, CaseText(
            "slip", f"第{place}件（示例）", organ_id=supervised.organ("市科技局").pk, due_on=DAY + timedelta(9)))
    with django_assert_num_queries(SLIPS):
        client.get(where)
