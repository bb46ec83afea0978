"""A document's way to a plan in force: upload, reading, questions, confirmation, and what goes wrong on it."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.fixtures import DjangoAssertNumQueries

from luoshi.actions import start_reading
from luoshi.actions.make_list import make_list
from luoshi.actions.receive_document import receive_document
from luoshi.plan.plan import Plan
from luoshi.store.models import AliasRecord, DocumentRecord, DutyRecord, JournalRecord, ListRecord, OrganRecord, PlanRecord
from luoshi.store.queries.story import tell_list
from luoshi.store.who import NotAllowed
from tests.reading.make import cell, docx, par, table
from tests.web.importing import OWN, confirm, confirmed, coverage_accepted, fresh, text_of, upload  # noqa: F401
from tests.web.world import AT, DAY, World, world  # noqa: F401

REFERENCE = Path(__file__).parents[3] / "shared" / "input" / "jiaxing-2019-ten-tasks.docx"


def check_the_ten_tasks(plan: Plan, made: ListRecord) -> None:
    assert (len(plan.tasks), sum(len(t.measures) for t in plan.tasks), len(list(plan.targets()))) == (10, 38, 27)
    told = tell_list(made, DAY)
    assert told is not None
    assert [f.message for f in told.findings if f.id == "binding.not-matched"] == []
    duties = DutyRecord.objects.filter(plan=made.plan)
    assert duties.count() == sum(len(h.duties) for _, h in plan.holders())
    assert OrganRecord.objects.filter(name="市发展改革委").count() == 1


def test_the_list_in_our_own_words_ends_in_a_confirmed_plan(world: World, fresh: ListRecord) -> None:  # noqa: F811
    check_the_ten_tasks(confirmed(world.client("supervision"), fresh, OWN), fresh)


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference list is not on this machine")
def test_the_reference_list_ends_in_a_confirmed_plan_and_the_pack_binds_to_it(world: World, fresh: ListRecord) -> None:  # noqa: F811
    check_the_ten_tasks(confirmed(world.client("supervision"), fresh, REFERENCE), fresh)


def two_tables() -> bytes:
    head = cell("序号") + cell("工作任务") + cell("年度目标") + cell("牵头单位")
    first = table(head, cell("1") + cell("种树") + cell("年底前植树100亩") + cell("市林业局"))
    second = table(head, cell("1") + cell("修路") + cell("年底前修路20公里") + cell("市交通局"))
    return docx(par("2019年重点工作任务清单") + first + par("另一份") + second)

def test_a_text_in_gb18030_is_read(world: World, fresh: ListRecord) -> None:  # noqa: F811
    client = world.client("supervision")
    page = text_of(client.get(upload(client, fresh.pk, "国标.txt", OWN.read_text("utf-8").encode("gb18030"))["Location"]))
    assert "读出10项任务、38条举措" in page


def test_a_table_without_a_column_is_read_and_says_what_is_missing(world: World, fresh: ListRecord) -> None:  # noqa: F811
    client = world.client("supervision")
    rows = table(cell("序号") + cell("工作任务") + cell("年度目标"), cell("1") + cell("种树") + cell("年底前植树100亩"))
    assert "没有“牵头单位”一栏" in text_of(client.get(upload(client, fresh.pk, "缺栏.docx", docx(rows))["Location"]))


def test_a_list_without_numbers_is_read_and_can_be_confirmed(world: World, fresh: ListRecord) -> None:  # noqa: F811
    client = world.client("supervision")
    rows = table(cell("工作任务") + cell("具体措施") + cell("牵头单位"), cell("种树") + cell("多种树") + cell("市林业局"))
    where = upload(client, fresh.pk, "无数.docx", docx(rows))["Location"]
    assert "没有“序号”一栏，任务只按名称区分" in text_of(client.get(where))
    assert confirm(client, where).status_code == 302
    assert client.get(f"/lists/{fresh.pk}/").status_code == 200


def test_a_document_without_a_list_says_so_and_cannot_be_confirmed(world: World, fresh: ListRecord) -> None:  # noqa: F811
    client = world.client("supervision")
    where = upload(client, fresh.pk, "通知.docx", docx(par("关于开会的通知。")))["Location"]
    page = text_of(client.get(where))
    assert "没有找到任务" in page
    assert "没有找到任务清单表" in page
    assert confirm(client, where).status_code == 422
    assert DocumentRecord.objects.get(list=fresh).state == "read"


def test_of_two_lists_in_a_document_a_person_chooses(world: World, fresh: ListRecord) -> None:  # noqa: F811
    client = world.client("supervision")
    where = upload(client, fresh.pk, "两表.docx", two_tables())["Location"]
    page = text_of(client.get(where))
    assert "要读哪一张？" in page
    assert "任务1 种树" in page
    assert client.post(where, {"answer:table.another:table 2": "table 2"}).status_code == 302
    page = text_of(client.get(where))
    assert "任务1 修路" in page
    assert "任务1 种树" not in page
    assert client.post(where, {"answer:table.another:table 1": "table 9"}).status_code == 409


def test_answers_are_kept_as_they_are_given_and_can_be_taken_back(world: World, fresh: ListRecord) -> None:  # noqa: F811
    client = world.client("supervision")
    where = upload(client, fresh.pk, "清单.txt", OWN.read_bytes())["Location"]
    document = DocumentRecord.objects.get(list=fresh)
    answers = coverage_accepted(document)
    scope = next(f["key"] for f in document.plan["findings"] if [a["key"] for a in f["answers"]] == ["declare"])
    client.post(where, {**answers, f"words:{scope}": " 分母是\n全部事项 "})
    document.refresh_from_db()
    assert document.answers[scope] == "declare|分母是 全部事项"
    page = text_of(client.get(where))
    assert "27个指标" in page
    assert "分母是 全部事项" in page
    client.post(where, {**dict.fromkeys(answers, ""), f"words:{scope}": ""})
    document.refresh_from_db()
    assert document.answers == {}
    saved = client.post(where, answers, headers={"HX-Request": "true"})
    assert "已保存" in text_of(saved)
    assert "<html" not in text_of(saved)


def test_an_answer_that_only_promises_words_leaves_the_question_open(world: World, fresh: ListRecord) -> None:  # noqa: F811
    client = world.client("supervision")
    where = upload(client, fresh.pk, "清单.txt", OWN.read_bytes())["Location"]
    key = next(f["key"] for f in DocumentRecord.objects.get(list=fresh).plan["findings"] if f["id"] == "duty.blank")
    client.post(where, {f"answer:{key}": "fill"})
    confirm(client, where)
    fresh.refresh_from_db()
    assert fresh.plan is not None
    assert key in {f["key"] for f in fresh.plan.plan["findings"]}


def test_an_answer_to_no_question_is_refused(world: World, fresh: ListRecord) -> None:  # noqa: F811
    client = world.client("supervision")
    where = upload(client, fresh.pk, "清单.txt", OWN.read_bytes())["Location"]
    for form in ({"answer:no.such": "x"}, {next(iter(coverage_accepted(DocumentRecord.objects.get(list=fresh)))): "target|committed|1|%|别的"}):
        response = client.post(where, form)
        assert response.status_code == 409
        assert "没有这个问题，或没有这个答案" in text_of(response)
    assert DocumentRecord.objects.get(list=fresh).answers == {}


def test_of_two_people_who_confirm_the_second_is_told(world: World, fresh: ListRecord) -> None:  # noqa: F811
    client = world.client("supervision")
    where = upload(client, fresh.pk, "清单.txt", OWN.read_bytes())["Location"]
    assert confirm(client, where).status_code == 302
    second = confirm(client, where)
    assert second.status_code == 409
    assert "确认成方案" in text_of(second)
    assert PlanRecord.objects.filter(list=fresh).count() == 1
    other = upload(client, fresh.pk, "改.txt", OWN.read_bytes() + "\n注\n".encode())["Location"]
    stale = confirm(client, other)
    assert stale.status_code == 409
    assert "已经有了第1版方案" in text_of(stale)
    assert "确认为第2版，替换第1版" in text_of(client.get(other))
    assert confirm(client, other, "1").status_code == 302
    assert sorted(PlanRecord.objects.filter(list=fresh).values_list("number", flat=True)) == [1, 2]


def test_a_confirmed_document_shows_its_answers_and_takes_no_more(world: World, fresh: ListRecord) -> None:  # noqa: F811
    client = world.client("supervision")
    where = upload(client, fresh.pk, "清单.txt", OWN.read_bytes())["Location"]
    answers = coverage_accepted(DocumentRecord.objects.get(list=fresh))
    client.post(where, answers)
    confirm(client, where)
    page = text_of(client.get(where))
    assert "已确认" in page
    assert 'value="confirm"' not in page
    assert client.post(where, dict.fromkeys(answers, "")).status_code == 409
    assert client.post(where, {"do": "read"}).status_code == 409


def test_units_are_found_by_their_aliases_before_new_ones_are_made(world: World, fresh: ListRecord) -> None:  # noqa: F811
    AliasRecord.objects.create(organ=world.organ("市科技局"), name="市林业局")
    client = world.client("supervision")
    rows = table(cell("序号") + cell("工作任务") + cell("牵头单位"), cell("1") + cell("种树") + cell("市林业局、市花木局"))
    confirm(client, upload(client, fresh.pk, "别名.docx", docx(rows))["Location"])
    assert sorted(DutyRecord.objects.filter(plan__list=fresh).values_list("organ__name", flat=True)) == ["市科技局", "市花木局"]


def test_a_document_of_another_list_is_not_there(world: World, fresh: ListRecord) -> None:  # noqa: F811
    client = world.client("supervision")
    theirs = DocumentRecord.objects.get(list=world.list)
    where = f"/lists/{fresh.pk}/imports/{theirs.pk}/"
    for response in (client.get(where), client.post(where, {"do": "confirm"})):
        assert response.status_code == 404
    assert JournalRecord.objects.filter(action="access.refused").count() == 2


@pytest.mark.parametrize("key", ["liaison", "head", "leader", "auditor", "administrator"])
def test_only_the_office_imports(world: World, fresh: ListRecord, key: str) -> None:  # noqa: F811
    assert world.client(key).get(f"/lists/{fresh.pk}/imports/").status_code == 403
    with pytest.raises(NotAllowed):
        receive_document(world.who(key), AT, fresh.pk, "a.txt", [b"x"])


def test_a_reading_that_a_restart_cut_off_is_started_again(world: World, fresh: ListRecord) -> None:  # noqa: F811
    client = world.client("supervision")
    document, _ = receive_document(world.who("supervision"), AT, fresh.pk, "清单.txt", [OWN.read_bytes()])
    DocumentRecord.objects.filter(pk=document.pk).update(state="reading", progress=60)
    where = f"/lists/{fresh.pk}/imports/{document.pk}/"
    page = text_of(client.get(where))
    assert "正在读 60%" in page
    assert "刷新" in page
    assert "http-equiv" not in page
    assert "60%" in text_of(client.get(where + "?progress=1"))
    assert client.post(where, {"do": "read"}).status_code == 302
    assert client.get(where + "?progress=1")["HX-Refresh"] == "true"
    assert "读出10项任务" in text_of(client.get(where))


@pytest.mark.django_db(transaction=True)
def test_a_large_file_is_read_beside_the_request(transactional_db: None, world: World, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(start_reading, "SOON", 10)
    client = world.client("supervision")
    made = make_list(world.who("supervision"), AT, "又一份清单", 2019, "jiaxing-2019")
    where = upload(client, made.pk, "清单.txt", OWN.read_bytes())["Location"]
    for thread in threading.enumerate():
        if thread.name.startswith("reading-"):
            thread.join(20)
    assert "读出10项任务" in text_of(client.get(where))


def test_a_fault_of_the_program_is_written_on_the_document(world: World, fresh: ListRecord, caplog: pytest.LogCaptureFixture) -> None:  # noqa: F811
    document, _ = receive_document(world.who("supervision"), AT, fresh.pk, "清单.txt", [OWN.read_bytes()])
    (Path(settings.MEDIA_ROOT) / document.file).unlink()
    start_reading.start_reading(world.who("supervision"), AT, document.pk)
    document.refresh_from_db()
    assert document.state == "refused"
    assert "找不到文件「清单.txt」" in document.message


def test_the_pages_ask_the_database_a_fixed_number_of_times(
        world: World, fresh: ListRecord, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:  # noqa: F811
    client = world.client("supervision")
    for n in range(5):
        where = upload(client, fresh.pk, f"{n}.txt", OWN.read_bytes() + b"\n" * n)["Location"]
    with django_assert_max_num_queries(8):
        assert client.get(f"/lists/{fresh.pk}/imports/").status_code == 200
    with django_assert_max_num_queries(8):
        assert len(client.get(where).content) < 100_000


def test_a_new_list_of_another_city_uses_the_general_pack_and_its_board_shows_no_data(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    assert "通用包" in text_of(client.get("/lists/new/"))
    assert client.post("/lists/new/", {"title": "", "year": "19", "pack": "nowhere"}).status_code == 422
    where = client.post("/lists/new/", {"title": "别市清单（示例）", "year": "2019", "pack": "base"})["Location"]
    made = ListRecord.objects.latest("pk")
    assert where == f"/lists/{made.pk}/imports/"
    assert client.get(f"/lists/{made.pk}/")["Location"] == where
    confirmed(client, made, OWN)
    told = tell_list(made, DAY)
    assert told is not None
    assert {item.light.state for item in told.items} <= {"no_data", "not_judged"}
    assert client.get(f"/lists/{made.pk}/").status_code == 200


def test_a_document_of_another_year_is_pointed_out(world: World, fresh: ListRecord) -> None:  # noqa: F811
    client = world.client("supervision")
    other = OWN.read_text("utf-8").replace("2019年", "2020年").encode()
    assert "文件标题写的是2020年，这份清单是2019年" in text_of(client.get(upload(client, fresh.pk, "明年.txt", other)["Location"]))
    assert "文件标题写的是" not in text_of(client.get(upload(client, fresh.pk, "今年.txt", OWN.read_bytes())["Location"]))


def test_the_plan_is_shown_where_the_file_itself_is_gone(world: World, fresh: ListRecord) -> None:  # noqa: F811
    client = world.client("supervision")
    where = upload(client, fresh.pk, "没了.txt", OWN.read_bytes() + b"\n ")["Location"]
    (Path(settings.MEDIA_ROOT) / DocumentRecord.objects.get(list=fresh).file).unlink()
    page = text_of(client.get(where))
    assert "找不到文件「没了.txt」" in page
    assert "读出10项任务" in page


def test_the_document_of_the_example_shows_as_confirmed(world: World) -> None:  # noqa: F811
    theirs = DocumentRecord.objects.get(list=world.list)
    page = text_of(world.client("supervision").get(f"/lists/{world.list.pk}/imports/{theirs.pk}/"))
    assert "27个指标" in page
    assert "已确认" in page


def test_a_unit_that_neither_the_pack_nor_the_server_knows_is_asked_about_with_the_nearest_names(world: World, fresh: ListRecord) -> None:  # noqa: F811
    known = OrganRecord.objects.create(name="市林业和园林绿化局")
    AliasRecord.objects.create(organ=known, name="市绿化办")
    OrganRecord.objects.create(name="市林业和园林局", valid_to=date(2018, 12, 31))
    client = world.client("supervision")
    head = cell("序号") + cell("工作任务") + cell("年度目标") + cell("牵头单位")
    rows = table(head, cell("1") + cell("种树") + cell("年底前植树100亩") + cell("市林业和园林化局"),
                 cell("2") + cell("补绿") + cell("补绿20亩") + cell("市绿化办"))
    page = text_of(client.get(upload(client, fresh.pk, "清单.docx", docx(rows))["Location"]))
    assert "单位名录里没有“市林业和园林化局”" in page
    assert "是市林业和园林绿化局" in page
    assert "是市林业和园林局<" not in page
    assert "单位名录里没有“市绿化办”" not in page
