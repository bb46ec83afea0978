"""A person decides which enterprise a row is about「认定」, or that it is none of those proposed; and takes it back.

In: who, the row, the code of an enterprise in the directory ("": none of them), why. Out: `MergeRecord`. While it is in force the row is
counted under that code; the row itself is not edited. No enterprise is made here.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.write_row import bump
from luoshi.actions.writing import writing
from luoshi.store.models import FactRecord, ListRecord, MergeRecord
from luoshi.store.queries.intake import the_spec
from luoshi.store.queries.merging import DIRECTORY, firm_fields
from luoshi.store.who import Who


def merge_rows(who: Who, at: datetime, today: date, list_id: int, source: str, key: str, code: str, reason: str) -> MergeRecord:
    """Raises StepRefused, Stale."""
    with writing(who, "rows.merge", at, right="merge_rows", list_id=list_id) as entry:
        held = ListRecord.objects.select_for_update().get(pk=list_id)
        fields = firm_fields(the_spec(held, source))
        row = FactRecord.objects.filter(list=held, source=source, key=key).order_by("-id").values_list("row", flat=True).first()
        if fields is None or row is None:
            raise Stale(_("这一行已经不在了。请刷新页面。"))
        if not reason.strip():
            raise StepRefused({"reason": _("请写凭什么这样认，例如核对了营业执照。")})
        if code and not FactRecord.objects.filter(list=held, source=DIRECTORY, key=code).exists():
            raise StepRefused({"code": _("企业名录里没有这个信用代码。请先在企业名录补登；不能凭名称新建企业。")})
        if MergeRecord.objects.filter(list=held, source=source, key=key, undone_on=None).exists():
            raise Stale(_("这一行刚才有人定了。请刷新页面；要改，请先撤销原来的认定。"))
        made = MergeRecord.objects.create(list=held, source=source, key=key, name=row.get(fields[1].title, ""), code=code, reason=reason.strip(),
                                          on=today, by_id=who.person_id, at=at)
        bump(held)
        entry.about = f"merge:{made.pk}"
        entry.detail = {"register": source, "key": key, "name": made.name, "code": code, "reason": made.reason}
    return made


def unmerge_rows(who: Who, at: datetime, today: date, merge_id: int, reason: str) -> None:
    """The decision stays to be read, and decides nothing from today on."""
    with writing(who, "rows.unmerge", at, right="merge_rows") as entry:
        made = MergeRecord.objects.select_for_update().get(pk=merge_id)
        if made.undone_on is not None:
            raise Stale(_("这个认定已经撤销了。"))
        if not reason.strip():
            raise StepRefused({"undo": _("撤销要写理由。")})
        made.undone_on, made.undone_by_id, made.undone_reason = today, who.person_id, reason.strip()
        made.save(update_fields=["undone_on", "undone_by", "undone_reason"])
        bump(made.list)
        entry.about, entry.list_id, entry.detail = f"merge:{made.pk}", made.list_id, {"key": made.key, "reason": made.undone_reason}
