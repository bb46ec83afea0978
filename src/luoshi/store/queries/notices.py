"""A person's own inbox and ways of being reached. In: who. Out: notices, a count, channels without their secrets."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from luoshi.store.models import ChannelRecord, NoticeRecord
from luoshi.store.sealed import unseal
from luoshi.store.who import Who

SHOWN = 100
ROBOT = "robot"
"""What their keys are sealed for."""


@dataclass(frozen=True, slots=True)
class ChannelShown:
    """「已设的方式」 hint: an address with its middle left out; a robot's key is never shown again."""

    kind: str
    hint: str
    digest: bool
    is_on: bool


def inbox_of(who: Who) -> tuple[NoticeRecord, ...]:
    """Unread first, then the newest. One query."""
    mine = _inbox(who)
    unread = list(mine.filter(read_at=None)[:SHOWN])
    return (*unread, *mine.filter(read_at__isnull=False)[:max(0, SHOWN - len(unread))])


def the_notice(who: Who, notice_id: int) -> NoticeRecord:
    """One's own; another's is not there."""
    found = _inbox(who).filter(pk=notice_id).first()
    if found is None:
        raise Http404
    return found


def channels_of(who: Who) -> dict[str, ChannelShown]:
    """By kind. One query."""
    return {way.kind: ChannelShown(way.kind, _hint(way), way.digest, way.is_on) for way in ChannelRecord.objects.filter(person_id=who.person_id)}


def address_of(way: ChannelRecord) -> str | None:
    """Where it leads. None: a robot's key that was sealed on another server, and has to be typed in again."""
    return way.address if way.kind == "mail" else unseal(way.address, ROBOT)


def _hint(way: ChannelRecord) -> str:
    if way.kind == "mail":
        name, _at, host = way.address.partition("@")
        return f"{name[:2]}…@{host}"
    return "已填，不再显示" if address_of(way) else "密钥是在别的服务器上填的，读不出来，请重新填"


def _inbox(who: Who) -> QuerySet[NoticeRecord]:
    return NoticeRecord.objects.filter(person_id=who.person_id, channel="inbox")
