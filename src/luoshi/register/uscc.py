"""The check digit of the unified social credit code, GB 32100. In: 18 characters. Out: whether they hold together."""

from __future__ import annotations

from typing import Final

# Without I, O, S, V, Z: some published programs take letters by their ASCII place and are wrong.
_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def uscc_check(first17: str) -> str:
    """「校验码」 The eighteenth character that belongs to the first seventeen."""
    total = sum(_ALPHABET.index(c) * w for c, w in zip(first17, _WEIGHTS, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]


def is_uscc(code: str) -> bool:
    """「统一社会信用代码」 Whether a code has the right characters, length and check digit."""
    return len(code) == 18 and set(code) <= set(_ALPHABET) and uscc_check(code[:17]) == code[17]
