"""Words that promise a number without writing one: 全覆盖, 全部, 一半.

In: a `Figure` read from such a word. Out: the reason why it promises nothing here, or None.
"""

from __future__ import annotations

import re

from luoshi.compiler.figures import Figure
from luoshi.compiler.refusals import Refusal, Sorted, is_past, is_slogan
from luoshi.compiler.wording import Wording

# 全部|上线
_DONE = re.compile(
    r"纳入|完成|上线|建成|实现|消除|达标|接入|取消|投用|投产|开工|落实|落地|整改|销号|清零|开展|覆盖|公开|入驻|关停|退出|"
    r"淘汰|打通|办理|可|向|按|由|通|稳定|摘帽|脱贫|解决|开放|清理|拆除|关闭|完工|竣工|交付|下放|进驻|配备|配齐|设立|建立|"
    r"整治|治理|到位|兑现|签约|网上|实行|推行|达到"
)
_SUBJECT = re.compile(r"[^，。；\n]{2,40}?(?:均|都|应|要|须|实现|完成|达到|纳入|建成|开展)")  # 全部|乡镇均设立
_BESIDE = frozenset(("falling", "rising", "arriving", "comparator"))


def refusal_of_whole(wording: Wording, figure: Figure, previous: Sorted | None) -> Refusal | None:
    """「全量」 全覆盖 is always a promise, 全部 where something is then done, 一半 and half a month beside a verb."""
    if is_slogan(wording, figure.start):
        return "slogan"
    clause_start, _ = wording.clause(figure.start)
    _, before = wording.before(figure.start)
    if is_past(before) or before.endswith(("尚未", "未")):
        return "past"
    if figure.whole == "全覆盖" or figure.whole.startswith("百分之"):
        return None
    if figure.whole == "全部":
        counted = previous is not None and previous[1] is None and previous[0].start >= clause_start
        return "name" if counted or not _is_done(wording.flat, figure, before) else None  # 20个村|全部达标: read as 20
    return None if figure.words.keys() & _BESIDE or figure.tail or before.endswith(("、", "和")) else "name"


def _is_done(flat: str, figure: Figure, before: str) -> bool:
    if _DONE.match(flat, figure.end) or before.endswith(("实现", "做到", "应", "须")):
        return True
    return not before.strip() and bool(_SUBJECT.match(flat, figure.end))
