"""Why a number is not a promise.

In: a `Figure` and its surroundings. Out: the reason as `Refusal`, or None where it is a promise.
"""

from __future__ import annotations

import re
from typing import Literal

from luoshi.compiler.figures import Figure
from luoshi.compiler.wording import Wording

Refusal = Literal["date", "name", "ordinal", "condition", "slogan", "past", "base", "formula", "places", "period", "rate", "unread"]
Sorted = tuple[Figure, Refusal | None]

_SHORT_QUOTE = 40  # a longer quotation is text, not a name


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_TIME = _words("年 个月 月 天 日 周 小时 个小时 分钟 秒 工作日 个工作日 自然日 个自然日 个季度")
# Units that begin many other words: taken only with a verb or a comparator beside the number.
_CAUTIOUS = _words("级 岁 周岁 倍 成 分 度 期 批 届 次 班 位 口 点 单 对 组 里 方 斤 瓦 门 列 部 站 片 支 队 段 P")
# of the cautious ones, those that count things where they end a clause: 加装电梯300|部，
_ALSO_THINGS = _words("部 班 支 队 批 组 列 口 段")
_CLAUSE_ENDS = frozenset(("", *"，。；、）|\n\t"))
_COUNTERS = _words("个 家 名 人 位 户 项 件 条 座 所 处 台 套 辆 栋 间 场 人次 次 支 种 类 例 宗 起 篇 %")
_NUMBERING = re.compile(r"[ \t]*[.、．)）：:]|[-—]\d")  # 3、
_NAME_AFTER = re.compile(  # 5|人制 is read as 5 人, then 制
    r"[A-Za-z]|升级|制(?!定)|型|版|级(?!以上)|号|届|代|维|街区|路|#|周年|热线|大(?![型中量])|强(?!化)|学时制"
)
_ORDINALS = re.compile(r"第\d+(?:[、和及至—-]\d*)*$")  # 第3、|7项
_JOINS_ORDINALS = frozenset("、和及至—-")
_HAN = re.compile(r"[一-鿿]")  # 的
_PLACES = re.compile(r"(?:在|对|围绕|选择|支持|推动|以)[^，。；]{0,60}$")  # 在山区等
_SOME_OF = re.compile(r"的|(?:县|市|区|村|镇|乡|断面|点位|站点|街道)[^，。；、]{2,}")  # 镇|的公交站 · 断面|水质: what belongs to the places
_PLACE_NOUN = re.compile(  # 重点县
    r"[^，。；、\d]{0,8}?(?:县|市|区|村|镇|乡|街道|地区|省份|领域|方面|行业|国家|部门|单位|环节)"
)
_DESCRIBED = ("分为", "分成", "包括", "下设", "上述", "共有", "这", "仅")
_SERVED = re.compile(  # 3个工作日内|办结
    r"[^，。；\n]{0,6}(?:办结|完成|办理|答复|反馈|送达|审结|处置|响应|到达|出具|受理|拨付)"
)
_RAISED_LATER = re.compile(  # 由70%|提高到90%
    r"[^，。；\d]{0,6}(?:提高|提升|增加|增长|下降|降低|减少|压缩|缩短|扩大|上升|调整|压减|精简|降|增|减)[到至为]"
)
_FROM = re.compile(r"(?:[由从][^，。；\d]{0,8}|的)$")  # 由法定|20个工作日
_CIRCLE = re.compile(r"[^，。；\n]{0,12}圈")  # 1小时|通勤圈
_LIFE = re.compile(r"(?:寿命|平均年龄)[^，。；、]{0,6}$")  # 人均预期寿命超过|80岁
# 每户给予|2万元 · 按每人|600元标准发放 · 补助标准为|5000元: what one of them gets
_RATE = re.compile(
    r"(?:给予|予以|奖励其|补贴标准|补助标准|奖励标准|奖补标准|津贴标准|筹资标准|缴费标准|标准[为是]?)[^，。；、\n]{0,14}$"
    r"|对[^，。；、\n]{2,30}(?:奖补|奖励|补助|补贴|资助)$"
    r"|每(?:人|户|亩|张|家|个|台|辆|名|位|头|吨|件|项)(?:每[年月天日])?(?:给予|补助|补贴|奖励|奖补|发放|[^，。；、\n\d]{0,4}标准)?$"
)
_RATE_AFTER = re.compile(r"(?:的?标准|[^，。；、\n\d]{0,8}(?:补助|补贴|奖励|奖补|资助|津贴|补偿|贴息|安家费|奖金|券))")  # 2万元|一次性奖励
_EACH = re.compile(r"(?:每[人户亩张家个台辆名位头吨件项]|给予|予以|最高|按)[^。；\n\d]{0,20}$")  # 按每人每月|
_PAID = re.compile(r"[^，。；\n\d]{0,12}(?:发放|给予|补助|补贴|奖励|奖补|资助)|[^。；\n\d]{0,4}的?标准")
_DIRECT = re.compile(r"(?:即时)?(?:办结|审结|办理完毕|答复|响应|送达)")  # 1个工作日|办结
# 10件|民生实事 · 三件|事：the size of the list itself
_LIST_SIZE = re.compile(r"(?:省级?|市级?|区级?|县级?|民生|为民|惠民|便民|办?重点|办)*(?:实事|大事|要事)|事(?=[：，。；、\n]|$)")
_MOVES = frozenset(("falling", "arriving", "comparator", "rising"))


