"""A file of rows: received, checked, taken in whole or in its good part, sent back; the same again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.http import Http404

from luoshi.actions.check_rows_of import start_checking
from luoshi.actions.confirm_rows import Taking, confirm_rows
from luoshi.actions.receive_rows import receive_rows
from luoshi.actions.refuse_rows import refuse_rows
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.store.models import FactRecord, ImportRecord, JournalRecord, ListRecord
from luoshi.store.queries.story import tell_list
from luoshi.store.who import NotAllowed
from tests.web.world import AT, DAY, World, world  # noqa: F401

HEAD = ("终端编号", "点位名称", "坐标", "场所", "全天开放", "上线日期", "供数单位", "佐证")
GOOD = ("示例新终端901", "示例点位", "120.7551,30.7522", "银行", "是", "2019-08-01", "", "示例布点〔2019〕9号")


def csv_of(*rows: Sequence[str], head: Sequence[str] = HEAD) -> bytes:
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in (head, *rows)).encode()


def bring(world: World, content: bytes, key: str = "supervision", name: str = "终端.csv", source: str = "terminal") -> ImportRecord:  # noqa: F811
    made, _ = receive_rows(world.who(key), AT, world.list.pk, source, name, content)
    start_checking(world.who(key), AT, DAY, made.pk)
    made.refresh_from_db()
    return made


def take(world: World, made: ImportRecord, how: str = "whole", key: str = "supervision", **reasons: str) -> ImportRecord:  # noqa: F811
    confirm_rows(world.who(key), AT, DAY, made.pk, Taking(how, made.facts_version, {k.replace("_", "."): v for k, v in reasons.items()}))
    made.refresh_from_db()
    return made


def test_new_rows_come_in_as_reported_with_the_file_as_their_origin(world: World) -> None:  # noqa: F811
    made = bring(world, csv_of(GOOD))
    assert (made.state, made.counts["added"], made.counts["wrong"]) == ("checked", 1, 0), made.problems
    made = take(world, made)
    assert made.state == "entered", made.message
    row = FactRecord.objects.get(batch=made)
    assert (row.key, row.row["核验"], row.row["登记日期"], row.origin) == ("示例新终端901", "已填报", "2019-09-30", "终端.csv 第2行")
    assert ListRecord.objects.get(pk=world.list.pk).facts_version == world.list.facts_version + 1
    assert {"rows.receive", "rows.check", "rows.confirm", "rows.enter"} <= set(JournalRecord.objects.values_list("action", flat=True))
    told = tell_list(ListRecord.objects.get(pk=world.list.pk), DAY)
    assert told
    assert any(record.key == "示例新终端901" for record in told.facts.records["terminal"])


def test_the_same_file_again_is_the_same_import_and_changes_nothing(world: World) -> None:  # noqa: F811
    made = take(world, bring(world, csv_of(GOOD)))
    again, is_new = receive_rows(world.who("supervision"), AT, world.list.pk, "terminal", "另一个名字.csv", csv_of(GOOD))
    assert (again.pk, is_new) == (made.pk, False)
    with pytest.raises(Stale):
        start_checking(world.who("supervision"), AT, DAY, made.pk)


def test_a_corrected_file_is_a_difference_field_by_field(world: World) -> None:  # noqa: F811
    take(world, bring(world, csv_of(GOOD)))
    corrected = (*GOOD[:3], "商场", *GOOD[4:])
    made = bring(world, csv_of(corrected, (GOOD[0] + "A", *GOOD[1:])))
    assert (made.counts["added"], made.counts["changed"], made.counts["same"]) == (1, 1, 0)
    assert made.preview["changed"][0]["fields"] == [["场所", "银行", "商场"]]
    take(world, made)
    assert FactRecord.objects.filter(source="terminal", key=GOOD[0]).count() == 2


def test_whole_takes_nothing_where_a_row_is_wrong_and_good_takes_the_rest(world: World) -> None:  # noqa: F811
    wrong = ("示例新终端902", "示例点位", "某某路1号", "网吧", "是", "2020-08-01", "", "")
    made = bring(world, csv_of(GOOD, wrong))
    assert made.counts["wrong"] == 1
    assert {one["column"] for one in made.problems["found"] if one["row"] == 3} == {"坐标", "场所"}
    with pytest.raises(StepRefused, match="整份都不能收"):
        take(world, made)
    assert not FactRecord.objects.filter(key=GOOD[0]).exists()
    made = take(world, made, "good")
    assert [row.key for row in FactRecord.objects.filter(batch=made)] == [GOOD[0]]


def test_a_day_that_has_not_come_and_the_same_row_twice_are_errors(world: World) -> None:  # noqa: F811
    made = bring(world, csv_of(GOOD, GOOD, ("示例新终端903", *GOOD[1:5], "2019-10-01", "", "")))
    assert {one["id"] for one in made.problems["found"]} == {"row.duplicate-version", "row.in-the-future"}


def test_a_warning_wants_a_reason(world: World) -> None:  # noqa: F811
    made = bring(world, csv_of((*GOOD, "x"), head=(*HEAD, "备注")))
    assert made.counts["warnings"] == 1
    with pytest.raises(StepRefused, match="要写理由"):
        take(world, made)
    confirm_rows(world.who("supervision"), AT, DAY, made.pk, Taking("whole", made.facts_version, {"row.unknown-column": "备注不用"}))
    made.refresh_from_db()
    assert (made.state, made.choice["reasons"]) == ("entered", {"row.unknown-column": "备注不用"})


def test_what_changed_meanwhile_is_checked_again_first(world: World) -> None:  # noqa: F811
    first, second = bring(world, csv_of(GOOD)), bring(world, csv_of((GOOD[0] + "B", *GOOD[1:])))
    take(world, first)
    with pytest.raises(Stale, match="再查一遍"):
        take(world, second)
    start_checking(world.who("supervision"), AT + timedelta(minutes=1), DAY, second.pk)
    second.refresh_from_db()
    assert take(world, second).state == "entered"


def test_a_unit_brings_its_own_registers_and_nobody_elses(world: World) -> None:  # noqa: F811
    with pytest.raises(Http404):
        bring(world, csv_of(GOOD), key="liaison_b")
    with pytest.raises((NotAllowed, Http404)):
        bring(world, csv_of(GOOD), key="leader")


def test_a_refused_file_stays_and_says_why(world: World) -> None:  # noqa: F811
    made = bring(world, csv_of(GOOD))
    refuse_rows(world.who("supervision"), AT, made.pk, "传错了")
    made.refresh_from_db()
    assert (made.state, made.message) == ("refused", "传错了")
    assert not FactRecord.objects.filter(batch=made).exists()


@pytest.mark.parametrize(("content", "name"), [(b"", "空.csv"), (b"PK\x03\x04 nothing", "坏.xlsx"), (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧.xls"),
                                               ("终端编号".encode(), "无行.csv"), (b"hello", "假.xlsx")])
def test_what_cannot_be_read_says_so(world: World, content: bytes, name: str) -> None:  # noqa: F811
    made = bring(world, content, name=name)
    assert made.state in {"unreadable", "checked"}
    assert made.message or made.counts["whole"], (made.state, made.problems)


def test_what_was_checked_comes_in_without_being_read_again(world: World) -> None:  # noqa: F811
    made = bring(world, csv_of(GOOD))
    (Path(settings.MEDIA_ROOT) / made.file).unlink()
    made = take(world, made)
    assert (made.state, FactRecord.objects.get(batch=made).row["场所"]) == ("entered", "银行")
    assert not (Path(settings.LUOSHI_CACHE) / "aside" / f"{made.pk}.rows").exists()


@pytest.mark.parametrize("spoil", ["gone", "another", "other words"])
def test_what_was_set_aside_and_is_not_as_it_was_is_checked_again(world: World, spoil: str) -> None:  # noqa: F811
    made = bring(world, csv_of(GOOD))
    aside = Path(settings.LUOSHI_CACHE) / "aside" / f"{made.pk}.rows"
    if spoil == "gone":
        aside.unlink()
    else:
        text = aside.read_text("utf-8")
        aside.write_text(text.replace("银行", "商场") if spoil == "other words" else text.split("\n")[0] + "\n", "utf-8")
    made = take(world, made)
    assert (made.state, FactRecord.objects.get(batch=made).row["场所"]) == ("entered", "银行")


def test_a_file_that_is_confirmed_on_a_later_day_is_recorded_on_that_day(world: World) -> None:  # noqa: F811
    made = bring(world, csv_of(GOOD))
    later = DAY + timedelta(days=1)
    confirm_rows(world.who("supervision"), AT, later, made.pk, Taking("whole", made.facts_version))
    assert FactRecord.objects.get(batch=made).row["登记日期"] == later.isoformat()


def test_a_key_that_is_too_long_to_be_kept_is_an_error_of_its_row(world: World) -> None:  # noqa: F811
    made = bring(world, csv_of(GOOD, ("示" * 201, *GOOD[1:])))
    (one,) = made.problems["found"]
    assert (one["id"], one["row"]) == ("row.long-key", 3)
    assert made.counts["added"] == 1
