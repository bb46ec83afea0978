"""Quantities written without digits: 三百名, 两所, 翻一番, 七成, 百分之八十, 四分之三, 半数以上, 全覆盖.

In: folded text. Out: the pattern `WORDED`, and for a match of it a `Spelled`. Idioms (一批, 一流, 五位一体) are not matched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from luoshi.lexicon.numeral import parse_numeral

_ONES = "一二两三四五六七八九"
# Things one can count on the ground: 两所学校 is a number wherever it stands.
_FIRM = (
    "个百分点|百分点|个床位|个学位|个车位|个泊位|平方公里|平方米|立方米|公里|公顷|学时|课时|人次|场次|台套|家(?![庭具电渠畜])|"
    "名(?![额单称词牌师校城镇人义优下])|户(?![籍外型])|座(?![谈位])|所(?![有需属得在])|处(?![理置室于级长罚])|台(?![账州湾山县阶])|"
    "套(?!班|路|餐)|辆|栋|幢|艘|间(?!接|隔)|亩(?!均)|吨|万元|亿元|美元|番|倍(?!增)"
)
# Counters that also hold together slogans and divisions: 三项制度, 四个方面. Read only with a verb or a comparator.
_SOFT = (
    "个工作日|个小时|个月(?!内.?薪)|小时|分钟|工作日|天(?![然气空下堑])|岁|项(?!链)|条(?![例款件])|件|支(?![持出付部撑])|张|只|场(?![所馆地景])|"
    "种(?![植子业粮养])|类(?![别型])|位(?!一体|数|于|居)|人(?![均才口大民工力居社员])|个|例(?!如|外)|宗(?!旨|教)|轮|次(?![数日年生])|篇|部(?![门分队委属署位级])|片(?!区)"
)
_TAILS = "以上|以下|以内|左右|之内|及以上"
# No word can start anywhere else: the engine need not try every alternative at every character.
_FIRST = f"全半过百千万亿数几上成翻十{_ONES}"
WORDED = re.compile(
    rf"(?=[{_FIRST}])(?:(?P<more>过半)(?![百年])|全覆盖|全部(?!门)|(?P<doubled>翻(?:番|倍))"  # 行政村全覆盖 · 全部上线 · 产值翻番
    rf"|(?:一半|半数)(?P<half>以上)?|半(?P<short>个月|年|天|小时)"  # 压缩一半以上 · 半数以上 · 减至半个月
    rf"|(?P<of>[百千{_ONES}十]{{1,3}})分之(?P<share>[〇零{_ONES}十百点]+|\d+(?:\.\d+)?)(?P<tail1>{_TAILS})?"  # 百分之九十五 · 四分之三以上
    rf"|(?P<tenths>[{_ONES}])成(?P<rest>半|五)?(?![立为本果员功效都熟长不语分型套活因品年])(?P<tail2>{_TAILS})?"  # 不低于七成
    rf"|(?P<vague>[数几上成][十百千万亿]{{1,2}}|[十百千万亿]{{1,2}}(?=[多余几](?:[万亿]|{_FIRM})))[多余几]?"  # 数百|家 · 上百|家
    rf"(?P<vagueunit>[万亿]*(?:{_FIRM}|[个项件条场人]))"
    rf"|(?P<count>(?:[{_ONES}]|十|[百千](?=[万亿]*(?:{_FIRM}|项|个|件|条|场)))[〇零{_ONES}十百千]{{0,8}})[多余]?"  # 三百名 · 一万场 · 百项
    rf"(?P<unit>[万亿]*(?:(?P<firm>{_FIRM})|{_SOFT}))(?P<tail3>{_TAILS})?)"
)
# 第|三条 · 统|一个 · 数|十家: the numeral belongs to the word before it
_BOUND_BEFORE = frozenset("第初数几每这那各其某上下头同另任统唯归合专单划逐万亿百千十多之不〇零一二两三四五六七八九0123456789.")
_DENOMINATORS = {"百": "%", "千": "‰"}


@dataclass(frozen=True, slots=True)
class Spelled:
    """「词写数」 value is None where the number cannot be written exactly (三分之二): nearly is its rounded value. kind: whole, share,
    count, soft (a count whose counter is also used of divisions), or vague (数百家: no number at all)."""

    value: Decimal | None
    unit: str
    tail: str
    kind: str
    nearly: Decimal = Decimal(0)


def spelled(found: re.Match[str], flat: str) -> Spelled | None:
    """What a match of `WORDED` says; None where its numeral belongs to another word."""
    if found["count"]:
        if flat[found.start() - 1 : found.start()] in _BOUND_BEFORE and found.start():
            return None
        if found["count"] == "二":
            return None  # 二次, 二类: an ordinal; of things one writes 两
        kind = "count" if found["firm"] else "soft"
        return Spelled(parse_numeral(found["count"]), found["unit"], found["tail3"] or "", kind)
    if found["vague"]:
        return Spelled(None, found["vagueunit"], "", "vague")
    if found["of"]:
        return _fraction(found)
    if found["tenths"]:
        value = parse_numeral(found["tenths"]) * 10 + (5 if found["rest"] else 0)
        return Spelled(value, "%", found["tail2"] or "", "share")
    if found["doubled"]:
        return Spelled(Decimal(1), found["doubled"][1], "", "whole")
    if found["short"]:
        return Spelled(Decimal("0.5"), found["short"], "", "whole")
    if found["more"]:
        return Spelled(Decimal(50), "%", "过半", "whole")
    if found.group().startswith(("一半", "半数")):
        return Spelled(Decimal(50), "%", found["half"] or "", "whole")
    return Spelled(Decimal(100), "%", "", "whole")


def _fraction(found: re.Match[str]) -> Spelled:
    """百分之九十五 is 95 %, 四分之三 is 75 %, 三分之二 is no finite number of percent."""
    share = _decimal(found["share"])
    if found["of"] in _DENOMINATORS:
        return Spelled(share, _DENOMINATORS[found["of"]], found["tail1"] or "", "whole")
    below = parse_numeral(found["of"])
    exact = below and share * 100 % below == 0
    percent = share * 100 / below if below else Decimal(0)
    return Spelled(percent if exact else None, "%", found["tail1"] or "", "share", percent.quantize(Decimal("0.01")))


def _decimal(written: str) -> Decimal:
    """九十五点三 is 95.3."""
    whole, _, part = written.partition("点")
    value = parse_numeral(whole) if whole else Decimal(0)
    if not part or set(part) & set("十百"):
        return value
    return value + parse_numeral(part).scaleb(-len(part))
