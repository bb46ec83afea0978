"""Set or drop a way of being reached「提醒方式」. In: one's own kind, address, digest or at once. Out: a row. Raises AddressRefused.

The journal says that it changed, never the address: a robot's key is a secret, and lies sealed in the database.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from luoshi.actions.deliver import KEYS
from luoshi.actions.writing import writing
from luoshi.store.models import ChannelRecord
from luoshi.store.queries.notices import ROBOT, address_of
from luoshi.store.sealed import seal
from luoshi.store.who import Who


class AddressRefused(Exception):
    """「地址不对」 str(error) is the Chinese message."""


def set_channel(who: Who, at: datetime, kind: str, address: str, digest: bool, is_on: bool) -> None:
    """An empty address keeps the one that is there."""
    with writing(who, "channel.set", at, right=None) as entry:
        before = ChannelRecord.objects.select_for_update().filter(person_id=who.person_id, kind=kind).first()
        wanted = address or (address_of(before) if before else "")
        _check(kind, wanted or "")
        fresh = {"address": address if kind == "mail" else seal(address, ROBOT)} if address else {}
        ChannelRecord.objects.update_or_create(person_id=who.person_id, kind=kind, defaults={**fresh, "digest": digest, "is_on": is_on})
        entry.about, entry.detail = f"person:{who.person_id}", {"kind": kind, "digest": digest, "on": is_on, "new_address": bool(address)}


def drop_channel(who: Who, at: datetime, kind: str) -> None:
    """With its address."""
    with writing(who, "channel.drop", at, right=None) as entry:
        ChannelRecord.objects.filter(person_id=who.person_id, kind=kind).delete()
        entry.about, entry.detail = f"person:{who.person_id}", {"kind": kind}


def _check(kind: str, address: str) -> None:
    if kind == "mail":
        try:
            validate_email(address)
        except ValidationError:
            raise AddressRefused(_("邮箱写得不对，例如 name@example.gov.cn。")) from None
    elif kind not in KEYS or not KEYS[kind].fullmatch(address):
        raise AddressRefused(_("只填机器人的密钥，不要填整个网址：钉钉是 access_token 后面的一串（加签的再接 .SEC…），企业微信是 key 后面的一串，"
                               "飞书是 hook/ 后面的一串。"))
