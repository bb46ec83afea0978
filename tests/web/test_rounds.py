"""Judging: a round is opened, judges declare and score, the office locks it, and the figure is counted from what they signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.test import Client

from luoshi.actions.call_judge import call_judge
from luoshi.actions.fill_sheet import Barred, SheetText, declare_relation, fill_sheet
from luoshi.actions.lock_round import lock_round
from luoshi.actions.make_person import make_person
from luoshi.actions.open_round import RoundText, open_round
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.store.models import FactRecord, JournalRecord, ListRecord, PersonRecord, RoundRecord, SheetRecord
from luoshi.store.queries.story import tell_list
from luoshi.store.who import who_is
from tests.web.world import AT, DAY, World

FIRM, OTHER = "示例新科技支行", "示例新创投"
GOOD = SheetText({"scale": "25", "served": "24", "novelty": "16.5", "risk": "15"}, "有影响力", "示例：服务企业多。")
POOR = SheetText({"scale": "10", "served": "9", "novelty": "8", "risk": "7"}, "不够", "示例：规模小。")


@pytest.fixture
def judges(world: World) -> list[PersonRecord]:
    """Four besides the one of the example: each of a unit of their own."""
    return [make_person(None, AT, f"pw{n}", f"评审{n}（示例）", "不用来登录", [("judge", "评审专家", None)]) for n in range(1, 5)]


def units(judges: Sequence[PersonRecord]) -> dict[int, str]:
    return {one.pk: f"示例大学{n}" for n, one in enumerate(judges, 1)}


def begin(world: World, judges: Sequence[PersonRecord], subjects: Sequence[str] = (FIRM, OTHER), **more: Any) -> RoundRecord:
    text = RoundText("科技金融企业评定（示例）", [[one] for one in subjects], more.get("units", units(judges)), date(2019, 10, 15))
    return open_round(world.who("supervision"), AT, world.list.pk, "scitech_review", text)


def sheet_of(round: RoundRecord, judge: PersonRecord, subject: str = FIRM) -> SheetRecord:
    return SheetRecord.objects.get(subject__round=round, subject__name=subject, judge__person=judge)


def judge_it(round: RoundRecord, judge: PersonRecord, subject: str, text: SheetText, sign: bool = True) -> None:
    sheet = sheet_of(round, judge, subject)
    declare_relation(who_is(judge), AT, sheet.pk, "无", 0)
    fill_sheet(who_is(judge), AT, sheet.pk, text, 1, sign)


def client_of(person: PersonRecord) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def judged(world: World, of: str = "scitech_firms") -> dict[str, tuple[bool, str]]:
    """Subject → whether it counts, and why, as the figure of the board says it."""
    told = tell_list(ListRecord.objects.select_related("plan").get(pk=world.list.pk), DAY)
    assert told is not None
    figure = next(item.figure for item in told.items if item.figure and item.figure.indicator == of)
    return {row.key: (counts, row.reason) for rows, counts in ((figure.because.counted, True), (figure.because.excluded, False)) for row in rows}


def test_a_round_is_played_on_the_pages_and_the_figure_counts_it(world: World, judges: list[PersonRecord]) -> None:
    office, at = world.client("supervision"), f"/lists/{world.list.pk}/"
    assert "有评分表的台账" in office.get(f"{at}rounds/").content.decode()
    form = {"title": "科技金融企业评定（示例）", "due_on": "2019-10-15", "subjects": f"{FIRM}\n{OTHER}", "judge": [str(one.pk) for one in judges],
            **{f"unit_{pk}": unit for pk, unit in units(judges).items()}}
    answer = office.post(f"{at}registers/scitech_review/rounds/new/", form)
    assert answer.status_code == 302, answer.content.decode()
    for judge in judges[:3]:
        client = client_of(judge)
        assert client.get("/").headers["Location"] == "/sheets/"
        assert FIRM in client.get("/sheets/").content.decode()
        where = f"/sheets/{sheet_of(RoundRecord.objects.get(), judge).pk}/"
        assert "和被评对象有没有利益关系" in client.get(where).content.decode()
        assert client.post(where, {"do": "declare", "relation": "无", "revision": "0"}).status_code == 302
        scores = {**GOOD.scores, "opinion": GOOD.opinion, "words": GOOD.words}
        assert client.post(where, {"do": "sign", "revision": "1", **scores}).status_code == 302
        assert "不能再改" in client.post(where, {"do": "save", "revision": "2", **scores, "scale": "1"}).content.decode()
    before = office.get(answer.headers["Location"]).content.decode()
    assert "80.5" not in before
    refused = office.post(answer.headers["Location"], {"do": "lock"})
    assert refused.status_code == 422
    assert "还有5张评分表没有签定" in refused.content.decode()
    assert FIRM not in judged(world)
    assert office.post(answer.headers["Location"], {"do": "lock", "sure": "on"}).status_code == 302
    counts, reason = judged(world)[FIRM]
    assert counts, reason
    assert "3名评委签定，3名认定" in reason
    assert "80.5" in office.get(answer.headers["Location"]).content.decode()
    assert not judged(world)[OTHER][0]


def test_the_explanation_leads_to_every_sheet_with_judge_and_rubric(world: World, judges: list[PersonRecord]) -> None:
    round = begin(world, judges, [FIRM])
    for judge in judges[:3]:
        judge_it(round, judge, FIRM, GOOD)
    lock_round(world.who("supervision"), AT, DAY, round.pk, True)
    told = tell_list(ListRecord.objects.select_related("plan").get(pk=world.list.pk), DAY)
    assert told is not None
    item = next(item for item in told.items if item.figure and item.figure.indicator == "scitech_firms")
    page = world.client("leader").get(f"/lists/{world.list.pk}/targets/{item.promise.id}/").content.decode()
    assert "scitech_review/verdict/?of=" in page
    where = f"/lists/{world.list.pk}/registers/scitech_review/verdict/?of={FIRM}"
    seen, told_all = world.client("leader").get(where).content.decode(), world.client("auditor").get(where).content.decode()
    for words in ("评分表第1版", "评委1", "16.5", "80.5", "服务企业多"):
        assert words in seen
    assert judges[0].name not in seen
    assert judges[0].name in told_all
    assert world.client("liaison").get(where).status_code == 403


def test_names_of_judges_are_for_those_who_may_see_them(world: World, judges: list[PersonRecord]) -> None:
    round = begin(world, judges)
    for role, status in (("leader", 200), ("assessor", 200), ("auditor", 200), ("liaison", 403), ("judge", 403)):
        answer = world.client(role).get(f"/lists/{world.list.pk}/rounds/{round.pk}/")
        assert answer.status_code == status, role
        assert (judges[0].name in answer.content.decode()) == (role == "auditor"), role


def test_no_row_of_the_register_names_a_judge(world: World, judges: list[PersonRecord]) -> None:
    round = begin(world, judges, [FIRM])
    for judge in judges[:3]:
        judge_it(round, judge, FIRM, GOOD)
    lock_round(world.who("supervision"), AT, DAY, round.pk, True)
    rows = FactRecord.objects.filter(source="scitech_review", act="verdict")
    assert rows.count() == 4
    assert not any(judge.name in str(row.row) for judge in judges for row in rows)
    assert rows[0].row["轮次"] == "1"


def test_a_judge_of_the_subjects_unit_gets_no_sheet_that_opens(world: World, judges: list[PersonRecord]) -> None:
    tied = units(judges) | {judges[0].pk: FIRM}
    round = begin(world, judges, [FIRM, OTHER], units=tied)
    sheet = sheet_of(round, judges[0])
    assert sheet.barred == "与被评对象是同一单位"
    answer = client_of(judges[0]).get(f"/sheets/{sheet.pk}/")
    assert answer.status_code == 403
    assert "应当回避" in answer.content.decode()
    entry = JournalRecord.objects.latest("pk")
    assert (entry.action, entry.about, entry.detail) == ("access.refused", f"/sheets/{sheet.pk}/", {"right": "score_sheet.conflict"})
    assert client_of(judges[0]).get(f"/sheets/{sheet_of(round, judges[0], OTHER).pk}/").status_code == 200


def test_an_expert_with_a_registered_tie_is_barred_also_after_the_round_began(world: World, judges: list[PersonRecord]) -> None:
    expert = {"专家代号": "示例专家09", "工作单位": "示例科学院", "登录名": judges[0].username, "核验": "已填报"}
    FactRecord.objects.create(list=world.list, source="expert", key="示例专家09", row=expert, origin="示例", recorded_at=AT)
    round = begin(world, judges)
    for judge in judges[:2]:
        judge_it(round, judge, FIRM, GOOD)
    tie = {"专家代号": "示例专家09", "有关系的对象": OTHER, "什么关系": "顾问", "核验": "已填报"}
    FactRecord.objects.create(list=world.list, source="expert_tie", key=f"示例专家09/{OTHER}", row=tie, origin="示例", recorded_at=AT)
    assert client_of(judges[0]).get(f"/sheets/{sheet_of(round, judges[0], OTHER).pk}/").status_code == 403
    with pytest.raises(Barred):
        declare_relation(who_is(judges[0]), AT, sheet_of(round, judges[0], OTHER).pk, "无", 0)
    FactRecord.objects.create(list=world.list, source="expert_tie", key=f"示例专家09/{FIRM}", row=tie | {"有关系的对象": FIRM}, origin="示例",
                              recorded_at=AT)
    lock_round(world.who("supervision"), AT, DAY, round.pk, True)
    assert "评委1（有利益关系，回避）" in judged(world)[FIRM][1]


def test_too_few_judges_without_a_conflict_are_refused_before_anything_begins(world: World, judges: list[PersonRecord]) -> None:
    with pytest.raises(StepRefused, match="没有利益关系的评委只有2名，至少要3名"):
        begin(world, judges, [FIRM], units=units(judges) | {judges[0].pk: FIRM, judges[1].pk: FIRM})
    assert RoundRecord.objects.count() == 0


def test_what_is_missing_is_said(world: World, judges: list[PersonRecord]) -> None:
    wrong: list[tuple[list[str], dict[str, Any], str]] = [
        ([], {}, "没有写评谁"), ([FIRM, FIRM], {}, "写了两次"), ([FIRM], {"units": {}}, "没有选评委"),
        ([FIRM], {"units": {999: "示例"}}, "不在评委岗位上")]
    for subjects, changed, said in wrong:
        with pytest.raises(StepRefused, match=said):
            begin(world, judges, subjects, **changed)


def test_a_declared_relation_closes_the_sheet_for_good(world: World, judges: list[PersonRecord]) -> None:
    round = begin(world, judges)
    sheet, client = sheet_of(round, judges[0]), client_of(judges[0])
    assert client.post(f"/sheets/{sheet.pk}/", {"do": "declare", "relation": "顾问", "revision": "0"}).headers["Location"] == "/sheets/"
    assert client.get(f"/sheets/{sheet.pk}/").status_code == 403
    assert "回避：本人申报了“顾问”" in client.get("/sheets/").content.decode()


INCOMPLETE = (
    (SheetText({**GOOD.scores, "scale": "31"}, "有影响力", "示例"), "0到30之间"),
    (SheetText({**GOOD.scores, "risk": ""}, "有影响力", "示例"), "没有打分"),
    (SheetText({**GOOD.scores, "risk": "NaN"}, "有影响力", "示例"), "0到20之间"),
    (SheetText(GOOD.scores, "", "示例"), "没有选评定意见"), (SheetText(GOOD.scores, "不够", " "), "没有写评语"))


def test_a_sheet_is_signed_whole_or_not_at_all(world: World, judges: list[PersonRecord]) -> None:
    sheet = sheet_of(begin(world, judges), judges[0])
    declare_relation(who_is(judges[0]), AT, sheet.pk, "无", 0)
    for text, said in INCOMPLETE:
        with pytest.raises(StepRefused, match=said):
            fill_sheet(who_is(judges[0]), AT, sheet.pk, text, 1, True)
    sheet.refresh_from_db()
    assert sheet.signed_at is None


def test_points_come_after_the_declaration(world: World, judges: list[PersonRecord]) -> None:
    round = begin(world, judges)
    with pytest.raises(StepRefused, match="先申报"):
        fill_sheet(who_is(judges[0]), AT, sheet_of(round, judges[0]).pk, GOOD, 0, False)


def test_a_sheet_is_nobody_elses(world: World, judges: list[PersonRecord]) -> None:
    round = begin(world, judges)
    where = f"/sheets/{sheet_of(round, judges[0]).pk}/"
    assert client_of(judges[1]).get(where).status_code == 404
    for role in ("supervision", "auditor", "administrator"):
        assert world.client(role).get(where).status_code == 403


def test_two_windows_of_one_judge_lose_nothing(world: World, judges: list[PersonRecord]) -> None:
    round = begin(world, judges)
    judge_it(round, judges[0], FIRM, GOOD, sign=False)
    client, where = client_of(judges[0]), f"/sheets/{sheet_of(round, judges[0]).pk}/"
    answer = client.post(where, {"do": "save", "revision": "1", "scale": "29", "words": "另一种评语。"})
    assert answer.status_code == 409
    assert "另一种评语。" in answer.content.decode()
    assert sheet_of(round, judges[0]).scores["scale"] == "25"


def test_after_the_lock_nothing_moves_and_another_round_corrects(world: World, judges: list[PersonRecord]) -> None:
    office = world.who("supervision")
    round = begin(world, judges, [FIRM])
    for judge in judges[:3]:
        judge_it(round, judge, FIRM, GOOD)
    with pytest.raises(StepRefused, match="锁定以后才能另评一轮"):
        begin(world, judges, [FIRM])
    lock_round(office, AT, DAY, round.pk, True)
    for late in (lambda: judge_it(round, judges[3], FIRM, GOOD), lambda: lock_round(office, AT, DAY, round.pk, True),
                 lambda: call_judge(office, AT, round.pk, world.person("judge").pk, "示例大学9")):
        with pytest.raises(Stale):
            late()
    assert FIRM in world.client("supervision").get(
        f"/lists/{world.list.pk}/registers/scitech_review/rounds/new/?again={round.pk}").content.decode()
    again = begin(world, judges, [FIRM])
    for judge in judges[:3]:
        judge_it(again, judge, FIRM, POOR)
    lock_round(office, AT, DAY, again.pk, True)
    counts, reason = judged(world)[FIRM]
    assert not counts
    assert "3名评委签定，只有0名认定，没有过半数" in reason


def test_a_round_without_a_signature_comes_to_nothing(world: World, judges: list[PersonRecord]) -> None:
    round = begin(world, judges)
    assert lock_round(world.who("supervision"), AT, DAY, round.pk, True) == 0
    assert not FactRecord.objects.filter(act="verdict").exists()


def test_one_more_judge_is_asked(world: World, judges: list[PersonRecord]) -> None:
    round = begin(world, judges[:3])
    made = call_judge(world.who("supervision"), AT, round.pk, judges[3].pk, "示例大学4")
    assert (made.code, made.sheets.count()) == ("评委4", 2)
    with pytest.raises(StepRefused, match="已经在这一轮里"):
        call_judge(world.who("supervision"), AT, round.pk, judges[3].pk, "示例大学4")


def test_a_contest_takes_projects_with_unit_and_station(world: World, judges: list[PersonRecord]) -> None:
    text = RoundText("决赛（示例）", [["示例项目甲", "示例公司甲", "示例国内赛站1"], ["示例项目乙", "示例公司乙", "示例国内赛站1"]], units(judges))
    with pytest.raises(StepRefused, match="没有“示例月球”这个赛站"):
        open_round(world.who("supervision"), AT, world.list.pk, "contest_review",
                   RoundText("决赛（示例）", [["示例项目甲", "示例公司甲", "示例月球"]], units(judges)))
    round = open_round(world.who("supervision"), AT, world.list.pk, "contest_review", text)
    scores = dict.fromkeys(("technology", "market", "team", "finance", "landing"), "12")
    for judge in judges[:3]:
        for subject, more in (("示例项目甲", {}), ("示例项目乙", {"technology": "20"})):
            judge_it(round, judge, subject, SheetText(scores | more, "", "示例评语"))
    lock_round(world.who("supervision"), AT, DAY, round.pk, True)
    page = world.client("leader").get(f"/lists/{world.list.pk}/rounds/{round.pk}/").content.decode()
    assert "示例国内赛站1第1名，平均68分" in page
