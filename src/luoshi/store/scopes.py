"""What a token of the API may do. In: nothing. Out: SCOPE_WORDS: scope → words for people; the scope that writes into one register."""

from __future__ import annotations

SCOPE_WORDS: dict[str, str] = {"read": "清单、方案、指标、数及其依据、台账"}
WRITE = "write:"
"""write:terminal writes rows of that register, and reads nothing."""
