"""Secrets that must be read again, such as that of an authenticator, sealed「加密存放」 in the database by a key that backups do not carry.

In: text, what it is for. Out: sealed text, and back; None where it was sealed by another server's key.
The key is made from `secret.key` of the data folder (settings.SECRET_KEY): whoever has only a copy of the database, or a backup, reads nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def seal(text: str, purpose: str) -> str:
    """Sealing the same text twice gives two different words."""
    return _fernet(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str | None:
    """None: another key, another purpose, or altered."""
    try:
        return _fernet(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _fernet(purpose: str) -> Fernet:
    """One key for each purpose: what was sealed for one opens for no other."""
    return Fernet(base64.urlsafe_b64encode(hmac.new(settings.SECRET_KEY.encode(), f"luoshi:{purpose}".encode(), hashlib.sha256).digest()))
