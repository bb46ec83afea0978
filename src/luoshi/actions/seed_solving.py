"""The example's troubles at 30 September 2019: blockers in four states, a spot check with results, a change that waits for the leader and a
recovery plan in force, a meeting that was held and the next one. In: the list, the day. Out: the same through the actions that everybody uses.

Every word and number is invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from luoshi.actions.ask_change import ChangeText, ask_change
from luoshi.actions.draw_sample import SampleText, draw_sample
from luoshi.actions.hold_meeting import Decided, Held, hold_meeting
from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.plan_meeting import MeetingText, plan_meeting
from luoshi.actions.record_check import CheckText, record_check
from luoshi.actions.take_step import Given, take_step
from luoshi.store.models import CaseRecord, ListRecord, OrganRecord, PersonRecord
from luoshi.store.queries.promises import units_of_items
from luoshi.store.queries.story import tell_list
from luoshi.store.who import Who, who_is

SEED = "示例种子20190930"


@dataclass(frozen=True, slots=True)
class SeededBlocker:
    """「示例难点」 days: how long ago it was raised; acts: (days ago, who, act, what was given)."""

    number: str
    unit: str
    title: str
    text: str
    days: int
    data: dict[str, str]
    acts: tuple[tuple[int, str, str, dict[str, Any]], ...] = ()
    next_in: int | None = None
    external: str = ""


BLOCKERS = (
    SeededBlocker("3.4", "jingxin", "2家在审企业的反馈答复卡在主办券商（示例）", "问询函已收到40天，券商项目组换人，答复材料没有人牵头。", 46,
                  {"category": "coordination", "level": "city", "asked_for": "请市领导约谈主办券商，定下答复日期。",
                   "cost_of_waiting": "每拖一个月少挂牌1家，年底前赶不上第四批。"},
                  ((39, "ducha", "triage", {"text": "情况属实，请限期协调。", "organ": "市经信局", "due": -12}),
                   (12, "ducha", "consult", {"text": "期限内没有谈成。", "next": -5}),
                   (5, "ducha", "escalate", {"text": "两次会商没有定下答复日期，报请领导决定。"})), external="示例证券公司"),
    SeededBlocker("1.2", "fagai", "省际通道接线方案没有谈定（示例）", "对方要求接线北移1.2公里，涉及两地规划调整。", 73,
                  {"category": "cross_region", "level": "cross_province", "asked_for": "请会同邻省商定接线位置。",
                   "cost_of_waiting": "可研报批停着，每月多付勘察费12万元。"},
                  ((60, "ducha", "consult", {"text": "列入跨省会商。", "next": 9}),), 9, "示例邻省交通厅"),
    SeededBlocker("4.2", "keji", "第二批高企评审名额没有分下来（示例）", "省里还没有下达名额，企业不敢投入审计。", 20,
                  {"category": "policy", "level": "province", "asked_for": "请向省科技厅争取名额。", "cost_of_waiting": "60家企业的审计费要重做。"},
                  ((16, "ducha", "triage", {"text": "请市科技局专题汇报。", "organ": "市科技局", "due": 15}),), external="示例省科技厅"),
    SeededBlocker("3.2", "jingxin", "示例地块过渡安置房缺120套", "征迁停了两个月。", 62,
                  {"category": "demolition", "level": "city", "asked_for": "请调剂房源。", "cost_of_waiting": "每月多付过渡费30万元。"},
                  ((55, "ducha", "triage", {"text": "请市发展改革委牵头调剂。", "organ": "市发展改革委", "due": -20}),
                   (22, "fagai", "solve", {"text": "已从两处安置小区调剂120套（示例）。"}), (20, "jingxin", "confirm", {"text": "已签约入住。"}))),
    SeededBlocker("3.2", "jingxin", "希望降低重大项目的认定门槛（示例）", "按现行口径本地项目偏小。", 35,
                  {"category": "policy", "level": "city", "asked_for": "请调整口径。", "cost_of_waiting": "暂无"},
                  ((30, "ducha", "explain", {"text": "口径由省里统一规定，市里不能调整，已向单位说明（示例）。"}),)),
    SeededBlocker("3.2", "fagai", "示例地块安置房不够，缺120套，影响项目用地", "与征迁进度有关。", 58,
                  {"category": "demolition", "level": "city", "asked_for": "请调剂房源。", "cost_of_waiting": "项目晚开工两个月。"}),
)


@dataclass(frozen=True, slots=True)
class _Example:
    at: datetime
    today: date
    held: ListRecord
    promises: dict[str, str]
    organs: dict[str, int] = field(default_factory=dict)

    def when(self, days: int) -> datetime:
        return self.at - timedelta(days)


def seed_solving(at: datetime, today: date, list_id: int) -> None:
    """After seed_reports: what has been accepted can be drawn."""
    held = ListRecord.objects.select_related("plan").get(pk=list_id)
    told = tell_list(held, today)
    assert told is not None, "the example is confirmed before its troubles"
    example = _Example(at, today, held, {item.number: item.promise.id for item in told.items}, dict(OrganRecord.objects.values_list("name", "pk")))
    _seed_last_meeting(example)
    for blocker in BLOCKERS:
        _seed_blocker(example, blocker)
    _seed_changes(example)
    _seed_sample(example)
    plan_meeting(_who("ducha"), at, today, list_id, MeetingText("十项重点工作第四季度推进会（示例）", today + timedelta(1), "示例会议室"))


def _seed_blocker(example: _Example, seeded: SeededBlocker) -> None:
    raised, unit = example.today - timedelta(seeded.days), _who(seeded.unit)
    data = {**seeded.data, "external": seeded.external}
    case = open_case(unit, example.when(seeded.days), raised, example.held.pk, CaseText(
        "blocker", seeded.title, seeded.text, raised_by_id=_organ(unit), promise_id=example.promises.get(seeded.number, ""),
        next_on=example.today + timedelta(seeded.next_in) if seeded.next_in is not None else None, data=data))
    for days, who, act, given in seeded.acts:
        _step(example, case, days, who, act, given)


def _step(example: _Example, case: CaseRecord, days: int, who: str, act: str, given: dict[str, Any]) -> None:
    case.refresh_from_db()
    on = example.today - timedelta(days)
    organ = example.organs.get(given.get("organ", ""))
    done = Given(on, given.get("text", ""), _day(example, given, "due"), _day(example, given, "next"), organ)
    take_step(_who(who), example.when(days), on, case.pk, act, done, case.revision)


def _day(example: _Example, given: dict[str, Any], name: str) -> date | None:
    return example.today + timedelta(given[name]) if name in given else None


def _seed_last_meeting(example: _Example) -> None:
    """21 days ago, its two decisions on their way."""
    office, days = _who("ducha"), 21
    on, at = example.today - timedelta(days), example.when(21)
    last = plan_meeting(office, at, on, example.held.pk, MeetingText("十项重点工作推进会（示例）", on, "示例会议室"))
    decided = (Decided("由市发展改革委牵头，盘点通道接线各方案的用地和投资，形成比选意见。", example.organs["市发展改革委"], on + timedelta(14)),
               Decided("由市科技局逐家走访第二批申报企业，列出材料缺项。", example.organs["市科技局"], on + timedelta(35)))
    last = hold_meeting(office, at + timedelta(hours=3), on, last.pk, Held(
        on, "会议听取了十项重点工作的进展，逐项分析了滞后的原因（示例）。\n会议认为，挂牌企业和低效用地再开发两项差距较大，要一企一策、逐宗推进。",
        decided, attendance={"主持": "陆怀川", "出席": "沈知行、赵立新、孙启明、冯思齐", "请假": "", "列席": "许以安"}), last.revision)
    slips = CaseRecord.objects.filter(decided_by__meeting=last).order_by("id")
    _step(example, slips[1], 19, "keji", "receive", {})


def _seed_changes(example: _Example) -> None:
    """One that waits for the leader; a recovery plan in force since August."""
    unit = _who("jingxin")
    asked = ask_change(unit, example.when(6), example.today - timedelta(6), example.held.pk, ChangeText(
        example.promises["3.4"], _organ(unit), "2家在审企业撤回申请，另有1家转到外地挂牌（示例）。", Decimal(6)))
    _step(example, asked, 4, "ducha", "review", {"text": "核了撤回文件，情况属实，建议同意调为6家（示例）。"})
    told = tell_list(example.held, example.today)
    item = next((i for i in told.items if i.number == "9.1"), None) if told else None
    leads = units_of_items(example.held, (item,))[item.promise.id].leads if item else {}
    if item is None or not leads:
        return
    office = _who("ducha")
    on = example.today - timedelta(32)
    recovery = ask_change(office, example.when(32), on, example.held.pk, ChangeText(
        item.promise.id, next(iter(leads)), "前八个月验收慢，报追赶计划（示例）。", recovery="每周验收两宗，县（市、区）派人驻点（示例）。",
        curve={9: Decimal(2600), 10: Decimal(3600), 11: Decimal(4800), 12: Decimal(6000)}))
    _step(example, recovery, 31, "ducha", "review", {"text": "可行（示例）。"})
    _step(example, recovery, 30, "lingdao", "approve", {"text": "同意，按月评（示例）。"})


def _seed_sample(example: _Example) -> None:
    """Six drawn, two looked at, nothing false: figures of the example stay as the packs show them."""
    day = example.today
    made = draw_sample(_who("ducha"), example.at, day, example.held.pk, SampleText("9月抽查（示例）", day, 3, 3, SEED))
    found = (CheckText("true", day, "示例园区3号楼", "与登记一致（示例）。"), CheckText("not_seen", day, "资料核查", "档案室调取中（示例）。"))
    for item, text in zip(made.items.all()[:2], found, strict=True):
        record_check(_who("heyan"), example.at, day, item.pk, text, item.revision)


def _who(username: str) -> Who:
    return who_is(PersonRecord.objects.get(username=username))


def _organ(who: Who) -> int:
    return next(iter(who.organ_ids))
