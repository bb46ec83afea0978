"""Draft a bulletin from the data of one day. In: who, list, day, the issuing office. Out: `BulletinRecord`, a draft. Raises NoPlan."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from luoshi.actions.writing import writing
from luoshi.publish.bulletin import Bulletin, Office, compose_bulletin
from luoshi.publish.bulletin_json import bulletin_to_json
from luoshi.store.models import BulletinRecord, ListRecord
from luoshi.store.queries.bulletins import issued_before
from luoshi.store.queries.story import tell_list
from luoshi.store.who import Who


class NoPlan(Exception):
    """「没有方案」 A list without a confirmed plan has nothing to report on."""


def draft_bulletin(who: Who, at: datetime, list_id: int, as_of: date, office: Office) -> BulletinRecord:
    """The words are made from the data; nothing is numbered yet."""
    with writing(who, "bulletin.draft", at, right="make_bulletin", list_id=list_id) as entry:
        record = ListRecord.objects.select_related("plan").get(pk=list_id)
        made = composed(record, as_of, office)
        stored = BulletinRecord.objects.create(list=record, title=made.title[:200], as_of=as_of, content=bulletin_to_json(made),
                                               by_id=who.person_id, at=at)
        entry.about, entry.detail = f"bulletin:{stored.pk}", {"as_of": as_of, "organ": office.organ, "numbers": len(made.numbers)}
    return stored


def composed(record: ListRecord, as_of: date, office: Office) -> Bulletin:
    """What today's data says of that day; beside an issued bulletin it shows what changed. Raises NoPlan."""
    told = tell_list(record, as_of)
    if told is None:
        raise NoPlan(_("这份清单还没有确认的方案，没有可以通报的内容。请先到“导入”确认方案。"))
    before = issued_before(record.pk, as_of)
    previous = tell_list(record, before.as_of) if before else None
    return compose_bulletin(record.title, told.plan, told.items, as_of, office,
                            (previous.as_of, previous.items) if previous else None, sample=record.example)
