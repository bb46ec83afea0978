"""How firmly something is promised.

In: text and a place. Out: `Modality`: stretch is 力争, directional is 积极推进 and the like, committed is everything else.
"""

from __future__ import annotations

import re
from typing import Literal

Modality = Literal["committed", "stretch", "directional"]

STRETCH = re.compile(r"力争|争取|力求|努力(?!推进)|争创")  # 力争年底开工
# 探索在10%的站点试行: no verdict is possible on an invitation
DIRECTIONAL = re.compile(r"鼓励|引导|探索|支持有条件|积极推进|稳步推进|有序推进|持续推进|逐步推进")


def modality_of(sentence_before: str, clause_before: str) -> Modality:
    """「语气」 sentence_before, clause_before: the same words up to the promise, from the start of its sentence and of its clause."""
    if STRETCH.search(sentence_before):  # 力争 governs forward to the end of its sentence, never backward
        return "stretch"
    return "directional" if DIRECTIONAL.search(clause_before) else "committed"
