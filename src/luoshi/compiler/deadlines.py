"""Phrases of a text that say by when.

In: text and the list's year. Out: `DeadlineSpan` in text order. A year in a name, a base year, a start and a past date
are no deadlines.
"""

from __future__ import annotations

import re

from luoshi.compiler.spans import DeadlineSpan
from luoshi.compiler.wording import Wording
from luoshi.lexicon.period import PERIOD, feast_before, first_year_of, last_day, names_only_a_year, plan_year_of, year_of
from luoshi.lexicon.workday import WorkCalendar

_STARTS_ONLY = re.compile(r"(?:日|度|份)?(?:起(?!草)|以来|开始|之?后|以后|印发|发布|公布|出台的|施行)")  # 2019年起
_PAST_OR_BASE = re.compile(r"(?:年?的?(?:基础上|水平|相比|为基[期年数]|数据|版|版本|修订)|[^，。；\n]{0,8}以来)")  # 2015年基础上
_BEFORE_BASE = ("比", "较", "以", "自", "从", "与", "同", "由", "截至", "截止", "据", "对", "按", "按照")
_LEADS = ("到", "至", "力争", "争取", "确保", "于", "在", "用", "利用", "计划", "预计", "并", "和", "、", "和到", "展望", "及", "其中")
# a year that opens its clause is a deadline where something is then demanded: 2021年完成选址
_DEMAND = re.compile(
    r"[，：:、,\s]|要|将|力争|争取|确保|拟|计划|预计|全面|基本|实现|完成|达|新增|新建|建成|建设|力求|培育|引进|开工|启动|实施|改造|推进|推动|"
    r"开展|全[省市县区国州]|累计|目标|初步|重点|努力|各|每|不|安排|印发|制定|出台|打造|形成|取得|组织|投入|正式|竣工|投产|投用|取消|建立|$"
)
_QUANTIFIED = re.compile(r"[^《》，。；\n]*?\d(?!\d{0,4}号)")  # 2021年|粮食产量800万吨
_LABEL = re.compile(r"(?:时限|时间|期限|节点|进度|安排)[】\]]?[：: \t]*$")  # 完成时限：
_PLAN_YEARS = re.compile(r"(20\d\d)年?(?:-|—|–|―|~|～|至|到)+(20\d\d)年")  # 2023—2025年
# 8月|完成签约
_DONE_IN = re.compile(r"(?:全面|基本|正式|全部)?(?:完成|建成|开工|竣工|投用|投产|启用|启动|上线|印发|出台|实现)(?!了)")
# （…负责，|长期坚持|）: a clause of its own
_ALONE_BEFORE, _ALONE_AFTER = frozenset("，；、（ \t|"), frozenset("）〕。；，|\n")
_SERVICE = re.compile(r"[^，。；\n]{0,4}(?:办结|答复|反馈|办理|审结|受理|送达)")  # 三个月内|办结
_SINCE_EVENT = ("毕业", "成立", "注册", "离校", "退役", "投产", "设立")  # 毕业|5年内: whom it is for
_NEXT = ("次年", "翌年")
_MARKED = "〔【"  # 〔市水务局；9月底前完成〕: no quotation, a remark
_NO_TABLE = WorkCalendar()
_NEW_PARAGRAPH = "\n"


def read_deadlines(text: str, year: int | None, title: str = "", calendar: WorkCalendar | None = None) -> tuple[DeadlineSpan, ...]:
    """「期限段」 of one text. year: the list's year, which 年底 and 全年 hang on; title: may name the years of a plan; calendar: of feasts."""
    return deadlines_in(Wording(text, year, title, calendar))


def deadlines_in(wording: Wording) -> tuple[DeadlineSpan, ...]:
    """Deadlines of a text that is already cut, as `read_deadlines`."""
    spans: list[DeadlineSpan] = []
    flat, year, last_year, last_at = wording.flat, wording.year, None, 0
    base, most = _years_of_plan(wording.title)
    for found in PERIOD.finditer(flat):
        named = year_of(found)
        if not _is_deadline(wording, found, wording.since):
            continue
        if named:
            last_year, last_at = named, found.end()
        near = last_year is not None and (year is None or _NEW_PARAGRAPH not in flat[last_at : found.start()])
        if found["relative"] and found["relative"] not in _NEXT and year is not None:  # 今年 is the list's year, whatever year was spoken of before
            near = False
        if first_year_of(found):
            base, most = first_year_of(found), 99
        start, end = _extent(wording, found)
        year_of_it = last_year if near else year
        spans.append(DeadlineSpan(start, end, _before_feast(wording, found, year_of_it) or last_day(found, year_of_it, base, most)))
    return tuple(spans)


def _before_feast(wording: Wording, found: re.Match[str], year: int | None) -> str | None:
    """「节前」 国庆前 by the calendar; the moon's feasts and a city's seasons only where the table has them."""
    feast = feast_before(found)
    if feast is None or (feast[1] or year) is None:
        return None
    day = (wording.calendar or _NO_TABLE).day_before(feast[0], (feast[1] or year or 0) + feast[2])
    return day.isoformat() if day else None


def _years_of_plan(title: str) -> tuple[int | None, int]:
    """「规划期」 甲市三年行动方案（2023—2025年）: spans count from its first year, and none is longer than the plan."""
    found = _PLAN_YEARS.search(title)
    if not found or int(found[2]) <= int(found[1]):
        return None, 0
    return int(found[1]), int(found[2]) - int(found[1]) + 1


