"""Take a checked file of rows into its register「入库」. In: which import, how. Out: `FactRecord`s, each with file, hash and row as its origin.

whole: nothing comes in where a row is wrong. good: what is right comes in, the rest goes back as a list. Warnings need a reason, errors
cannot be accepted. What was checked comes in only while the register is as it was then; else it is checked again first.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F
from django.utils.translation import gettext as _

from luoshi.actions.beside import run_beside
from luoshi.actions.check_rows_of import BROKEN, SOON
from luoshi.actions.rows_aside import ReadyRow, drop_aside, ready_rows, rows_aside
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.store_rows import store_rows
from luoshi.actions.writing import writing
from luoshi.store.models import FactRecord, ImportRecord, ListRecord
from luoshi.store.queries.entering import Entering
from luoshi.store.queries.intake import may_enter, weigh
from luoshi.store.who import Who

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taking:
    """「怎么收」 how: whole or good. reasons: kind of warning → why it is right all the same. version: of the list when the page was drawn."""

    how: str
    version: int
    reasons: dict[str, str] = field(default_factory=dict)


def confirm_rows(who: Who, at: datetime, today: date, import_id: int, taking: Taking) -> None:
    """Raises StepRefused for what is missing, Stale where somebody was faster. A large file is taken in beside the request."""
    with writing(who, "rows.confirm", at, right="enter_rows") as entry:
        record = ImportRecord.objects.select_for_update().get(pk=import_id)
        held = ListRecord.objects.select_for_update().get(pk=record.list_id)
        _spec, entering = may_enter(who, held, record.source)
        _check(record, held, taking)
        record.state, record.progress, record.decided_by_id, record.decided_at = "entering", 5, who.person_id, at
        record.choice = {"how": taking.how, "reasons": taking.reasons}
        record.save(update_fields=["state", "progress", "decided_by", "decided_at", "choice"])
        entry.about, entry.list_id, entry.detail = f"import:{record.pk}", record.list_id, {**record.choice, **record.counts}
    if record.size <= SOON:
        _take(who, at, today, import_id, entering)
    else:
        run_beside(lambda: _take(who, at, today, import_id, entering), f"entering-{import_id}")


def _check(record: ImportRecord, held: ListRecord, taking: Taking) -> None:
    if record.state != "checked":
        raise Stale(_("这份文件现在是“%(state)s”，不能入库。请刷新页面。") % {"state": record.get_state_display()})
    if taking.version != record.facts_version or held.facts_version != record.facts_version:
        raise Stale(_("您查看以后，这张清单的台账有人改过。请再查一遍，看清楚现在会变什么，再确认。"))
    problems = {}
    if taking.how not in {"whole", "good"}:
        problems["how"] = _("请选怎么收：整份导入，或收对的、错的退回。")
    elif taking.how == "whole" and record.counts["wrong"] + record.counts["whole"]:
        problems["how"] = _("有%(n)d行是错的，整份都不能收。请下载错行清单，改好再传；或者选“收对的”。") % {"n": record.counts["wrong"]}
    if not record.counts["added"] + record.counts["changed"]:
        problems["all"] = _("没有一行会变：没有什么可以入库。")
    for kind in warnings_of(record):
        if not taking.reasons.get(kind, "").strip():
            problems[kind] = _("接受这一类提醒要写理由；不接受，请改好文件再传。")
    if problems:
        raise StepRefused(problems)


def warnings_of(record: ImportRecord) -> tuple[str, ...]:
    """Kinds of warnings of a file, in their order."""
    return tuple(dict.fromkeys(one["id"] for one in record.problems.get("found", ()) if one["level"] == "warning"))


def _take(who: Who, at: datetime, today: date, import_id: int, entering: Entering) -> None:
    """Whole or not at all: where it cannot be taken in, the import is as it was, with the reason."""
    record = ImportRecord.objects.get(pk=import_id)
    try:
        rows = rows_aside(record, entering, today)
        if rows is None:
            rows = ready_rows(weigh(record, entering, today, lambda percent: _progress(import_id, percent)).comparison)
        _enter(who, at, record, rows)
        drop_aside(record)
    except Stale as stale:
        ImportRecord.objects.filter(pk=import_id).update(state="checked", progress=100, message=str(stale))
    except Exception:
        log.exception("entering import %s", import_id)
        ImportRecord.objects.filter(pk=import_id).update(state="checked", progress=100, message=BROKEN.format(name=record.name))


def _progress(import_id: int, percent: int) -> None:
    ImportRecord.objects.filter(pk=import_id, state="entering").update(progress=percent)


def _enter(who: Who, at: datetime, record: ImportRecord, rows: Iterator[ReadyRow]) -> None:
    with writing(who, "rows.enter", at, right=None, list_id=record.list_id) as entry:
        held = ListRecord.objects.select_for_update().get(pk=record.list_id)
        if held.facts_version != record.facts_version:
            raise Stale(_("入库的时候，有人先改了这张清单的台账。什么都没有写入；请再查一遍，再确认。"))
        pattern = FactRecord(list_id=record.list_id, source=record.source, row={}, recorded_at=at, by_id=who.person_id, act="import",
                             batch_id=record.pk)
        stored = store_rows(pattern, rows)
        ListRecord.objects.filter(pk=held.pk).update(facts_version=F("facts_version") + 1)
        done = {name: record.counts[name] for name in ("added", "changed")}
        if stored != sum(done.values()):
            raise Stale(_("再查的结果和您看到的不一样，什么都没有写入。请再查一遍，看清楚现在会变什么，再确认。"))
        ImportRecord.objects.filter(pk=record.pk).update(state="entered", progress=100, message="")
        entry.about, entry.detail = f"import:{record.pk}", {"register": record.source, "sha256": record.sha256, **done}
