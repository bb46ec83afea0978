"""One message a day「每日汇总」 for those who want it so: what came into the inbox since the last one and is not read. In: the moment. Out: words.

The key names the newest notice in it: two runs at once make one message.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Max

from luoshi.actions.remind_people import INBOX, after_quiet
from luoshi.actions.writing import writing
from luoshi.store.models import ChannelRecord, NoticeRecord, OfficeChoiceRecord

LONGEST, SHOWN = timedelta(7), 12
DIGEST = "digest:"


def digest_people(at: datetime, today: date) -> str:
    """Four queries and one for each message's row; an entry in the journal where anything was made."""
    channels = list(ChannelRecord.objects.filter(is_on=True, digest=True, person__is_active=True).exclude(kind=INBOX))
    last = {(person, kind): made for person, kind, made in NoticeRecord.objects.filter(key__startswith=DIGEST)
            .values_list("person_id", "channel").annotate(made=Max("made_at"))}
    unread: dict[int, list[NoticeRecord]] = {}
    inbox = NoticeRecord.objects.filter(channel=INBOX, read_at=None, made_at__gt=at - LONGEST, person__in=[c.person_id for c in channels])
    for notice in inbox.order_by("id"):
        unread.setdefault(notice.person_id, []).append(notice)
    after = _after_quiet(at)
    made = [message for channel in channels
            if (message := _message(channel, [n for n in unread.get(channel.person_id, ()) if n.made_at > last.get(
                (channel.person_id, channel.kind), at - LONGEST)], at, after))]
    if made:
        with writing(None, "notice.digest", at, right=None) as entry:
            NoticeRecord.objects.bulk_create(made, ignore_conflicts=True)
            entry.about, entry.detail = "job", {"messages": len(made)}
    return f"{len(made)}条汇总"


def _message(channel: ChannelRecord, notices: list[NoticeRecord], at: datetime, after: datetime) -> NoticeRecord | None:
    if not notices:
        return None
    more = f"\n……还有{len(notices) - SHOWN}件" if len(notices) > SHOWN else ""
    text = f"今天有{len(notices)}件事提醒您：\n" + "\n".join(f"{n}. {each.text}" for n, each in enumerate(notices[:SHOWN], 1)) + more
    return NoticeRecord(key=f"{DIGEST}{channel.person_id}:{channel.kind}:{notices[-1].pk}", person_id=channel.person_id, channel=channel.kind,
                        text=text, link="/inbox/", made_at=at, send_after=after)


def _after_quiet(at: datetime) -> datetime:
    """Of several lists with their own quiet hours the latest end counts."""
    hours = list(OfficeChoiceRecord.objects.values_list("quiet_from", "quiet_to").distinct()) or [(time(21), time(8))]
    return max(after_quiet(at, begins, ends) for begins, ends in hours)
