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
_MONTHS = r"(?P<months>(?:\d{1,2}|[一二两三四五六七八九十]{1,2})个月(?:之|以)?内(?!涵|容|部))"  # 三个月内
# 长期坚持
_EVER = (
    r"(?P<ever>长期坚持|立行立改|即知即改|立知立改|立说立行|(?:持续|长期|常态化?|滚动|动态|逐年|稳步|有序)(?:推进|坚持|实施|开展|落实|整改|进行|保持|推动)"
    r"|常态化|长期|持续|常年)"
)
_FEAST = (
    "春节|国庆节?|元旦|五一|十一|劳动节|中秋节?|端午节?|清明节?|七一|主汛期|汛期|入汛|供暖季|供暖期?|采暖季|采暖期?|供热期?|春运|春耕|秋收|冬季来临|"
    "入冬|雨季|台风季|本届政府任期|高考|中考|暑假|寒假|两节|节日"
)
_TERM = "(?:新学年|新学期|[春秋]季?(?:新?学期)?|中小学)?(?:开学|学期|学年|入学)(?:初|末|结束)?"
# 在展会期间 · 汛期前 · “五一”前 · 2023年秋季开学前
_EVENT = (
    r"(?P<event>在[^，。；：、\n“”（）0-9]{2,20}期间"
    rf"|(?=[春国元五十劳中端清七主汛入供采雨台本高暑寒两节新秋小开学冬“\"2今明])(?:20\d\d年|今年|明年)?(?:[“\"]?(?:{_FEAST})[”\"]?(?:假期|长假)?|{_TERM})(?:之前|以前|前(?!后|夕|往)|内(?![容涵部])|期间)"
    r"|(?=[2今明春秋])(?:20\d\d年|今年|明年)?[春秋]季学期)"
)
# What a phrase can begin with: the engine need not try every alternative at every character.
_FIRST = '0-9二今本当明次翌后全年十一三四五六七八九上下第前“"立即在春国元汛供采两秋'
_RARE = "持长常滚动逐稳有劳中端清主入冬雨台高暑寒节新开学"
# the rare beginnings only with the character that must follow: 持续推进
_PAIRS = (
    "持续|长期|常[态年]|滚动|动态|逐年|稳步|有序|劳动节|中[秋小考]|端午|清明|主汛|入[冬汛学]|冬季|雨季|台风季|高考|[暑寒]假|节日|新学|"
    "开学|学[期年]"
)

PERIOD = re.compile(
    rf"(?=[{_FIRST}{_RARE}])(?=[{_FIRST}]|{_PAIRS})(?:{_EVENT}|{_SPAN}|{_MONTHS}|(?:{_YEAR}|{_RELATIVE}){_within_year(1, _END_OF_YEAR)}?{_BY}"
    rf"|{_within_year(2, _YEAR_END)}(?P<by2>之前|以前|前|内|期间)?|{_PLAN}|{_EVER})"
)
_FEAST_BEFORE = re.compile(
    rf"(?:(?P<year>20\d\d)年|今年|(?P<next>明年))?[“\"]?(?P<feast>{_FEAST})[”\"]?(?:假期|长假)?(?:之前|以前|前)"  # “五一”前 · 2023年国庆节前
)
_MOVING = re.compile(r"(?:春节|清明节?|端午节?|中秋节?|汛期?|雨季|台风季|供暖[季期]?|采暖[季期]?)(?:假期|长假)?[”\"]?(?:之前|以前|前)")  # 春节前
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


def last_day(found: re.Match[str], year: int | None, base: int | None = None, most: int = 99) -> str | None:
    """「期限」 The last day that the phrase means. year: what 年底 and 6月底 hang on; base: the first year of 三年内; most: the
    longest span, in years, that may be counted from it."""
    if found["span"]:
        years = _years_in(found["span"])
        return f"{base + years - 1}-12-31" if base and years <= most else None
    if found["ever"] or found["event"] or found["months"]:
        return None
    if found["plan"]:
        return f"{PLAN_END[found['plan']]}-12-31"
    year = year_of(found) or year
    if year is None:
        return None
    year += {"明年": 1, "次年": 1, "翌年": 1, "后年": 2}.get(found["relative"] or "", 0)
    month, day = _month_and_day(found, 2 if found["by2"] or not (found["year"] or found["relative"]) else 1, year)
    return f"{year}-{month:02}-{day:02}"


def feast_before(found: re.Match[str]) -> tuple[str, int | None, int] | None:
    """「节前」 国庆前, 2026年春节前, 明年汛期前: the feast or season, its year where one is written, and years to add."""
    named = _FEAST_BEFORE.fullmatch(found.group())
    if not found["event"] or not named:
        return None
    return named["feast"], int(named["year"]) if named["year"] else None, int(named["next"] is not None)


def names_a_moving_feast(text: str) -> bool:
    """「节前」 Whether a text speaks of a day that only a table knows: 春节前, 汛期前."""
    return bool(_MOVING.search(text))


def months_in(written: str) -> int | None:
    """「月数」 3 of 三个月内; None where the phrase counts no months."""
    found = re.fullmatch(_MONTHS, written)
    return int(parse_numeral(_COUNT.findall(written)[0])) if found else None


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