def _extent(wording: Wording, found: re.Match[str]) -> tuple[int, int]:
    start = found.start()
    if found["year"] and wording.flat[start - 1 : start] in ("到", "至"):
        start -= 1
    elif found["span"]:
        start -= 2 if wording.flat[start - 2 : start] == "利用" else wording.flat[start - 1 : start] == "用"
    return start, found.end()


def _is_deadline(wording: Wording, found: re.Match[str], year: int | None) -> bool:
    flat, start, end = wording.flat, found.start(), found.end()
    before = flat[max(0, start - 4) : start]
    if found["ever"]:
        return _ever_is_meant(flat, start, end)
    if flat[end : end + 1] in ("》", "号") or (flat[end : end + 1] in ("）", "〕") and not _closes_a_remark(found, before)):
        return False
    if before.endswith(("第", "每", "每年", "每月", "每季度", "近", "连续", "〔", "[", "过去")):
        return False
    if found["event"]:
        return True
    planned = plan_year_of(found)
    if planned:
        return year is None or planned >= year
    quoted = wording.quoted(start)
    if before[-1:].isdigit() or (quoted and flat[quoted[0]] not in _MARKED):
        return False
    if found["months"]:
        return _months_are_meant(wording, start, end)
    if found["span"]:
        return not before.endswith((*_SINCE_EVENT, "满", "建设期", "保护期", "任期", "周期", "期限")) and _span_is_meant(found)
    after = flat[end : end + 12]
    if not found["by"] and not found["by2"] and (_STARTS_ONLY.match(after) or _PAST_OR_BASE.match(after) or before.endswith(_BEFORE_BASE)):
        return False
    named = year_of(found)
    if named and year and named < year and found["by"] not in ("前", "之前", "以前"):
        return False
    if names_only_a_year(found):
        return _bare_year_is_meant(wording, start, end)
    return _month_is_meant(wording, found)


def _closes_a_remark(found: re.Match[str], before: str) -> bool:
    """「期限」 （责任单位：市水务局；11月底前|）: set off by a mark of its own, and said to be a limit."""
    return before[-1:] in _ALONE_BEFORE and bool(found["by"] or found["by2"] or found["part1"] or found["part2"] or found["end1"] or found["end2"])


def _months_are_meant(wording: Wording, start: int, end: int) -> bool:
    """「期限」 三个月内完成整改 says by when; 审批压缩到三个月内, 三个月内办结 say how long a service takes."""
    flat = wording.flat
    if _SERVICE.match(flat, end):
        return False
    before = flat[wording.clause(start)[0] : start].strip(" \t（·、")
    return not before or before.endswith(("起", "后", "力争", "确保", "争取", "：", ":")) or _fills_its_cell(flat, start, end)


def _span_is_meant(found: re.Match[str]) -> bool:
    return found["span"].endswith(("内", "时间"))


def _bare_year_is_meant(wording: Wording, start: int, end: int) -> bool:
    flat = wording.flat
    if flat.endswith(_LEADS, max(0, start - 2), start):
        return True
    if _fills_its_line(flat, start, end) or _fills_its_cell(flat, start, end):
        return True
    clause_start, clause_end = wording.clause(start)
    opens = not flat[clause_start:start].strip(" \t（“·、.0123456789")
    return opens and (bool(_DEMAND.match(flat, end)) or bool(_QUANTIFIED.match(flat, end, clause_end)))


def _ever_is_meant(flat: str, start: int, end: int) -> bool:
    """「长期」 持续推进 is a time where it stands for one: in a cell, behind 完成时限：, as the last words of a bracket."""
    if flat.startswith(("立", "即", "长期坚持"), start):
        return True
    follow = flat[end : end + 1]
    if follow not in _ALONE_AFTER and follow not in ("", "\t"):
        return False
    if _fills_its_cell(flat, start, end) or _LABEL.search(flat[max(0, start - 12) : start]):
        return True
    return end - start > 2 and flat[start - 1 : start] in _ALONE_BEFORE and follow in ("）", "〕")


def _fills_its_cell(flat: str, start: int, end: int) -> bool:
    left, right = flat[max(0, start - 2) : start].rstrip(" "), flat[end : end + 2].lstrip(" ")
    return (not left or left[-1] in "\n\t|") and (not right or right[0] in "\n\t|")


def _fills_its_line(flat: str, start: int, end: int) -> bool:
    line_start, line_end = flat.rfind("\n", 0, start) + 1, flat.find("\n", end)
    return not flat[line_start:start].strip() and not flat[end : line_end if line_end >= 0 else len(flat)].strip()


def _month_is_meant(wording: Wording, found: re.Match[str]) -> bool:
    """「期限」 A plain day or month (a date of issue, a meeting) is no deadline unless something is done by it."""
    if found["by"] or found["by2"] or found["relative"] or found["end1"] or found["end2"] or found["part1"] or found["part2"]:
        return True
    if found["half1"] or found["half2"] or found["quarter1"] or found["quarter2"]:
        return True
    flat, start = wording.flat, found.start()
    if flat[max(0, start - 2) : start].endswith(_LEADS):
        return True
    if (_fills_its_line(flat, start, found.end()) or _fills_its_cell(flat, start, found.end())) and not found["day1"]:
        return True
    if _LABEL.search(flat[max(0, start - 12) : start]):
        return True
    opens = not flat[wording.clause(start)[0] : start].strip(" \t（·、")
    return opens and not found["day1"] and not found["day2"] and bool(_DONE_IN.match(flat, found.end()))
