"""What a number counts or measures, in the document's words.

In: a `Figure` in its clause. Out: the name of the metric, a piece of the text.
"""

from __future__ import annotations

import re

from luoshi.compiler.figures import Figure
from luoshi.compiler.wording import Wording
from luoshi.lexicon.period import PERIOD

_NAME_ENDS = re.compile(r"[，。；、：（）！？\n,;]|(?=\d)|到基层|以上")
# 全年力争新引进|顶尖人才: what stands before the name
_OPENERS = re.compile(
    r"(?:[ \t、（）·:]|其中|并|力争|争取|确保|努力|全力|着力|大力|积极|加快|进一步|全面|加强|深入|扎实|稳步|分别|均|总体|累计|每年|今年|"
    r"要|将|使|让|把|为|对|在|全市|全省|全县|全区|各地|年内|推广|实现|完成|达到|培育|引进|打造|建设(?!用地|率|面积|项目|投资|规模)|建成|推进|实施|开展|安排|提供|布局|改造(?!率|面积)|治理(?!率|面积)|新建|争创|创建|"
    r"组织|发展|支持|推动|保持|提高|提升|逐步将|不断|切实|持续|继续|再|共|也|又|则|和|及|以及|与)+"
)
_KEEP_WHOLE = re.compile(r"新增|新引进")
_TRAILING = re.compile(
    r"(?:分别|均|都|总体|累计|各|再|要|应|力争|原则上|每年|年均|同比|就|也|约|达|共|计划|预计|整体|每人|每月|每户|由[\d.,]+[^，。；]{0,8}|拟|按|[ \t：:、的])+$"
)
_PER = re.compile(r"(亩|人|户|地|村|校|县|镇)均|每([百千万]?(?:人|户|名|常住人口|亩))")  # 亩均税收
_LONGEST = 60


def metric_of(wording: Wording, figure: Figure, listed: Figure | None, clause_start: int, clause_end: int) -> str:
    """「名称」 Before a number that measures (占比达到|53%), behind one that counts things (培育|8家百亿企业)."""
    flat = wording.flat
    floor = clause_start
    if listed and clause_start < listed.end and flat[listed.end : listed.end + 1] in ("、", "和", "及", "与", "（"):
        floor = listed.end
    before = _before(wording, floor, figure.begin)
    after = _after(wording, figure, clause_end)
    measures = figure.words.keys() & {"arriving", "rising", "falling", "comparator"} and "verb" not in figure.words
    if measures or figure.whole == "全覆盖":
        return before or after
    if "verb" in figure.words:
        return after or _before(wording, floor, figure.start) or before or figure.words["verb"]
    if before and figure.is_share and flat[figure.end : figure.end + 1] != "的":
        return before
    if not before or figure.is_share or flat[figure.begin - 1 : figure.begin] in ("为", "在"):
        return after or before
    return before if not after or len(after) < 2 else (after if _counts_onwards(flat, figure) else before)


def per_of(name: str) -> str | None:
    """「均」 亩 of 亩均投资强度."""
    found = _PER.search(name)
    return (found[1] or found[2]) if found else None


def _counts_onwards(flat: str, figure: Figure) -> bool:
    return flat[figure.end : figure.end + 1] not in ("，", "。", "；", "、", "（", "）", "\n", "")


def _before(wording: Wording, start: int, end: int) -> str:
    flat = wording.flat
    start = max(start, end - _LONGEST)
    cut = max(flat.rfind("。", start, end), flat.rfind("（其中", start, end) + 2 if "（其中" in flat[start:end] else -1)
    start = max(start, cut + 1)
    if "年" in flat[start:end] or "月" in flat[start:end]:
        for found in PERIOD.finditer(flat, start, end):
            start = found.end()
    opened = _OPENERS.match(flat, start, end)
    while opened and opened.end() > start and not _KEEP_WHOLE.match(flat, opened.start()):
        start = opened.end()
        opened = _OPENERS.match(flat, start, end)
    return _bare_noun(_TRAILING.sub("", wording.raw[start:end]))


def _after(wording: Wording, figure: Figure, clause_end: int) -> str:
    found = _NAME_ENDS.search(wording.flat, figure.end, min(clause_end, figure.end + _LONGEST))
    end = found.start() if found else min(clause_end, figure.end + _LONGEST)
    name = wording.raw[figure.end : end].strip(" \t的、和及与")
    if "的" in wording.raw[end:clause_end] and found and wording.flat[end : end + 1].isdigit():
        name = wording.raw[wording.raw.rindex("的", end, clause_end) + 1 : clause_end].strip()
    return name if figure.is_share else _bare_noun(name)


def _bare_noun(name: str) -> str:
    """「名称」 在有关领域有影响力的|企业: the thing itself."""
    head, sep, noun = name.rpartition("的")
    return noun if sep and len(noun) >= 2 and not head.endswith("占") and not noun.endswith(("比例", "占比", "比重", "比率")) else name
