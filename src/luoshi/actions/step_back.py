"""Take the last step of a document back「撤销一步」, or make again the one that was taken back last. In: the document. Out: its row."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.stale import Stale
from luoshi.actions.writing import writing
from luoshi.plan.step_log import Step, answered, log_from_json, log_to_json
from luoshi.store.models import DocumentRecord
from luoshi.store.who import Who


def step_back(who: Who, at: datetime, document_id: int, mark: str, forward: bool = False) -> Step:
    """mark: that of the steps as the form showed them, so that nobody takes back what another person just did. The step moved over. Raises Stale."""
    with writing(who, "document.redo" if forward else "document.undo", at, right="import_document") as entry:
        document = DocumentRecord.objects.select_for_update().get(pk=document_id)
        log = log_from_json(document.log)
        step = log.next if forward else log.last
        if document.state != "read":
            raise Stale(_("这份文件已经确认成方案，不能再改草案。请刷新页面，看确认后的方案。"))
        if log.mark != mark:
            raise Stale(_("您打开页面以后，别人又改了一步，所以没有撤销或重做。请看清楚现在的方案再按。"))
        if step is None:
            raise Stale(_("没有可以撤销或重做的一步。"))
        document.log = log_to_json(log.forward() if forward else log.back())
        document.answers = answered(document.answers, step, back=not forward)
        document.save(update_fields=["log", "answers"])
        entry.about, entry.list_id, entry.detail = f"document:{document.pk}", document.list_id, {"words": step.words}
    return step
