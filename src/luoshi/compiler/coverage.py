"""Promises about all of something, with no number in them: to be asked, not guessed.

In: text. Out: `CoverageSpan`, one for each thing promised, with a proposed number. 全覆盖 is a number (100 %) and is read
as a target.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from decimal import Decimal

from luoshi.compiler.spans import CoverageSpan
from luoshi.compiler.wording import Wording
from luoshi.lexicon.modality import modality_of

_DONE = (
    r"(?:全面|全部|全程|均|都|可|能|要|应|实现|全)*"
    r"(?:开通|接入|纳入|上线|公开|覆盖|对接|办理|达标|共享|入驻|进驻|联通|网办|可办|整改|清零|通办|建成|设立|开展|落实|完成|入网|配备|取消|实行)"
)
# 所有民生项目和企业项目开通网上预约
_ALL = re.compile(rf"(?:所有|一切)(?P<things>[^，。；：\n所]{{2,40}}?)(?P<done>{_DONE}[^，。；\n]{{0,20}})")
# 业务系统与受理平台全对接
_FULLY = re.compile(
    r"(?P<things>[^，。；：\n]{2,40}?)"
    r"(?P<done>(?:实现)?全(?:面)?(?:对接|接入|联通|入网|公开|上网|达标|配齐|共享|联网|入库|入驻|进驻|清零|消除))(?=[，。；、\n）]|$)"
)
# “20分钟社区服务圈”
_CIRCLE = re.compile(r"[“\"]?(?P<minutes>\d{1,3}|[一二三四五六七八九十]{1,3})(?:分钟|小时)[^，。；\n”\d]{0,16}圈[”\"]?")
_JOINED = re.compile(r"和|及|以及|与|、")  # 民生项目|和|企业项目
_STRIP_LEAD = re.compile(r"^(?:加快|大力|积极|全面|稳步|力争)*(?:推进|推动|实现|促进|做到|确保|完成)")  # 推进|业务系统…
_PAST = ("已", "已经", "了")


def read_coverage(text: str) -> tuple[CoverageSpan, ...]:
    """「全量段」 of one text."""
    return coverage_in(Wording(text))


def coverage_in(wording: Wording) -> tuple[CoverageSpan, ...]:
    """Coverage promises of a text that is already cut, as `read_coverage`."""
    flat = wording.flat
    if not ("全" in flat or "圈" in flat or "所有" in flat or "一切" in flat):
        return ()  # the patterns look far ahead from every character: most texts need not be tried
    spans = [span for found in _ALL.finditer(flat) for span in _each_thing(wording, found)]
    taken = [span.start for span in spans]
    for pattern in (_FULLY, _CIRCLE):
        for found in pattern.finditer(flat):
            i = bisect_left(taken, found.end()) - 1
            if i < 0 or spans[i].end <= found.start():
                spans += _one(wording, found, found.re is _CIRCLE)
    return tuple(sorted(spans, key=lambda span: span.start))


def _each_thing(wording: Wording, found: re.Match[str]) -> list[CoverageSpan]:
    """「全量段」 所有甲和乙开通…: one promise about 甲, one about 乙."""
    flat, raw = wording.flat, wording.raw
    if _is_read_otherwise(flat, found) or flat.endswith(_PAST, 0, found.start()):
        return []
    done = raw[found.start("done") : found.end("done")]
    spans: list[CoverageSpan] = []
    at = found.start("things")
    begin = found.start()
    cuts = [(cut.start(), cut.end()) for cut in _JOINED.finditer(flat, at, found.end("things")) if _divides(flat, cut, found)]
    for start, end in [*cuts, (found.end("things"),) * 2]:
        spans.append(_span(wording, begin, start if start != found.end("things") else found.end(), raw[at:start] + done, Decimal(100), "%"))
        at = begin = end
    return spans


def _divides(flat: str, cut: re.Match[str], found: re.Match[str]) -> bool:
    """「并列」 Both sides end in the same word: 民生事项和企业事项, but not 村和社区卫生站."""
    left = flat[max(found.start("things"), cut.start() - 2) : cut.start()]
    return len(left) == 2 and flat.endswith(left, 0, found.end("things"))


def _one(wording: Wording, found: re.Match[str], is_circle: bool) -> list[CoverageSpan]:
    flat, raw = wording.flat, wording.raw
    if is_circle:
        return [_span(wording, found.start(), found.end(), raw[found.start() : found.end()].strip('“”"') + "覆盖率", Decimal(100), "%")]
    if _is_read_otherwise(flat, found) or flat.endswith(_PAST, 0, found.start("done")):
        return []
    lead = _STRIP_LEAD.match(flat[found.start("things") : found.end("things")])
    start = found.start("things") + (lead.end() if lead else 0)
    return [_span(wording, start, found.end(), raw[start : found.end()], Decimal(100), "%")]


def _is_read_otherwise(flat: str, found: re.Match[str]) -> bool:
    """「已读」 A number, 全部 or 全覆盖 makes it a target."""
    if "全部" in found.group() or "全覆盖" in found.group():
        return True
    return any(c.isdigit() for c in flat[found.start() : found.end()])


def _span(wording: Wording, start: int, end: int, metric: str, value: Decimal, unit: str) -> CoverageSpan:
    return CoverageSpan(start, end, metric, value, unit, modality_of(*wording.before(start)))
