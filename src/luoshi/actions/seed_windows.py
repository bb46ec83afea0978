"""The example's reports at 30 September 2019 as a month in full swing: late, returned, due by quarter, moved past the holiday; requests
to supporting units in every state. In: the list, the day. Out: the same through the actions that everybody uses. Every word is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from luoshi.actions.file_report import ReportPlace, ReportText, file_report
from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.set_cycle import except_period, set_cycle, set_start
from luoshi.actions.sign_report import sign_report
from luoshi.actions.take_step import Given, take_step
from luoshi.store.models import CaseRecord, ListRecord, OrganRecord, PersonRecord
from luoshi.store.queries.promises import units_of_items
from luoshi.store.queries.story import tell_list
from luoshi.store.who import Who, who_is

STARTS_ON = date(2019, 9, 20)
EARLY = "monthly-25"
"""Due on the 25th of the month itself: by 30 September late."""
QUARTERLY = "quarterly"


@dataclass(frozen=True, slots=True)
class SeededAsk:
    """「示例配合」 number: the line it serves; lead and support: sign-in names; acts: how far it went."""

    number: str
    lead: str
    support: str
    title: str
    text: str
    due_on: date
    acts: tuple[tuple[str, str, dict[str, str]], ...] = ()


ASKS = (
    SeededAsk("3.2", "jingxin", "keji", "核对41个重大项目里的高新技术企业（示例）", "请对照名单标出是高新技术企业的，缺的补上证书编号。",
              date(2019, 10, 10)),
    SeededAsk("1.1", "fagai", "jingxin", "提供2家平台的设备投资额（示例）", "按备案口径，截至9月底。", date(2019, 10, 15),
              (("jingxin", "agree", {}),)),
    SeededAsk("4.2", "keji", "jingxin", "送交第二批企业的用电量（示例）", "逐户，1—8月。", date(2019, 9, 27),
              (("jingxin", "agree", {}), ("jingxin", "finish", {"text": "已按名单逐户送交（示例）。", "rating_of_lead": "4"}))),
)


def seed_windows(at: datetime, today: date, list_id: int) -> None:
    """Before seed_reports: one of those comes late by the cycle that is set here."""
    held = ListRecord.objects.select_related("plan").get(pk=list_id)
    told = tell_list(held, today)
    assert told is not None, "the example is confirmed before its windows"
    items = {item.number: item for item in told.items}
    office = _who("ducha")
    set_start(office, at, list_id, STARTS_ON)
    for number in ("3.3", "4.1"):
        if number in items:
            set_cycle(office, at, list_id, items[number].promise.id, EARLY)
    if "3.1" in items:
        set_cycle(office, at, list_id, items["3.1"].promise.id, QUARTERLY)
    except_period(office, at, list_id, items["4.3"].promise.id, "2019-09", date(2019, 10, 8), "数据节后才核定（示例）")
    _seed_august(at, today, list_id, items["3.2"].promise.id)
    units = units_of_items(held, tuple(items.values()))
    for place, ask in enumerate(ASKS, 1):
        if ask.number in items and _organ(ask.lead).pk in units[items[ask.number].promise.id].leads:
            _seed_ask(at + place * timedelta(minutes=9), today, list_id, ask, items[ask.number].promise.id, items[ask.number].task.no or "")


def _seed_august(at: datetime, today: date, list_id: int, promise_id: str) -> None:
    """The month before, so that the form of September has something to begin from."""
    text = ReportText(date(2019, 8, 31), "8月新注册并备案3个重大项目（示例），累计38个。", Decimal(38),
                      next_step="9月推动5个已签约项目注册备案（示例）。")
    report = file_report(_who("jingxin"), at, today, list_id, ReportPlace(promise_id, _organ("jingxin").pk, "2019-08"), text, 0, submit=True)
    sign_report(_who("jingxin-fuze"), at + timedelta(minutes=2), today, report.pk, report.revision)


def _seed_ask(at: datetime, today: date, list_id: int, ask: SeededAsk, promise_id: str, task_no: str) -> None:
    due = max(ask.due_on, today)
    case = open_case(_who(ask.lead), at, today, list_id, CaseText(
        "contribution", ask.title, ask.text, organ_id=_organ(ask.support).pk, raised_by_id=_organ(ask.lead).pk, promise_id=promise_id,
        task_no=task_no, due_on=due, data={"what": ask.title}))
    for who, act, given in ask.acts:
        case = CaseRecord.objects.get(pk=case.pk)
        data = {name: value for name, value in given.items() if name.startswith("rating")}
        take_step(_who(who), at + timedelta(minutes=3), today, case.pk, act, Given(on=today, text=given.get("text", ""), data=data), case.revision)


def _who(username: str) -> Who:
    return who_is(PersonRecord.objects.get(username=username))


def _organ(username: str) -> OrganRecord:
    return OrganRecord.objects.get(posts__holder__username=username)
