"""What a token of the API may read. In: nothing. Out: SCOPE_WORDS: scope → words for people."""

from __future__ import annotations

SCOPE_WORDS: dict[str, str] = {"read": "清单、方案、指标、数及其依据、台账"}