def refusal_of(wording: Wording, figure: Figure, after: Figure | None) -> Refusal | None:
    """「不取」 The reason why a number is no promise; None where it is one. after: the next number of the text."""
    flat = wording.flat
    named = _named(wording, figure)
    if named:
        return named
    _, before = wording.before(figure.start)
    if not figure.unit and not _is_index(flat, figure, before):
        return _without_unit(flat, figure)
    if _RAISED_LATER.match(flat, figure.end) and _FROM.search(before[-12:]):
        return "base"
    if is_past(wording, figure.start):
        return "past"
    if before.endswith(_DESCRIBED):
        return "name"
    if figure.unit.endswith("元") and _is_rate(wording, figure, before):
        return "rate"
    if flat.startswith("的，", figure.end) and figure.words.keys() & {"comparator", "arriving"}:
        return "condition"  # 投资超过5亿元的，
    if figure.unit in _TIME or figure.unit in _CAUTIOUS:
        reason = _doubtful(flat, figure, before)
        if reason == "unread" and _is_condition(flat, figure, before):
            return "condition"
        if reason != "keep" or figure.unit in _TIME:
            return None if reason == "keep" else reason
    if _is_condition(flat, figure, before):
        return "condition"
    return "places" if _is_place_count(wording, figure, before, after) else None


def is_past(wording: Wording, at: int) -> bool:
    """「已完成」 A number reports what was done: its clause says so, its sentence, or its paragraph."""
    tenses = wording.tenses
    return tenses.is_done(wording.clause(at)[0], at) or tenses.is_past(wording.sentence(at)[0], at) or tenses.is_retold(at)


def is_slogan(wording: Wording, at: int) -> bool:
    """「口号」 In short quotation marks stand names and slogans: “四个1”."""
    quoted = wording.quoted(at)
    if quoted is None or quoted[1] - quoted[0] >= _SHORT_QUOTE:
        return False
    return wording.flat[quoted[0]] not in "〔【" or wording.flat[quoted[0] + 1 : quoted[1]].isdigit()  # 〔2021〕, but no remark


def _named(wording: Wording, figure: Figure) -> Refusal | None:
    flat, start, end = wording.flat, figure.start, figure.end
    last = flat[start - 1 : start]
    if last and ((last.isascii() and last.isalpha()) or last in "-_."):
        return "name"
    if last == "第" or (last == "前" and flat[start - 2 : start] not in ("提前", "以前", "目前")):
        return "ordinal"
    if last in _JOINS_ORDINALS and _ORDINALS.search(flat, max(0, start - 12), start):
        return "ordinal"
    if (last and last in "*×/+=") or flat[end : end + 1] in ("*", "×", "+"):
        return "formula"
    if is_slogan(wording, start) or flat[start - 2 : start] == "（共":
        return "slogan"
    if figure.unit in ("件", "项") and _LIST_SIZE.match(flat, end):
        return "slogan"
    if figure.unit != "%" and _NAME_AFTER.match(flat, end):
        return "name"
    if figure.unit in ("年", "月", "日") and (figure.value > 1900 or last in ("年", "月")):
        return "date"
    if flat[figure.begin - 1 : figure.begin] == "每" and figure.begin < start:
        return "base"  # 每增加1000万元
    if last == "近" and flat[start - 2 : start] != "接近" and figure.unit in ("年", "个月", "天", "届", "期"):
        return "base"  # 近|3年
    return "base" if last == "每" else None


def _is_rate(wording: Wording, figure: Figure, before: str) -> bool:
    """「标准」 What each of them gets is no amount that is promised: 每户补助2万元, but 发放补贴2万元 is."""
    flat = wording.flat
    if _RATE.search(before) or (figure.words.get("comparator") == "最高" and _RATE_AFTER.match(flat, figure.end)):
        return True
    return bool(_EACH.search(before)) and bool(_PAID.match(flat, figure.end))


def _is_index(flat: str, figure: Figure, before: str) -> bool:
    """「指数」 A measure without a unit, known by the words around it: 死亡率控制在|0.05以内."""
    reached = len(figure.words.get("arriving", "")) > 1 or "comparator" in figure.words
    ends = flat[figure.end : figure.end + 1] in _CLAUSE_ENDS
    return reached and ends and bool(before.strip()) and (bool(figure.tail) or figure.value != int(figure.value))


