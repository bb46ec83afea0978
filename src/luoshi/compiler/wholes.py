"""Numbers written without digits: 全覆盖, 全部, 一半, 七成, 三分之二, 三百名. Which are promises?

In: a `Figure` read from such words. Out: the reason why it promises nothing here, or None; unread where a person must look.
"""

from __future__ import annotations

import re

from luoshi.compiler.figures import Figure
from luoshi.compiler.refusals import Refusal, Sorted, is_past, is_slogan, refusal_of
from luoshi.compiler.wording import Wording
from luoshi.lexicon.verb import OPENED

# 全部|上线
_DONE = re.compile(
    r"纳入|完成|上线|建成|实现|消除|达标|接入|取消|投用|投产|开工|落实|落地|整改|销号|清零|开展|覆盖|公开|入驻|关停|退出|"
    r"淘汰|打通|办理|可|向|按|由|通|稳定|摘帽|脱贫|解决|开放|清理|拆除|关闭|完工|竣工|交付|下放|进驻|配备|配齐|设立|建立|"
    r"整治|治理|到位|兑现|签约|网上|实行|推行|达到|交验|验收|启用|复工|复产|贯通|启动|移交|发放|清退|清偿|结清|化解|更换|改造完|安装|"
    r"通过|通车|供|回收|归集|搬迁|出清|转产|培训|轮训|轮换|备案|核实|入库|联网|并网|运行|运营|封顶|腾退|退役|替换|迁出|办结|用于|恢复|达成|"
    r"提供|具备|加装|更新|升级"
)
_SUBJECT = re.compile(r"[^，。；\n]{2,40}?(?:均|都|应|要|须|实现|完成|达到|纳入|建成|开展)")  # 全部|乡镇均设立
_BESIDE = frozenset(("falling", "rising", "arriving", "comparator"))
_SOFT_ONLY = frozenset("类种个项条件支")
# 三个|方面: a division of the work, no amount of it
_ABSTRACT = re.compile(
    r"(?:关键|重大|主要|重要|基本|核心|重点)?(?:方面|维度|市场|层面|环节|问题|转变|能力|体系|领域|阶段|确保|健全|坚持|统筹|清单|责任|一|文明|循环|"
    r"结合|融合|为主|优势|定位|改革|制度|机制|任务|原则|要求|规定|实事|事[：，。；、\n]|民生|大事|好事|主线|红线|底线|战役|攻坚|关系|意识|自信|维护|"
    r"抓手|支撑|重点|目标|导向|渠道|资源|大局|“|轮驱动|方式|途径|角度|工作|举措|保障|专项|攻势|战略|网|队伍|表|效益|账)"
)
_SET_APART = re.compile(r"(?:分为|分成|包括|下设|上述|以下|下列|如下|共有|共|这|前|后|的|其中|有)$")  # 分为|三类
# 新建水闸|三座: something is made, in so many pieces
_MADE = re.compile(r"新增|新建|建成|建设|培育|引进|创建|打造|组建|新设|改造|整治|打通|修建|开通|新开|增开|开行|开辟|铺设|"
                   r"敷设|布局|制定|修订|出台|举办")
_EXISTING = re.compile(r"(?:现有|原有|既有|已[^，。；、]{1,8}的)[^，。；]{1,20}$")  # 现有危桥|全部改造
_TEN = 10
_CLAUSE_ENDS = frozenset("，。；、）\n,;（ \t和及")


def refusal_of_whole(wording: Wording, figure: Figure, previous: Sorted | None, after: Figure | None) -> Refusal | None:
    """「全量」 全覆盖 is always a promise, 全部 where something is then done, 一半 and half a month beside a verb, a spelled
    count where a verb, a comparator or its place at the end of its clause makes it one. after: the next number."""
    if is_slogan(wording, figure.start):
        return "slogan"
    if figure.how in ("count", "soft", "vague"):
        return _refusal_of_count(wording, figure, after)
    clause_start, _ = wording.clause(figure.start)
    _, before = wording.before(figure.start)
    tenses = wording.tenses
    existing = figure.whole == "全部" and _EXISTING.search(before)
    done = (not existing and tenses.is_done(clause_start, figure.start)) or tenses.is_retold(figure.start)
    if done or before.endswith(("尚未", "未")) or (figure.whole != "全部" and is_past(wording, figure.start)):
        return "past"  # 2020年购置的车辆|全部接入: the year belongs to the things
    if not figure.exact:
        return "unread"
    if figure.whole == "全覆盖" or figure.whole.startswith(("百分之", "千分之", "翻")):
        return None
    if figure.whole == "全部":
        counted = previous is not None and previous[1] is None and previous[0].start >= clause_start
        return "name" if counted or not _is_done(wording.flat, figure, before) else None  # 20个村|全部达标: read as 20
    if figure.words.keys() & _BESIDE or figure.words.get("verb") == "完成" or figure.tail or before.endswith(("、", "和")):
        return None
    return "unread" if figure.how == "share" and not figure.whole.startswith("一") else "name"


def _is_done(flat: str, figure: Figure, before: str) -> bool:
    if _DONE.match(flat, figure.end) or before.endswith(("实现", "做到", "应", "须")):
        return True
    return not before.strip() and bool(_SUBJECT.match(flat, figure.end))


def _refusal_of_count(wording: Wording, figure: Figure, after: Figure | None) -> Refusal | None:
    """「数目」 三百名: judged like 300名 where something beside it says that it is meant."""
    flat, end = wording.flat, figure.end
    _, before = wording.before(figure.start)
    if _SET_APART.search(before[-4:]) or _ABSTRACT.match(flat, end):
        return "name"
    if figure.how == "vague":
        return "past" if is_past(wording, figure.start) else "unread"
    beside = figure.words.keys() - {"passing"}
    if figure.whole[0] in "百千" and not figure.tail and flat[end : end + 1] not in _CLAUSE_ENDS:
        return "name" if not beside else "unread"  # 千吨万人水厂
    meant = _is_meant(wording, figure, before, beside)
    if not meant:
        quiet = figure.how == "soft" or figure.value == 1
        return "name" if quiet else "past" if is_past(wording, figure.start) else "unread"
    return refusal_of(wording, figure, after)


def _is_meant(wording: Wording, figure: Figure, before: str, beside: set[str]) -> bool:
    flat, end = wording.flat, figure.end
    if beside & _BESIDE:
        return figure.how == "count" or figure.value > 1 or bool(beside & {"comparator"})
    ends = flat[end : end + 1] in _CLAUSE_ENDS or end == len(flat)
    if figure.value == 1 and figure.unit[0] not in "万亿":
        return figure.how == "count" and ("verb" in beside or (ends and bool(before)))
    if beside or figure.tail:
        return True
    if figure.how == "soft":
        return ends and len(before) > 3 and (figure.unit not in _SOFT_ONLY or figure.value >= _TEN or bool(_MADE.search(before)))
    return (ends and bool(before)) or bool(OPENED.search(flat, end, min(end + 40, wording.clause(end)[1])))
