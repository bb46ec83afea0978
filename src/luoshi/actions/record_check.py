"""Write down what a spot check found「抽查结果」, and let it count. In: who, which item, what was seen, the revision seen. Out: `SampleItemRecord`.

False: the row is sent back as a new version of the fact, the accepted report is opened again, a closed slip stays closed and is asked for anew
by the office; the owner is told. Raises NotAllowed, Stale, StepRefused, EvidenceRefused; then nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from luoshi.actions.keep_evidence import keep_evidence
from luoshi.actions.reopen_report import reopen_report
from luoshi.actions.report_guards import settled_problems
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.verify_rows import verify_rows
from luoshi.actions.writing import writing
from luoshi.store.models import ListRecord, NoticeRecord, PostRecord, ReportRecord, SampleItemRecord
from luoshi.store.queries.intake import the_spec
from luoshi.store.queries.samples import row_of
from luoshi.store.queries.verifying import verifying_of
from luoshi.store.who import Who

RESULTS = dict(SampleItemRecord.RESULTS)


@dataclass(frozen=True, slots=True)
class CheckText:
    """「核查记录」 where: the place, or 资料核查. found: the amount seen. confirmed: the person saw what it does to the figure."""

    result: str
    checked_on: date
    where: str
    note: str
    found: Decimal | None = None
    confirmed: bool = False


def record_check(who: Who, at: datetime, today: date, item_id: int, text: CheckText, revision: int,
                 files: Sequence[tuple[str, bytes]] = ()) -> SampleItemRecord:
    """A result that took effect is not written over: a row that was sent back comes in again by its owner."""
    seen = SampleItemRecord.objects.select_related("sample").get(pk=item_id)
    with writing(who, "sample.check", at, right="verify_case", list_id=seen.sample.list_id) as entry:
        held = ListRecord.objects.select_for_update().get(pk=seen.sample.list_id)
        item = SampleItemRecord.objects.select_for_update().get(pk=item_id)
        if item.revision != revision or item.result == "false":
            raise Stale(_("您打开页面以后，有人写过这一件的结果。请看清楚再写；您写的字还在下面。"))
        _check(item, text, today, files)
        item.result, item.checked_on, item.found, item.by_id = text.result, text.checked_on, text.found, who.person_id
        item.checked_at = at
        item.where, item.note, item.revision = text.where.strip(), text.note.strip(), item.revision + 1
        item.save()
        item.evidence.add(*[keep_evidence(who, at, held.pk, name, content, "verify_case") for name, content in files])
        done = _take_effect(who, at, today, held, item)
        if text.result in ("false", "partly"):
            _tell_owner(at, item)
        entry.about = f"sample_item:{item.pk}"
        entry.detail = {"key": item.key, "result": text.result, "claimed": item.amount, "found": text.found, "effect": done, "note": item.note}
    return item


def _check(item: SampleItemRecord, text: CheckText, today: date, files: Sequence[tuple[str, bytes]]) -> None:
    problems = {}
    if text.result not in RESULTS or not text.result:
        problems["result"] = _("没有选结果。请选属实、部分属实、不实或没有看到。")
    if text.checked_on > today:
        problems["checked_on"] = _("这一天还没有到。请写核查的那一天，最晚是今天。")
    if not text.where.strip():
        problems["where"] = _("没有写地点。到现场的写到哪里，看材料的写“资料核查”。")
    if text.result in ("partly", "false", "not_seen") and not text.note.strip():
        problems["note"] = _("没有写看到了什么。单位要据此改，请写一两句。")
    if text.result in ("partly", "false") and not files and not item.evidence.exists():
        problems["papers"] = _("不属实的要附照片或材料，不然单位可以不认。")
    if text.result == "partly" and item.amount is not None and (text.found is None or not 0 <= text.found < item.amount):
        problems["found"] = _("部分属实的，写实际看到多少，比报的%(claimed)s少。") % {"claimed": item.amount.normalize()}
    if text.result == "false" and not text.confirmed and not problems:
        problems["confirmed"] = _("判为不实会改总览上的数。请看清它对数的影响，再勾选确认。")
    if problems:
        raise StepRefused(problems)


def _take_effect(who: Who, at: datetime, today: date, held: ListRecord, item: SampleItemRecord) -> str:
    """What became of the claim, in a word for the journal."""
    row = row_of(item)
    reason = _("抽查（%(title)s）：%(note)s") % {"title": item.sample.title, "note": item.note}
    if row is not None and item.result in ("true", "false"):
        level = "rejected" if item.result == "false" else "spot_checked"
        if level in verifying_of(who, the_spec(held, row[0])).levels:
            verify_rows(who, at, today, held.pk, row[0], [row[1]], level, reason)
            return level
    if item.result == "false" and item.key.startswith("report:"):
        report = ReportRecord.objects.get(pk=int(item.key.partition(":")[2]))
        if report.state == "accepted" and who.may("accept_report"):
            if problems := settled_problems(report.period, held.settled_to):
                raise StepRefused({"all": problems["all"] + _("判为不实要退回重报，请重开以后再记这一件。")})
            reopen_report(who, at, report.pk, report.revision, reason)
            return "reopened"
    return ""


def _tell_owner(at: datetime, item: SampleItemRecord) -> None:
    """In the inbox of the unit's liaison and head."""
    posts = PostRecord.objects.filter(organ_id=item.organ_id, role__in=("liaison", "head"), holder__isnull=False)
    people = set(posts.values_list("holder_id", flat=True))
    words = _("抽查“%(title)s”：%(result)s。%(note)s") % {"title": item.title, "result": RESULTS[item.result], "note": item.note}
    NoticeRecord.objects.bulk_create([NoticeRecord(
        key=f"sample:{item.pk}:{item.revision}:{person}:inbox", person_id=person, organ_id=item.organ_id, channel="inbox", text=words[:1000],
        made_at=at, send_after=at, sent_at=at, link=f"/lists/{item.sample.list_id}/samples/{item.sample_id}/")
        for person in people if item.organ_id], ignore_conflicts=True)
