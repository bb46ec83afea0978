"""Phrases of official Chinese that say by when.

In: a match of `PERIOD` and the year it hangs on. Out: the last day meant, ISO, or None where it cannot be known.
"""

from __future__ import annotations

import re
from calendar import monthrange

from luoshi.lexicon.numeral import parse_numeral

_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|[一二三四五六七八九十]{1,3})"


def _within_year(n: int, end: str) -> str:
    # 6月底 · 9月1日 · 1—6月
    month = (
        rf"(?:\d{{1,2}}[-—~至])?(?P<month{n}>{_MONTH})月(?:份)?"
        rf"(?:(?P<day{n}>{_DAY})[日号]|(?P<part{n}>底|末|初|中旬|上旬|下旬))?"
    )
    return rf"(?:{month}|(?P<half{n}>[上下])半年|(?:第|前)?(?P<quarter{n}>[一二三四1-4])个?季度(?:末|底)?|(?P<end{n}>{end}))"


_END_OF_YEAR = r"年?[底末]|初|年中|中(?=前|之前|以前)"  # 2019年|底: the year is already read
_YEAR_END = r"年[底末]|年中(?=前|之前|以前)"  # 年底
# 2021—2023年
_YEAR = (
    r"(?P<year>(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})"
    r"(?:年?(?:-|—|–|~|～|至|到)(?P<year2>(?:20)?\d\d))?年(?:度)?"
)
# 今年 · 次年
_RELATIVE = r"(?P<relative>今年|本年度|本年|当年|明年|次年|翌年|后年|全年|(?<![半几数])年内)"
_BY = r"(?P<by>之前|以前|前|内|期间)?"
_PLAN = r"[“\"]?(?P<plan>十[一二三四五六]五)[”\"]?(?:规划)?(?P<planend>时?期末|末|时?期间|时期)"  # “十四五”期间
# 2021年起三年内
_YEARS = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_SPAN = (
    r"(?:(?P<from>20\d\d)年(?:起|开始)[，,]?(?:力争)?(?:利?用)?)?"
    rf"(?P<span>{_YEARS}(?:[-—–~～至]{_YEARS})?年(?:左右)?的?(?:时间|之?内(?!涵|容|部)))"
)
# 长期坚持
_EVER = r"(?P<ever>长期坚持|立行立改|即知即改|立知立改|立说立行)"
# 在展会期间 · 汛期前
_EVENT = (
    r"(?P<event>在[^，。；：、\n“”（）0-9]{2,20}期间"
    r"|(?:春节|国庆节?|元旦|五一|汛期|供暖季|采暖季|本届政府任期)(?:之前|以前|前|内))"
)
# What a phrase can begin with: the engine need not try every alternative at every character.
_FIRST = '0-9二今本当明次翌后全年十一三四五六七八九上下第前“"长立即在春国元汛供采两'
PERIOD = re.compile(
    rf"(?=[{_FIRST}])(?:{_SPAN}|(?:{_YEAR}|{_RELATIVE}){_within_year(1, _END_OF_YEAR)}?{_BY}"
    rf"|{_within_year(2, _YEAR_END)}(?P<by2>之前|以前|前|内|期间)?|{_PLAN}|{_EVER}|{_EVENT})"
)
_COUNT = re.compile(r"\d+|[一二两三四五六七八九十]+")  # 三 of 三年内
_YEAR_PART = {"初": (3, 31), "中": (6, 30)}
_HALF = {"上": (6, 30), "下": (12, 31)}
_QUARTER = {"一": (3, 31), "二": (6, 30), "三": (9, 30), "四": (12, 31), "1": (3, 31), "2": (6, 30), "3": (9, 30), "4": (12, 31)}
PLAN_END = {"十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
_PART = {"初": 10, "上旬": 10, "中旬": 20}


def year_of(found: re.Match[str]) -> int | None:
    """「年份」 The last year that the phrase itself names."""
    written = found["year2"] or found["year"]
    if not written:
        return None
    number = int(parse_numeral(written))
    return number if number > 1900 else int(parse_numeral(found["year"])) // 100 * 100 + number


def names_only_a_year(found: re.Match[str]) -> bool:
    """「年份」 2019年 alone: a deadline in some places, part of a name in others."""
    return bool(found["year"]) and not found["by"] and not any(found[f"{part}1"] for part in ("month", "half", "quarter", "end"))


def last_day(found: re.Match[str], year: int | None, base: int | None = None) -> str | None:
    """「期限」 The last day that the phrase means. year: what 年底 and 6月底 hang on; base: the first year of 三年内."""
    if found["span"]:
        return f"{base + _years_in(found['span']) - 1}-12-31" if base else None
    if found["ever"] or found["event"]:
        return None
    if found["plan"]:
        return f"{PLAN_END[found['plan']]}-12-31"
    year = year_of(found) or year
    if year is None:
        return None
    year += {"明年": 1, "次年": 1, "翌年": 1, "后年": 2}.get(found["relative"] or "", 0)
    month, day = _month_and_day(found, 2 if found["by2"] or not (found["year"] or found["relative"]) else 1, year)
    return f"{year}-{month:02}-{day:02}"


def plan_year_of(found: re.Match[str]) -> int | None:
    """「年份」 The last year of a five-year plan that the phrase names."""
    return PLAN_END[found["plan"]] if found["plan"] else None


def first_year_of(found: re.Match[str]) -> int | None:
    """「年份」 The year from which a span is counted: 2021 in 2021年起三年内."""
    return int(found["from"]) if found["from"] else None


def _years_in(span: str) -> int:
    return int(parse_numeral(_COUNT.findall(span)[-1]))


def _month_and_day(found: re.Match[str], n: int, year: int) -> tuple[int, int]:
    if found[f"half{n}"]:
        return _HALF[found[f"half{n}"]]
    if found[f"quarter{n}"]:
        return _QUARTER[found[f"quarter{n}"]]
    if found[f"month{n}"]:
        month = int(parse_numeral(found[f"month{n}"]))
        last = monthrange(year, month)[1]
        written = found[f"day{n}"]
        day = int(parse_numeral(written)) if written else _PART.get(found[f"part{n}"] or "", last)
        return month, min(day, last)
    return _YEAR_PART.get((found[f"end{n}"] or "")[-1:], (12, 31))
