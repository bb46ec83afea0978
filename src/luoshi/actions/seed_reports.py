"""Reports of the example, each in another state, so that every role of the demonstration finds something to do.

In: the list, the day. Out: reports through the same actions as any other. Every word and number is invented; the values are those that
the pack's example reports, so that the board shows what the packs show.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from docx import Document

from luoshi.actions.accept_report import accept_report
from luoshi.actions.file_report import ReportPlace, ReportText, file_report
from luoshi.actions.return_report import return_report
from luoshi.actions.sign_report import sign_report
from luoshi.store.models import ListRecord, OrganRecord, PersonRecord
from luoshi.store.queries.story import tell_list
from luoshi.store.who import Who, who_is


@dataclass(frozen=True, slots=True)
class SeededReport:
    """「示例填报」 unit: the sign-in name of its liaison; number: as on the board; until: how far it went."""

    unit: str
    number: str
    until: str
    text: ReportText
    evidence: str = ""
    reason: str = ""


SEPTEMBER = date(2019, 9, 30)
SIGNED, DECIDED = timedelta(minutes=40), timedelta(minutes=95)
"""After it was sent."""
REPORTS = (
    SeededReport("jingxin", "3.2", "accept", ReportText(
        SEPTEMBER, "9月新注册并备案5个重大项目（示例），累计41个。", Decimal(41),
        next_step="10月集中开工一批，争取再备案4个。"), "重大项目备案汇总（示例）"),
    SeededReport("jingxin", "3.4", "submit", ReportText(
        SEPTEMBER, "9月没有新增挂牌，累计3家；另有2家在审（示例）。", Decimal(3), next_step="逐家梳理后备企业，每周会商一次。",
        asks="请市领导协调主办券商加快2家在审企业的反馈答复。", forecast_on=date(2019, 12, 20))),
    SeededReport("jingxin", "3.3", "return", ReportText(
        SEPTEMBER, "预计全年可达7家（示例）。", Decimal(7)), reason="百亿企业按什么口径算没有写清，请附企业名单和营业收入的统计口径后再报。"),
    SeededReport("fagai", "1.1", "sign", ReportText(
        SEPTEMBER, "9月新认定1家，累计20家，尚差1家（示例）。", next_step="指导1家平台补齐材料，11月参加评审。", forecast_on=date(2019, 11, 30)),
        "平台认定情况说明（示例）"),
    SeededReport("fagai", "1.2", "save", ReportText(SEPTEMBER, "可研报批前置专项已完成6项中的4项（示例），余下两项……")),
    SeededReport("keji", "4.2", "submit", ReportText(
        SEPTEMBER, "新增认定64家，第二批申报材料已报省（示例）。", next_step="盯住第二批评审，预计新增不少于120家。")),
)


def seed_reports(at: datetime, today: date, list_id: int) -> None:
    """File each, and carry it as far as it goes."""
    held = ListRecord.objects.select_related("plan").get(pk=list_id)
    told = tell_list(held, today)
    assert told is not None, "the example is confirmed before its reports"
    promises = {item.number: item.promise.id for item in told.items}
    for number, report in enumerate(REPORTS, 3):
        _seed(at + number * timedelta(minutes=7), today, list_id, report, promises[report.number])


def _seed(at: datetime, today: date, list_id: int, seeded: SeededReport, promise_id: str) -> None:
    liaison, head, office = _who(seeded.unit), _who(f"{seeded.unit}-fuze"), _who("ducha")
    place = ReportPlace(promise_id, OrganRecord.objects.get(posts__holder=liaison.person_id).pk, f"{seeded.text.observed_on:%Y-%m}")
    files = ((f"{seeded.evidence}.docx", _document(seeded.evidence)),) if seeded.evidence else ()
    report = file_report(liaison, at, today, list_id, place, seeded.text, 0, submit=seeded.until != "save", files=files)
    if seeded.until in {"sign", "accept", "return"}:
        report = sign_report(head, at + SIGNED, today, report.pk, report.revision)
    if seeded.until == "return":
        return_report(office, at + DECIDED, report.pk, report.revision, seeded.reason)
    elif seeded.until == "accept":
        accept_report(office, at + DECIDED, today, report.pk, report.revision)


def _who(username: str) -> Who:
    return who_is(PersonRecord.objects.get(username=username))


def _document(title: str) -> bytes:
    document, written = Document(), io.BytesIO()
    document.add_heading(title, 1)
    document.add_paragraph("示例文件，内容为虚构，只用来演示佐证怎样附在填报上。")
    document.save(written)
    return written.getvalue()
