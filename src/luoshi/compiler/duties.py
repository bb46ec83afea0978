"""Who leads, supports or is responsible: read in running text and in tables that were flattened to lines.

In: text. Out: `UnitSpan` in text order. Units that are only subjects of a sentence are no duties.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from luoshi.compiler.cells import read_cells
from luoshi.compiler.spans import UnitSpan
from luoshi.lexicon.numeral import fold
from luoshi.lexicon.organ import fills_a_cell, is_organ, organs_in
from luoshi.lexicon.period import PERIOD
from luoshi.plan.duty import Role

_LEAD, _SUPPORT = ("牵头", "主办", "主责"), ("配合", "协办", "参与", "参加", "协助", "协同", "支持")
_HOW = r"(?:共同|分别|联合|具体|统一|统筹|会同|依?按(?:照)?(?:各自)?(?:职责|职能|分工)(?:分工)?|依职责|根据职责(?:分工)?|分工|各负其责)"
_DOES = r"(?:牵头|主办|主责|负责|配合|协办|参与|参加|协助|落实|指导|组织实施|实施|推进|承办|组织|督促|支持|抓好|做好)"
# 按职责分工负责: what ends the list of units in a clause
_ROLE = re.compile(rf"(?:要|应)?{_HOW}*(?P<does>{_DOES}{{1,3}})(?:，?排(?:在)?第一位的?为牵头)?(?=[，、。；,;）\n\s]|$|会同|，)")
_BRACKET = re.compile(r"[（〔](?P<inside>(?:[^（）〔〕\n]|（[^（）\n]*）){3,600})[）〕]")  # （市商务局牵头，市财政局配合）
_LABEL_WORDS = r"(?:牵头|主办|主责|责任|配合|协办|协同|协助|参与|参加|承办|落实|负责|指导|督导|督办|督促|监督|实施|支持)"
# 牵头单位：市民政局 · 【配合单位】市财政局 · 责任部门:…
_LABEL = re.compile(
    rf"(?P<label>(?:第一)?{_LABEL_WORDS}{{1,2}}(?:责任)?(?:及)?{_LABEL_WORDS}?"
    r"(?P<noun>单位|部门|处室|科室|主体|机构|地区)?(?:和(?:责任|配合)单位)?)"
    r"[】\]]?[ \t]*(?:[：:]|(?<=[】\]])|(?<=[位门])(?P<is>为))[ \t]*"
)
_LIST = re.compile(r"(?:[^。；;\n（）【\[〔〕】\]]|（[^（）\n]*）)*")  # 市直各部门，各县（市、区）政府
# 牵头单位：市民政局  |完成时限：…
_NEXT_LABEL = re.compile(
    rf"[ \t]+(?={_LABEL_WORDS}|完成|时限|整改|进度)|[，、](?=完成时[限间]|时限|整改时限)"
    rf"|，(?={_LABEL_WORDS}{{1,2}}(?:责任)?(?:单位|部门|处室|科室)?[：:为])"
)
_OF_A_LEVEL = re.compile(r"(?:各|[省市县区州](?![级直属])|国家|[^，、]{2,4}?[省市县区州](?![级直属]))[^，、]{2,16}$")  # 县水利局
_DATED = re.compile(r"[；;，][^；;，]{0,6}\d[^；;]*$")  # 市科技局、市税务局|；12月底前完成
_LEAD_MARKS = ("*", "★", "▲")
_LONGEST_LIST = 600
# 排在第一位的为牵头单位 · 牵头单位列首位
_FIRST_LEADS = re.compile(r"(?:第一|首)(?:位|个|的)?[^，。；）\n]{0,8}[为是](?:牵头|主办)|牵头(?:单位|部门)?(?:列|排)(?:名|在)?(?:第一|首)")
_PROSE = re.compile(r"(?P<does>牵头|共同参与|参与|配合)(?=[，、。；,;\n]|$|的|负责|制定|建立|组织)")  # 由市民政局牵头
_PROSE_START = re.compile(r"[，。；：！？\n（）]|由|建立")  # 建立由|市民政局牵头的机制
_IN_NAME = re.compile(r"（[^（）\n]{1,12}）")  # 各县（市、区）


def read_units(text: str) -> tuple[UnitSpan, ...]:
    """「单位段」 Every unit named in a responsibility clause, line or column."""
    return units_in(text, fold(text))


def units_in(text: str, flat: str) -> tuple[UnitSpan, ...]:
    """Units of a text whose folded form is at hand, as `read_units`."""
    first_leads = bool(_FIRST_LEADS.search(flat))
    spans: dict[int, UnitSpan] = {}
    taken: list[tuple[int, int]] = []
    for span in _labelled(text, flat, first_leads):
        spans[span.start] = span
    for found in _BRACKET.finditer(flat):
        inside = _in_bracket(text, flat, found.start("inside"), found.end("inside"), first_leads)
        if inside:
            taken.append(found.span())
        for span in inside:
            spans.setdefault(span.start, span)
    for span in _in_prose(text, flat, taken) + list(read_cells(text, flat, first_leads)):
        spans.setdefault(span.start, span)
    return _without_overlap(sorted(spans.values(), key=lambda span: span.start))


def first_named_leads(flat: str) -> bool:
    """「牵头」 The text says that of several units the first leads: 列第一位的为牵头单位，下同."""
    return bool(_FIRST_LEADS.search(flat))


def role_of(words: str) -> Role:
    """「责任」 The role that a verb or the title of a column gives."""
    if any(word in words for word in _LEAD):
        return "lead"
    return "support" if any(word in words for word in _SUPPORT) else "responsible"


def _without_overlap(spans: list[UnitSpan]) -> tuple[UnitSpan, ...]:
    kept: list[UnitSpan] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def _units(text: str, flat: str, start: int, end: int, role: Role) -> list[UnitSpan]:
    organs = organs_in(text[start:end], flat[start:end])
    named = [o for o in organs if not PERIOD.fullmatch(flat, start + o.start, start + o.end)]  # 〔市水务局，|持续推进〕
    return [UnitSpan(start + o.start, start + o.end, _marked(flat, start + o.start, role), o.name) for o in named]


def _marked(flat: str, at: int, role: Role) -> Role:
    """「责任」 Some lists mark the leading unit: *市水务局、市应急局."""
    return "lead" if role == "responsible" and flat[at - 1 : at] in _LEAD_MARKS and at else role


def _are_organs(flat: str, units: list[UnitSpan]) -> bool:
    return bool(units) and all(is_organ(flat[unit.start : unit.end]) for unit in units)


def _labelled(text: str, flat: str, first_leads: bool) -> list[UnitSpan]:
    spans: list[UnitSpan] = []
    for found in _LABEL.finditer(flat):
        listed = _LIST.match(flat, found.end(), found.end() + _LONGEST_LIST)
        end = listed.end() if listed else found.end()
        following = _NEXT_LABEL.search(flat, found.end(), end)
        end = following.start() if following else end
        units = [span for span in _units(text, flat, found.end(), end, role_of(found["label"])) if len(span.name) <= 40]
        if (found["is"] or not found["noun"]) and not _are_organs(flat, units):
            continue
        spans += _with_lead(units) if first_leads else units
    return spans


def _in_bracket(text: str, flat: str, start: int, end: int, first_leads: bool) -> list[UnitSpan]:
    if _LABEL.search(flat, start, end):
        return []
    spans: list[UnitSpan] = []
    at = start
    for found in _ROLE.finditer(flat, start, end):
        units = _units(text, flat, at, found.start(), role_of(found["does"]))
        if not _are_organs(flat, units):
            if not spans:
                return []
        else:
            spans += units
        at = found.end()
    if not spans and (flat[max(0, start - 2) : start - 1] in ("。", "\n", "") or flat[end + 1 : end + 2] in ("。", "\n", "")):
        return _bare_list(text, flat, start, end)
    return _with_lead(spans) if first_leads else spans


def _with_lead(spans: list[UnitSpan]) -> list[UnitSpan]:
    """「牵头」 Where the text says that the first named leads, and nobody else does."""
    if any(span.role != "responsible" for span in spans):
        return spans
    return [replace(span, role="lead") for span in spans[:1]] + spans[1:]


def _bare_list(text: str, flat: str, start: int, end: int) -> list[UnitSpan]:
    """「单位段」 At the end of a sentence, a bracket of nothing but units: responsible, though no verb says so."""
    dated = _DATED.search(flat, start, end)
    end_of_list = dated.start() if dated else end
    units = _units(text, flat, start, end_of_list, "responsible")
    if len(units) == 1 and not (_OF_A_LEVEL.match(flat, start, end) and flat[end + 1 : end + 2] in ("", "\n")):
        return []  # one name in a bracket explains a word, unless it ends the paragraph and is a unit beyond doubt
    return units if all(fills_a_cell(flat[unit.start : unit.end]) for unit in units) else []


def _in_prose(text: str, flat: str, taken: list[tuple[int, int]]) -> list[UnitSpan]:
    """「单位段」 In a sentence a unit counts only where 牵头 or 参与 stands right by it."""
    spans: list[UnitSpan] = []
    last_end = -1
    for found in _PROSE.finditer(flat):
        i = bisect_right(taken, (found.start(), len(flat))) - 1
        if i >= 0 and found.start() < taken[i][1]:
            continue
        start = _list_start(flat, found.start())
        if found["does"] in ("参与", "共同参与", "配合") and (last_end < 0 or not 0 <= start - last_end <= 1):
            continue
        units = _units(text, flat, start, found.start(), role_of(found["does"]))
        if _are_organs(flat, units) and all(len(unit.name) > 1 for unit in units):
            spans += units
            last_end = found.end() + (len("负责") if flat.startswith("负责", found.end()) else 0)
    return spans


def _list_start(flat: str, end: int) -> int:
    floor = start = max(0, end - 80)
    for found in _PROSE_START.finditer(_IN_NAME.sub(lambda bracket: "囗" * len(bracket.group()), flat[floor:end])):
        start = floor + found.end()
    for done in ("牵头、", "牵头，"):
        at = flat.rfind(done, start, end)
        start = at + len(done) if at >= 0 else start
    return start
