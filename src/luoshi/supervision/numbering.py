"""Numbers of slips「编号」: the office's own scheme, each number once, none left out. In: the scheme, year, serial. Out: 示督〔2019〕12号."""

from __future__ import annotations

import re

PLACEHOLDERS = ("｛年｝", "｛号｝")
_SERIAL = re.compile(r"｛号(?::(?P<width>[1-6]))?｝")  # ｛号｝ or ｛号:3｝, as in 督〔2019〕012号


class SchemeRefused(Exception):
    """「编号规则不能用」 In words that say what it must hold."""


def number_of(scheme: str, year: int, serial: int) -> str:
    """Raises SchemeRefused where the scheme has no place for the year or for the serial: two slips would carry one number."""
    if "｛年｝" not in scheme or not _SERIAL.search(scheme):
        raise SchemeRefused("编号规则里要有“｛年｝”和“｛号｝”两处，例如“督〔｛年｝〕｛号｝号”；要补零写“｛号:3｝”。")
    return _SERIAL.sub(lambda found: str(serial).zfill(int(found["width"] or 1)), scheme.replace("｛年｝", str(year)))
