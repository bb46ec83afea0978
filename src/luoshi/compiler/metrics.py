"""What a number counts or measures, in the document's words.

In: a `Figure` in its clause. Out: the name of the metric, a piece of the text.
"""

from __future__ import annotations

import re

from luoshi.compiler.figures import Figure
from luoshi.compiler.wording import Wording
from luoshi.lexicon.period import PERIOD

_NAME_ENDS = re.compile(r"[，。；、：（）！？\n,;]|(?=\d)|以上")  # 9家龙头企业|，
# 全年力争新引进|顶尖人才: what stands before the name
_OPENERS = re.compile(
    r"(?:[ \t、（）·:]|[一二三四五六七八九十]+[、是]|其中|并|力争|争取|确保|努力|全力|着力|大力|积极|加快|进一步|全面|加强|"
    r"深入|扎实|稳步|分别|均|总体|累计|每年|今年|"
    r"要|将|使|让|把|为|对|在(?![园校册建库职])|全[市省县区国](?=实现|完成|安排|新增|培育|建成|引进|建设|推广|发展|打造|累计)|各地|年内|推广|实现|完成|达到|培育|引进|打造|建设(?!用地|率|面积|项目|投资|规模)|"
    r"建成(?!区)|推进|实施|开展|安排|提供|布局|改造(?!率|面积)|治理(?!率|面积)|新建|争创|创建|"
    r"组织|发展|支持|推动|保持|提高|提升|逐步将|不断|切实|持续|继续|再|共|也|又|则|和|及|以及|与)+"
)
_KEEP_WHOLE = re.compile(r"新增|新引进")  # 新增学位: no verb to be cut off
# 覆盖率|分别
_TRAILING = re.compile(
    r"(?:分别|均|都|总体|累计|各|再|要|应|力争|原则上|每年|年均|同比|就|也|约|达|共|计划|预计|整体|每人|每月|每户|拟|按|"
    r"[由从][^，。；\d]{0,6}[\d.,]+[^，。；]{0,8}|[ \t：:、的])+$"
)
# 中小学生|开展心理测评: what the counted ones then do
_ACTS = re.compile(r"(?:免费|就近)?(?:开展|提供|安装|改善|参加|赴|实施|进行|享受|完成|纳入|接受|提档|提质|到(?!位|期)|建设(?=供|运))")
_PER = re.compile(r"(亩|人|户|地|村|校|县|镇)均|每([百千万]?(?:人|户|名|常住人口|亩))")  # 亩均税收
_LEADING_IN = ("为", "在", "对", "向", "给", "让", "使", "到", "赴", "依托", "、", "和", "及", "与")  # 为200名老人
_LONGEST = 60


def metric_of(wording: Wording, figure: Figure, listed: Figure | None, clause_start: int, clause_end: int) -> str:
    """「名称」 Before a number that measures (占比达到|53%), behind one that counts things (培育|9家龙头企业)."""
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
    led = not before or figure.is_share or flat[figure.begin - 1 : figure.begin] in _LEADING_IN
    return (after or before) if led else (before or after)


def per_of(name: str) -> str | None:
    """「均」 亩 of 亩均投资强度."""
    found = _PER.search(name)
    return (found[1] or found[2]) if found else None


def _before(wording: Wording, start: int, end: int) -> str:
    flat = wording.flat
    start = max(start, end - _LONGEST)
    cut = max(flat.rfind("。", start, end), flat.rfind("（其中", start, end) + 2 if "（其中" in flat[start:end] else -1)
    start = max(start, cut + 1)
    if any(sign in flat[start:end] for sign in "年月前"):
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
    if figure.is_share:
        return name
    acts = _ACTS.search(name, 2)
    return _bare_noun(name[: acts.start()] if acts else name)


def _bare_noun(name: str) -> str:
    """「名称」 在有关领域有影响力的|企业: the thing itself."""
    head, sep, noun = name.rpartition("的")
    return noun if sep and len(noun) >= 2 and not head.endswith("占") and not noun.endswith(("比例", "占比", "比重", "比率")) else name
