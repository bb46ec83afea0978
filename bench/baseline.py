"""The baseline: what forty lines of regular expression find. In: text. Out: quantities with unit, comparator and direction.

It knows neither tasks nor units nor deadlines, and cannot tell a promise from a report. It was written by the authors of
luoshi: its units are those of official lists in general, and of the text of `texts.py` too.
"""

from __future__ import annotations

import re
from typing import Any

_NUMBER = r"\d+(?:\.\d+)?"
_UNIT = (
    r"[十百千万亿]*(?:个百分点|个工作日|个月|%|‰|元|平方公里|平方米|立方米|公里|公顷|亩|吨标准煤|吨|千瓦时|千瓦|小时|分钟|天|年|倍|"
    r"人次|人|名|家|个|项|件|条|座|所|处|台套|台|套|辆|户|场次|场|次|盏|张|万|床|期|批|种|类|栋|幢|间|块|支)|[万亿]"
)
# 8000—10000座 · 60台以上 · 5%左右
_FOUND = re.compile(
    rf"(?<![\d.])(?P<low>{_NUMBER})(?:%?[—–\-~～至到](?P<high>{_NUMBER}))?(?P<unit>{_UNIT})(?P<after>及?以上|以内|以下|左右)?(?!度?[底末内前])"
)
_BEFORE = re.compile(
    r"(?P<way>增长|提高|提升|增加|上涨|下降|降低|减少|压减|缩短)?(?P<to>至|到|达到|达)?(?P<cmp>不少于|不低于|至少|不超过|不高于|超过|超|突破|约|≥|≤)?$"
)
_OPS = {
    "不少于": ">=", "不低于": ">=", "至少": ">=", "≥": ">=", "以上": ">=", "及以上": ">=", "不超过": "<=", "不高于": "<=", "≤": "<=",
    "以内": "<=", "以下": "<=", "超过": ">", "超": ">", "突破": ">", "约": "~", "左右": "~",
}
_FALLS = {"下降", "降低", "减少", "压减", "缩短"}


def quantities(text: str) -> list[dict[str, Any]]:
    """Every quantity, in the form of corpus/score.py."""
    found = []
    for match in _FOUND.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - 8), match.start())
        way, to, compared = before.group("way", "to", "cmp") if before else (None, None, None)
        low, high, unit, after = match.group("low", "high", "unit", "after")
        if unit == "年" and len(low) == 4:
            continue
        found.append({
            "start": match.start(), "end": match.end(), "value": float(low), "value2": float(high) if high else None, "unit": unit,
            "op": "range" if high else _OPS[compared or after] if compared or after else "=",
            "mode": "level" if to or not way else "decrease" if way in _FALLS else "increase",
        })
    return found
