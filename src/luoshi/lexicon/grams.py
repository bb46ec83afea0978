"""Text → the tokens that a search compares: two characters of Chinese at a time, words of Latin letters and digits whole.

In: text. Out: tokens, each once, in order. The same on every database, because no database has a say in it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# G60科创走廊 → G60 · 科创走廊
_RUN: Final = re.compile(r"(?P<word>[0-9a-z]+(?:\.[0-9]+)?)|(?P<han>[\u3400-\u9fff\U00020000-\U0003ffff]+)")
LONGEST: Final = 40


def grams_of(text: str) -> tuple[str, ...]:
    """「双字」 高能级平台 → 高能 能级 级平 平台; GR2019 → gr2019. A single character of Chinese alone stands for itself."""
    grams: dict[str, None] = {}
    for found in _RUN.finditer(unicodedata.normalize("NFKC", text).casefold()):
        run = found["han"]
        if run is None:
            grams[found["word"][:LONGEST]] = None
        elif len(run) == 1:
            grams[run] = None
        else:
            grams.update(dict.fromkeys(run[at:at + 2] for at in range(len(run) - 1)))
    return tuple(grams)
