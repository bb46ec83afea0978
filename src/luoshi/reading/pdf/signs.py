"""Characters that fonts of a PDF encode in their own way. In: a code. Out: the character meant, or □, counted.

Radicals of the Kangxi block look like, and are meant as, ordinary characters. Private codes mean what the font drew there:
a decimal point is told later by the digits around it (`lines.py`), boxes and ticks are those that Word's symbol fonts use.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Final

from luoshi.reading.wordml import SYMBOLS

UNKNOWN: Final = "□"
PRIVATE: Final = range(0xE000, 0xF900)
RADICALS: Final = range(0x2E80, 0x2FE0)
ALIKE: Final = range(0xF900, 0xFB00)      # compatibility ideographs: 金 written as U+F90A


def read_sign(code: int, odd: Counter[str]) -> str:
    """The character; private codes are kept for `lines.py` to judge, broken ones are □."""
    if code in PRIVATE:
        return SYMBOLS.get(f"{code:04X}", chr(code))
    if code in RADICALS or code in ALIKE:
        return unicodedata.normalize("NFKC", chr(code))
    if code == 0 or code in (0xFFFD, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        odd[f"U+{code:04X}"] += 1
        return UNKNOWN
    return chr(code)
