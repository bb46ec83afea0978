"""Personal data before it is kept: a digest in its place, or its middle left out. In: a field and what was written. Out: what may be kept.

A digest is keyed with a secret of the installation, so that nobody can try all identity numbers against it; the caller brings the secret.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final

from luoshi.pack.register_spec import FieldSpec

DIGEST_LENGTH: Final = 24
# 9f86d081884c7d659a2feaa0: a digest already
_DIGEST: Final = re.compile(r"[0-9a-f]{24,64}")


def protect(field: FieldSpec, written: str, secret: bytes) -> str:
    """「脱敏」 What is kept instead; what is a digest or masked already stays as it is."""
    if not field.personal or is_protected(field, written):
        return written
    return digest_of(written, secret) if field.personal == "hashed" else mask(written)


def is_protected(field: FieldSpec, written: str) -> bool:
    """「已脱敏」 A row that comes back from the register, or from a file taken out of it."""
    return bool(_DIGEST.fullmatch(written)) if field.personal == "hashed" else field.personal == "masked" and "＊" in written


def digest_of(written: str, secret: bytes) -> str:
    """「摘要」 The same number gives the same digest, however it was spaced."""
    plain = re.sub(r"\s+", "", written).upper()
    return hmac.new(secret, plain.encode(), hashlib.sha256).hexdigest()[:DIGEST_LENGTH]


def mask(written: str) -> str:
    """「隐去中间」 王小明 → 王＊明; 13800001234 → 138＊＊＊＊1234."""
    if len(written) <= 2:
        return written[:1] + "＊" * (len(written) - 1)
    kept = 1 if len(written) < 7 else 3
    end = 1 if len(written) < 7 else 4
    return written[:kept] + "＊" * (len(written) - kept - end) + written[-end:]