def _without_unit(flat: str, figure: Figure) -> Refusal:
    start, end = figure.start, figure.end
    lead = flat[flat.rfind("\n", 0, start) + 1 : start].strip(" \t（(")
    last, follow = flat[start - 1 : start], flat[end : end + 1]
    if (last == "（" and follow == "）") or flat[max(0, start - 2) : start] in ("附件", "附表", "附图", "专栏"):
        return "ordinal"
    if last in ("［", "[", "【"):
        return "name"
    if not lead and (_NUMBERING.match(flat, end) or follow in ("\n", "", "）", " ", "\t")):
        return "ordinal"
    if follow in ("年", "月", "日", "号", "时"):
        return "date"
    if end - start >= 5 and "," not in flat[start:end]:
        return "name"  # a telephone or file number
    return "ordinal" if _NUMBERING.match(flat, end) and last in "。；：:）\n 】" else "unread"


def _doubtful(flat: str, figure: Figure, before: str) -> Refusal | Literal["keep"]:
    """「存疑」 Lengths of time and units that begin other words: kept where the words beside them promise something."""
    beside = figure.words.keys() - {"passing"}
    if figure.unit in ("岁", "周岁"):
        return "keep" if beside & {"arriving", "rising", "falling"} or _LIFE.search(before[-12:]) else "condition"
    if figure.unit == "级":
        return "keep" if beside & _MOVES and not _HAN.match(flat, figure.end) else "name"  # 二级以上|医院
    if figure.unit in _CAUTIOUS:
        ends = flat[figure.end : figure.end + 1] in _CLAUSE_ENDS and bool(_HAN.match(before[-1:])) and figure.unit in _ALSO_THINGS
        return "keep" if beside or figure.tail or ends else "unread"
    if figure.unit == "年":
        return "keep" if "falling" in beside or figure.words.get("arriving", "").endswith(("至", "到")) else "period"
    if _CIRCLE.match(flat, figure.end) and not beside & _MOVES:
        return "slogan"
    if figure.tail and before and flat[figure.end : figure.end + 1] in _CLAUSE_ENDS and figure.unit.endswith(("小时", "分钟", "天", "工作日")):
        return "keep"  # 出口通关|1.5小时以内。
    if figure.unit.endswith("工作日") and _DIRECT.match(flat, figure.end):
        return "keep"
    if beside & _MOVES or (figure.tail in ("内", "以内", "之内") and _SERVED.match(flat, figure.end)):
        return "keep"
    if before.endswith(("时间", "时限", "用时", "时长", "天数", "年限", "周期", "、", "和")) or (figure.value2 is not None and figure.tail):
        return "keep"
    return "unread"


def _is_condition(flat: str, figure: Figure, before: str) -> bool:
    """「条件」 投资10亿元以上的项目: it says which projects, not how much is promised."""
    start_of_thing = figure.end - figure.tail.endswith("的")
    follow = flat[start_of_thing : start_of_thing + 2]
    limits = figure.op in (">", "<") or (figure.tail and before.lstrip().startswith("对"))
    if limits and len(follow) > 1 and follow[0] == "的" and _HAN.match(follow[1]):
        return True  # 收入低于8000元|的家庭 · 对用工10人以上|的企业
    if figure.tail and "/" in figure.unit and figure.words.keys() <= {"passing", "verb"} and _HAN.match(follow):
        return True  # 淘汰10蒸吨/小时以下|锅炉
    if not figure.tail or figure.tail in ("左右", "上下") or figure.words.keys() - {"passing"} or figure.is_share:
        return False
    follow = flat[figure.end : figure.end + 1]
    if follow.isdigit() and figure.value2 is None:
        return True  # 10亿元以上|15个: which of them, then how many
    if not _HAN.match(follow):
        return False
    if figure.unit.lstrip("十百千万亿") in _COUNTERS:
        return follow == "的" and bool(before) and not before.endswith(("为", "、"))
    return True


def _is_place_count(wording: Wording, figure: Figure, before: str, after: Figure | None) -> bool:
    """「范围」 在8个县建设基地6万亩: the count of places, when the task's own quantity follows."""
    if after is None or not after.unit or after.start >= wording.clause(figure.start)[1]:
        return False
    if after.whole == "全部" and _SOME_OF.search(wording.flat[figure.end : after.start]) and not figure.words.keys() - {"passing"}:
        return True  # 15个镇的公交站|全部改造 · 4个断面水质|全部达标
    if figure.unit != "个":
        return False
    return bool(_PLACES.search(before)) and bool(_PLACE_NOUN.match(wording.flat, figure.end))
