"""Make today's reminders「提醒」: what is owed → who hears of it → notices in the outbox. In: the moment, the day. Out: what was made, in Chinese.

Each notice has a key of thing, day, reader and channel: a second run makes nothing twice. Nobody is reminded of what is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import localtime

from luoshi.actions.writing import writing
from luoshi.store.models import ChannelRecord, ListRecord, NoticeRecord, OfficeChoiceRecord, PostRecord
from luoshi.store.queries.office import office_of, presets_of
from luoshi.store.queries.owed import OwedTo, owed_of_list
from luoshi.store.queries.story import tell_list
from luoshi.supervision.reminder import Nudge, is_quiet, nudges_on

BATCH = 200
INBOX = "inbox"


@dataclass(frozen=True, slots=True)
class Readers:
    """「收件人」 Ids of people by (role, unit) of their posts; by person, the channels that are sent at once."""

    held: dict[tuple[str, int | None], list[int]]
    at_once: dict[int, list[str]]

    def of(self, nudge: Nudge, organ_id: int | None) -> list[int]:
        """The owner first: a unit's liaison; its head where there is none, or where a signature is waited for. Without a unit: the office."""
        if nudge.to == "office" or organ_id is None:
            return self.held.get(("supervision", None), [])
        heads, liaisons = self.held.get(("head", organ_id), []), self.held.get(("liaison", organ_id), [])
        return (heads or liaisons) if nudge.to == "approver" else (liaisons or heads)


def remind_people(at: datetime, today: date) -> str:
    """Every list with a plan in force; one entry in the journal for each list that somebody was reminded of."""
    made = {record.title: _remind(record, at, today) for record in ListRecord.objects.filter(plan__isnull=False).select_related("plan")}
    return "；".join(f"{title}：{count}条提醒" for title, count in made.items()) or "还没有确认方案的清单，没有要提醒的"


def _remind(record: ListRecord, at: datetime, today: date) -> int:
    told, office = tell_list(record, today), office_of(record)
    preset = presets_of(record).reminders.get(office.reminder)
    if told is None or preset is None:
        return 0
    readers, notices = _readers(), []
    for each in owed_of_list(record, told, today):
        for nudge in nudges_on(preset, (each.owed,), today):
            notices += list(_notices(each, nudge, readers, at, office))
    with writing(None, "notice.remind", at, right=None, list_id=record.pk) as entry:
        new = _new(notices)
        NoticeRecord.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
        entry.about = f"list:{record.pk}"
        entry.detail = {"day": today.isoformat(), "notices": len(new), "people": len({notice.person_id for notice in new})}
    return len(new)


def _notices(each: OwedTo, nudge: Nudge, readers: Readers, at: datetime, office: OfficeChoiceRecord) -> Iterator[NoticeRecord]:
    link, organ = (each.link, each.organ_id) if nudge.to != "office" else (f"/lists/{office.list_id}/", None)
    for person in dict.fromkeys(readers.of(nudge, each.organ_id)):
        key = f"{nudge.key}:{person}"
        yield NoticeRecord(key=f"{key}:{INBOX}", person_id=person, organ_id=organ, channel=INBOX, text=nudge.text, link=link, made_at=at,
                           send_after=at, sent_at=at)
        for kind in readers.at_once.get(person, ()):
            yield NoticeRecord(key=f"{key}:{kind}", person_id=person, organ_id=organ, channel=kind, text=nudge.text, link=link, made_at=at,
                               send_after=after_quiet(at, office.quiet_from, office.quiet_to))


def after_quiet(at: datetime, quiet_from: time, quiet_to: time) -> datetime:
    """「免打扰以后」 The moment itself, or the end of the quiet hours that it lies in."""
    local = localtime(at)
    if not is_quiet(local.time(), quiet_from, quiet_to):
        return at
    ends = datetime.combine(local.date(), quiet_to, local.tzinfo)
    return ends if ends > local else ends + timedelta(1)


def _readers() -> Readers:
    """Two queries. The supervision office is one, whatever unit its posts are in."""
    held: dict[tuple[str, int | None], list[int]] = {}
    for role, organ, person in PostRecord.objects.filter(holder__is_active=True).values_list("role", "organ_id", "holder_id"):
        if person is not None:
            held.setdefault((role, None if role == "supervision" else organ), []).append(person)
    at_once: dict[int, list[str]] = {}
    for person_id, kind in ChannelRecord.objects.filter(is_on=True, digest=False).exclude(kind=INBOX).values_list("person_id", "kind"):
        at_once.setdefault(person_id, []).append(kind)
    return Readers(held, at_once)


def _new(notices: Iterable[NoticeRecord]) -> list[NoticeRecord]:
    """Those whose key is not in the outbox yet."""
    wanted = {notice.key: notice for notice in notices}
    keys = list(wanted)
    there = {key for start in range(0, len(keys), BATCH)
             for key in NoticeRecord.objects.filter(key__in=keys[start:start + BATCH]).values_list("key", flat=True)}
    return [notice for key, notice in wanted.items() if key not in there]
