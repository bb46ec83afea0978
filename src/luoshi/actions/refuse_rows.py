"""Send a file of rows back「不收」: nothing of it comes in. In: which import, why. Out: its row, with the reason; the file stays."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.actions.rows_aside import drop_aside
from luoshi.actions.stale import Stale
from luoshi.actions.writing import writing
from luoshi.store.models import ImportRecord
from luoshi.store.queries.intake import may_enter
from luoshi.store.who import Who


def refuse_rows(who: Who, at: datetime, import_id: int, reason: str) -> None:
    """Raises Stale where it has been entered."""
    with writing(who, "rows.refuse", at, right="enter_rows") as entry:
        record = ImportRecord.objects.select_for_update().get(pk=import_id)
        may_enter(who, record.list, record.source)
        if record.state not in {"received", "checking", "checked", "unreadable"}:
            raise Stale(_("这份文件现在是“%(state)s”，不能再不收。请刷新页面。") % {"state": record.get_state_display()})
        record.state, record.message, record.decided_by_id, record.decided_at = "refused", reason.strip(), who.person_id, at
        record.save(update_fields=["state", "message", "decided_by", "decided_at"])
        drop_aside(record)
        entry.about, entry.list_id, entry.detail = f"import:{record.pk}", record.list_id, {"reason": record.message}
