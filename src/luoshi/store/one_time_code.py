"""One-time codes「动态码」 by RFC 6238: six digits, SHA-1, thirty seconds, as every authenticator has them. In: a secret, a moment. Out: codes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

EVERY, DIGITS = 30, 6
AROUND = (0, -1, 1)
"""A telephone's clock may be half a minute off."""


def new_secret() -> str:
    """160 bits, base32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def step_at(at: datetime) -> int:
    """The number of the half minute."""
    return int(at.timestamp()) // EVERY


def code_of(secret: str, step: int) -> str:
    """The six digits of that half minute."""
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start:start + 4], 'big') & 0x7FFFFFFF) % 10**DIGITS:0{DIGITS}}"


def step_of_code(secret: str, code: str, at: datetime, after: int) -> int | None:
    """Which half minute a code is of; None: wrong, or one that was used already."""
    now = step_at(at)
    return next((now + n for n in AROUND if now + n > after and hmac.compare_digest(code_of(secret, now + n).encode(), code.encode())), None)


def address_of(secret: str, username: str) -> str:
    """What the QR code says."""
    return f"otpauth://totp/{quote('落实')}:{quote(username)}?secret={secret}&issuer={quote('落实')}&digits={DIGITS}&period={EVERY}"
