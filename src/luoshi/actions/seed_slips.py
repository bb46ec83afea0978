"""Slips of the example, one in each state that an office meets in a week: so that the demonstration has something to answer and to decide.

In: the list, the day. Out: slips through the same actions as any other. Every word is invented and marked 示例.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from luoshi.actions.choose_office import OfficeChoice, choose_office
from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.take_step import Given, take_step
from luoshi.store.models import CaseRecord, ListRecord, OrganRecord, PersonRecord
from luoshi.store.queries.story import Told, tell_list
from luoshi.store.who import Who, who_is

OFFICE = OfficeChoice("示例市政府督查室", "monthly-25", 3, "suqian-3slips-2025", "yellow", "luoshi-monthly", "示例督〔｛年｝〕｛号｝号", None,
                      time(21), time(8), date(2019, 10, 31))


@dataclass(frozen=True, slots=True)
class SeededStep:
    """「示例办理」 who: a sign-in name; day: of September; due: of the day asked for or agreed."""

    who: str
    act: str
    day: int
    text: str = ""
    due: date | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class SeededSlip:
    """「示例督办单」 number: of the line of the board that it is about, or none; unit: by name; opened: day of September."""

    unit: str
    opened: int
    text: CaseText
    steps: tuple[SeededStep, ...] = ()
    number: str = ""


def _text(title: str, text: str, due: date, requirement: str, **more: object) -> CaseText:
    own: dict[str, object] = {name: more.pop(name) for name in ("source", "source_no", "colour") if name in more}
    data: dict[str, object] = {"source": "light", **own, "requirement": requirement}
    return CaseText("slip", title, text, due_on=due, data=data, **more)  # type: ignore[arg-type]


SLIPS = (
    SeededSlip("市经信局", 2, _text(
        "补齐“新三板”后备企业名单（示例）", "8月末实际3家，落后于计划（示例）。", date(2019, 9, 12),
        "逐家列出后备企业和申报时间。\n说明3个月没有新增的原因。",
        colour="yellow", ladder="suqian-3slips-2025", rung="yellow"), (
        SeededStep("ducha", "issue", 2), SeededStep("jingxin", "receive", 3),
        SeededStep("jingxin", "reply", 11, "已列出后备企业6家，2家材料已报（示例）。"),
        SeededStep("heyan", "verify", 16, "抽看3家，材料已报属实（示例）。", place="资料核验"), SeededStep("ducha", "close", 17))),
    SeededSlip("市经信局", 18, _text(
        "加快推进“新三板”挂牌企业（示例）", "8月末起严重滞后，上一份督办单销号后没有新增（示例）。", date(2019, 9, 27),
        "9月27日前书面说明，办结前每周报送进展。",
        colour="red", ladder="suqian-3slips-2025", rung="red", weight="important"), (
        SeededStep("ducha", "issue", 18), SeededStep("jingxin", "receive", 19)), "3.4"),
    SeededSlip("市发展改革委", 16, _text(
        "完成沪嘉城际专项评估（示例）", "前置专项6项完成4项（示例）。", date(2019, 10, 15), "余下2项逐项写明完成日期。",
        source="meeting",
        source_no="示例市政府专题会议纪要〔2019〕8号", clock="minutes-matter"), (
        SeededStep("ducha", "issue", 16), SeededStep("fagai", "receive", 17),
        SeededStep("fagai", "ask_extension", 27,
                   "两项评估要等铁路部门复函，已去函催办（示例）。", date(2019, 10, 31)))),
    SeededSlip("市科技局", 10, _text(
        "核实科技型中小企业重复填报（示例）", "两个批次里有3家名称相同（示例）。", date(2019, 9, 29), "逐家核对统一社会信用代码。",
        source="sample"), (
        SeededStep("ducha", "issue", 10), SeededStep("keji", "receive", 11),
        SeededStep("keji-fuze", "reply", 26, "3家中1家重复，已去掉；2家是更名（示例）。"))),
    SeededSlip("市自然资源和规划局", 24, _text(
        "加快已竣工地块联合验收（示例）", "已竣工11宗没有验收（示例）。", date(2019, 10, 15),
        "逐宗列出验收时间和责任人。\n10月11日前完成第一批现场验收。",
        source="note", source_no="请自然资源和规划局抓紧，国庆前报一次进展（示例批示）。", clock="leader-note-ordinary"),
        (SeededStep("ducha", "issue", 24),), "9.1"),
    SeededSlip("市政务服务和数据资源管理办公室", 30, _text(
        "推进民生事项共享接口（示例）", "公安、人社两个接口没有接通（示例）。", date(2019, 10, 12),
        "写明两个接口的接通日期。", source="complaint"), (), "10.1"),
)


def seed_slips(at: datetime, today: date, list_id: int) -> None:
    """Each slip is opened and moved on its own days; all of it is recorded at the moment of seeding."""
    office, held = _who("ducha"), ListRecord.objects.select_related("plan").get(pk=list_id)
    choose_office(office, at, list_id, OFFICE)
    told = tell_list(held, today)
    assert told is not None, "the example is confirmed before its slips"
    for place, slip in enumerate(SLIPS, 1):
        _seed(at + timedelta(minutes=place), office, list_id, slip, told)


def _seed(at: datetime, office: Who, list_id: int, slip: SeededSlip, told: Told) -> None:
    promise = next((item.promise.id for item in told.items if item.number == slip.number), "")
    text = replace(slip.text, organ_id=OrganRecord.objects.get(name=slip.unit).pk, promise_id=promise)
    made = open_case(office, at, _on(slip.opened), list_id, text)
    for step in slip.steps:
        held = CaseRecord.objects.get(pk=made.pk)
        take_step(_who(step.who), at, _on(step.day), made.pk, step.act, Given(_on(step.day), step.text, step.due, place=step.place),
                  held.revision)


def _on(day: int) -> date:
    return date(2019, 9, day)


def _who(username: str) -> Who:
    return who_is(PersonRecord.objects.get(username=username))
