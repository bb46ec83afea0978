"""Send what is in the outbox「发件箱」. In: the moment. Out: messages to mail servers and robots; what was done, in Chinese.

A message is marked before it is sent, and by one worker only. An answer that says no is tried again, later each time; where the worker died
between the mark and the answer nobody knows whether it went out, so it is not sent twice: the page of jobs shows it, and it is in the inbox.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet

from luoshi.actions.deliver import NotDelivered, deliver
from luoshi.actions.writing import writing
from luoshi.store.models import ChannelRecord, NoticeRecord
from luoshi.store.queries.notices import address_of
from luoshi.store.who import Who

WAITS = (timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12))
"""After the first, second … failure; after the last one it stays where it is until somebody asks again."""
AT_MOST = 500
"""In one run: the queue must not be held up by a flood."""


def send_notices(at: datetime, today: date) -> str:
    """One entry in the journal for a run in which anything was sent or refused for good."""
    due = list(_due(at).order_by("id")[:AT_MOST])
    ways = {(way.person_id, way.kind): way for way in ChannelRecord.objects.filter(person__in={notice.person_id for notice in due})}
    counts = {"sent": 0, "failed": 0, "given_up": 0}
    for notice in due:
        if _claim(notice, at):
            counts[_send(notice, ways.get((notice.person_id, notice.channel)), at)] += 1
    if any(counts.values()):
        with writing(None, "notice.send", at, right=None) as entry:
            entry.about, entry.detail = "job", counts
    return f"发出{counts['sent']}条，{counts['failed']}条没发成、稍后再试，{counts['given_up']}条不再试"


def send_again(who: Who, at: datetime, notice_id: int) -> None:
    """What was given up, or what nobody knows of: a person decided that it may go out once more."""
    with writing(who, "notice.again", at, right="run_jobs") as entry:
        NoticeRecord.objects.filter(pk=notice_id, sent_at=None).update(tries=0, error="", next_try_at=None, send_after=at)
        entry.about = f"notice:{notice_id}"


def _due(at: datetime) -> QuerySet[NoticeRecord]:
    return NoticeRecord.objects.filter(Q(tries=0) | Q(next_try_at__lte=at), sent_at=None, send_after__lte=at)


def _claim(notice: NoticeRecord, at: datetime) -> bool:
    """Of many workers one gets it; until the answer is in, it counts as under way: no error, and no next try."""
    mine = _due(at).filter(pk=notice.pk, tries=notice.tries)
    return bool(mine.update(tries=F("tries") + 1, next_try_at=None, error=""))


def _send(notice: NoticeRecord, way: ChannelRecord | None, at: datetime) -> str:
    row = NoticeRecord.objects.filter(pk=notice.pk)
    if way is None or not way.is_on:
        row.update(error="这种提醒方式已经关掉，没有再发", next_try_at=None)
        return "given_up"
    address = address_of(way)
    if address is None:
        row.update(error="机器人的密钥读不出来：数据是从另一台服务器恢复的，请本人重新填", next_try_at=None)
        return "given_up"
    try:
        deliver(way.kind, address, notice.text, f"{settings.PLACE.address}{notice.link}" if settings.PLACE.address else "", at)
    except NotDelivered as refused:
        again = at + WAITS[notice.tries] if notice.tries < len(WAITS) and refused.may_retry else None
        row.update(error=str(refused)[:300], next_try_at=again)
        return "failed" if again else "given_up"
    row.update(sent_at=at)
    return "sent"
