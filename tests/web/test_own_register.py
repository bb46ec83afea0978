"""A register that the office makes on a page is one like those of the pack: template, import, form, rows, figures, API, YAML."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse

from luoshi.pack.load import load_pack
from luoshi.pack.own_register import read_register
from luoshi.register.workbook import read_workbook
from luoshi.store.models import FactRecord, JournalRecord, ListRecord, OwnRegisterRecord
from luoshi.store.queries.agreed import pack_of
from tests.web.test_count import COUNTED, item_of, other_city, send  # noqa: F401
from tests.web.world import World

HEAD = {"title": "示范平台", "counted_as": "个", "purpose": "挂牌的示范平台一个一行。", "unit": "市发展改革委", "checker": "市政府办公室",
        "due_day": "5", "counts_from": "reported", "visibility": "internal", "stages": "申报、认定"}
COLUMNS = [("编号", "code", "", ""), ("平台名称", "text", "", ""), ("级别", "choice", "", "省级、市级"), ("投资", "money", "万元", ""),
           ("认定日期", "date", "", "")]


def form(*columns: tuple[str, str, str, str], names: tuple[str, ...] = (), expected: int = 0, **marks: Any) -> dict[str, Any]:
    """What a browser sends: lists by column, marks by their places."""
    columns = columns or tuple(COLUMNS)
    sent: dict[str, Any] = {**HEAD, "expected": str(expected), "do": "save", "c_name": [*names, *[""] * (len(columns) - len(names))],
                            "c_note": [""] * len(columns), "c_key": ["0"], "c_required": ["1"], "c_happened": ["4"]}
    for place, key in enumerate(("c_title", "c_type", "c_unit", "c_choices")):
        sent[key] = [column[place] for column in columns]
    return sent | marks


def make(world: World, record: ListRecord, **marks: Any) -> HttpResponse:
    return world.client("supervision").post(f"/lists/{record.pk}/registers/new/", form(**marks))


@pytest.fixture
def own(world: World, other_city: ListRecord) -> ListRecord:  # noqa: F811
    assert make(world, other_city).status_code == 302
    return ListRecord.objects.get(pk=other_city.pk)


def name_of(record: ListRecord) -> str:
    return OwnRegisterRecord.objects.filter(list=record).latest("pk").name


def at(record: ListRecord) -> str:
    return f"/lists/{record.pk}/registers/{name_of(record)}/"


ROW = {"column_1": "A1", "column_2": "示例平台甲", "column_3": "省级", "column_4": "300", "column_5": "2019-05-01", "supplier": "市发展改革委",
       "stage": "申报"}


def test_it_is_made_filled_in_and_counted_without_a_line_of_yaml(world: World, own: ListRecord) -> None:
    unit = world.client("liaison_b")
    assert "示范平台" in unit.get(f"/lists/{own.pk}/registers/").content.decode()
    assert unit.post(f"{at(own)}new/", ROW).status_code == 302
    assert unit.post(f"{at(own)}new/", ROW | {"column_1": "A2", "column_2": "示例平台乙", "column_3": "市级"}).status_code == 302
    counted = COUNTED | {"source": f"register:{name_of(own)}",
                         "f_field": ["column_3"], "f_op": ["="], "f_value": ["省级"], "f_why": [""], "f_part": [""]}
    assert send(world, own, 3, "confirm", counted).status_code == 302
    assert item_of(own, 3).value == 1
    assert "示例平台甲" in world.client("leader").get(at(own)).content.decode()


def test_a_template_and_a_file_go_through_the_same_importer(world: World, own: ListRecord) -> None:
    client = world.client("liaison_b")
    answer = client.get(f"{at(own)}template.xlsx")
    sheets, _ = read_workbook(answer.content, "示例.xlsx", pack_of(own).registers[name_of(own)])
    assert {"编号", "平台名称", "级别", "投资", "认定日期", "属地"} <= set(sheets[0].header)
    file = io.BytesIO("编号,平台名称,级别,投资（万元）\nA1,示例甲,省级,三百\nA2,,市级,3\n".encode())
    file.name = "示例.csv"
    page = client.post(f"{at(own)}import/", {"file": file}, follow=True).content.decode()
    assert "三百" in page
    assert "必填" in page


def test_the_api_writes_and_reads_it_like_any_other(world: World, own: ListRecord) -> None:
    assert f"write:{name_of(own)}" in world.client("supervision").get("/tokens/").content.decode()


def test_an_empty_form_says_what_is_missing_at_each_field(world: World, other_city: ListRecord) -> None:  # noqa: F811
    answer = world.client("supervision").post(f"/lists/{other_city.pk}/registers/new/", {"do": "save", "expected": "0", "title": "", "unit": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("还没有写栏目", "至少勾一栏", "字数不能少于1"):
        assert words in page
    assert OwnRegisterRecord.objects.count() == 0


REFUSED: list[tuple[Any, dict[str, Any], str]] = [
    ((("编号", "code", "", ""), ("编号", "text", "", "")), {}, "写了两次"),
    ((("编号", "code", "", ""), ("属地", "text", "", "")), {}, "都自带“属地”"),
    ((("编号", "code", "", ""), ("级别", "choice", "", "")), {}, "要在“选项”里写有哪几项"),
    ((("编号", "code", "", ""), ("投资", "money", "亩", "")), {}, "单位不能写“亩”"),
    ((("编号", "code", "", ""), ("说明", "text", "", "")), {"c_happened": ["1"]}, "不是日期字段"),
    ((("编号", "code", "", ""), ("始", "date", "", ""), ("终", "date", "", "")), {"c_happened": ["1", "2"]}, "只能勾一栏"),
    ((("编号", "code", "", ""), ("什么", "magic", "", "")), {}, "不能写“magic”"),
]


def test_what_the_packs_checks_refuse_is_said_beside_its_column(world: World, other_city: ListRecord) -> None:  # noqa: F811
    client = world.client("supervision")
    for columns, marks, said in REFUSED:
        answer = client.post(f"/lists/{other_city.pk}/registers/new/", form(*columns, **({"c_happened": [], "c_required": []} | marks)))
        page = answer.content.decode()
        assert answer.status_code == 422, said
        assert said in page
        assert 'value="编号"' in page
    assert OwnRegisterRecord.objects.count() == 0


def change(world: World, record: ListRecord, *columns: tuple[str, str, str, str], **marks: Any) -> HttpResponse:
    names = tuple(f"column_{n}" for n in range(1, 6))
    sent = form(*columns, **({"names": names[:len(columns) or 5], "expected": 1} | marks))
    return world.client("supervision").post(f"{at(record)}columns/", sent)


def enter(world: World, record: ListRecord) -> None:
    assert world.client("liaison_b").post(f"{at(record)}new/", ROW).status_code == 302


WIDER = [*COLUMNS[:2], ("级别", "choice", "", "国家级、省级、市级"), *COLUMNS[3:], ("备注", "text", "", "")]


def test_columns_change_freely_while_there_is_no_row(world: World, own: ListRecord) -> None:
    assert change(world, own, ("编号", "code", "", ""), ("名称", "text", "", ""), c_happened=[]).status_code == 302
    assert [f.title for f in pack_of(own).registers[name_of(own)].fields] == ["编号", "名称"]
    entry = JournalRecord.objects.filter(action="register.define").latest("pk")
    assert entry.detail["number"] == 2
    assert entry.detail["before"]["fields"][1]["title"] == "平台名称"


def test_with_rows_what_cannot_break_them_is_let_through(world: World, own: ListRecord) -> None:
    enter(world, own)
    assert change(world, own, *WIDER).status_code == 302
    spec = pack_of(own).registers[name_of(own)]
    assert spec.fields[2].choices == ("国家级", "省级", "市级")
    assert spec.fields[5].name == "column_6"
    assert "示例平台甲" in world.client("leader").get(at(own)).content.decode()


BREAKING: list[tuple[Any, dict[str, Any], str]] = [
    (COLUMNS[:4], {"c_happened": []}, "不能去掉"),
    ([*COLUMNS[:1], ("名称", "text", "", ""), *COLUMNS[2:]], {}, "栏目名不能由“平台名称”改为“名称”"),
    ([*COLUMNS[:3], ("投资", "money", "亿元", ""), *COLUMNS[4:]], {}, "单位不能由“万元”改为“亿元”"),
    (COLUMNS, {"c_key": ["0", "1"]}, "认行的栏目不能改"),
    (COLUMNS, {"c_happened": []}, "哪一天算发生”不能改"),
    ([*COLUMNS[:2], ("级别", "choice", "", "国家级"), *COLUMNS[3:]], {}, "现有的行读不下去：“A1”"),
    ([*COLUMNS, ("备注", "text", "", "")], {"c_required": ["1", "5"]}, "现有的行读不下去：“A1”的“备注”是空的"),
    (COLUMNS, {"stages": "认定"}, "现有的行读不下去：“A1”"),
]


def test_with_rows_what_would_break_them_is_refused_with_the_row(world: World, own: ListRecord) -> None:
    enter(world, own)
    for columns, marks, said in BREAKING:
        answer = change(world, own, *columns, **marks)
        assert answer.status_code == 422, said
        assert said in answer.content.decode()
    assert OwnRegisterRecord.objects.count() == 1


def test_it_is_taken_back_while_it_is_empty_and_its_name_is_not_given_again(world: World, own: ListRecord) -> None:
    first, client = at(own), world.client("supervision")
    assert client.post(f"{first}columns/", {"do": "drop", "expected": "1"}).status_code == 302
    assert client.get(first).status_code == 404
    assert client.get(f"{first}columns/").status_code == 404
    make(world, own)
    assert at(own) != first


def test_it_is_not_taken_back_with_rows_or_while_a_promise_is_counted_from_it(world: World, own: ListRecord) -> None:
    assert send(world, own, 3, "confirm", COUNTED | {"source": f"register:{name_of(own)}"}).status_code == 302
    drop = {"do": "drop", "expected": "1"}
    answer = world.client("supervision").post(f"{at(own)}columns/", drop)
    assert answer.status_code == 422
    assert "有1个指标约定照它算" in answer.content.decode()
    enter(world, own)
    assert "已经有行，不能撤销" in world.client("supervision").post(f"{at(own)}columns/", drop).content.decode()


def test_who_comes_second_is_told_and_keeps_what_was_typed(world: World, own: ListRecord) -> None:
    assert change(world, own, *WIDER).status_code == 302
    answer = change(world, own, *WIDER, purpose="另一种说法。")
    assert answer.status_code == 409
    assert "另一种说法。" in answer.content.decode()


def test_written_out_as_yaml_it_is_a_register_of_a_pack(world: World, own: ListRecord, tmp_path: Path) -> None:
    text = world.client("supervision").get(f"{at(own)}register.yaml").content.decode()
    name = name_of(own)
    folder = tmp_path / "ours"
    (folder / "registers" / name).mkdir(parents=True)
    (folder / "registers" / name / "register.yaml").write_text(text, "utf-8")
    (folder / "pack.yaml").write_text("id: ours\ntitle: 示例\n", "utf-8")
    pack, findings = load_pack(folder)
    assert not [f for f in findings if f.level == "error"]
    assert pack.registers[name] == read_register(OwnRegisterRecord.objects.get(name=name).spec)[0]


def test_only_the_office_makes_one(world: World, other_city: ListRecord) -> None:  # noqa: F811
    for key in ("leader", "liaison", "administrator", "auditor", "judge"):
        assert world.client(key).post(f"/lists/{other_city.pk}/registers/new/", form()).status_code == 403, key
    assert OwnRegisterRecord.objects.count() == 0


def test_one_of_another_list_is_not_there(world: World, own: ListRecord) -> None:
    client = world.client("supervision")
    assert client.get(f"/lists/{world.list.pk}/registers/{name_of(own)}/").status_code == 404
    assert client.get(f"/lists/{world.list.pk}/registers/{name_of(own)}/columns/").status_code == 404
    assert not FactRecord.objects.filter(source=name_of(own)).exists()


def test_what_no_longer_fits_the_pack_is_left_out_and_said(world: World, own: ListRecord) -> None:
    made = OwnRegisterRecord.objects.get()
    made.spec["supply"]["unit"] = " "
    made.save()
    assert name_of(own) not in pack_of(own).registers
