"""A password that nobody thought up. In: nothing. Out: text, shown once to the person who hands it over, stored only as its hash."""

from __future__ import annotations

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are read wrongly when copied by hand: 0 1 i l o."""


def new_password() -> str:
    """Three groups of four letters and digits, 59 bits: k7mq-x3np-w9rt."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
