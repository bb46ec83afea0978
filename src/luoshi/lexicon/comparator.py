"""Words beside a number that compare it or say which way it moves.

In: the words. Out: comparator `Op` as written, direction `Mode`, and the proposal for what fulfils, `Judged`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

Op = Literal["=", ">=", ">", "<=", "<", "~", "range"]
Mode = Literal["level", "increase", "decrease"]
Judged = Literal["at_least", "at_most", "band", "exact"]


def _table(**rows: str) -> dict[str, str]:
    return {word: kind for kind, words in rows.items() for word in words.split()}


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_OPS: dict[str, Op] = {"least": ">=", "over": ">", "most": "<=", "under": "<", "about": "~"}

# what stands before the number: 不少于60台
BEFORE = _table(
    least="不少于 不低于 不得低于 不得少于 不应低于 不应少于 不小于 至少 最少 不短于 ≥ >= 不能低于 不能少于 大于等于 不低 高于等于 保底",
    over="超过 超 突破 大于 高于 多于 > 逾 超出 越过 迈过 跨过 冲刺 站上 跨越",
    most="不超过 不超 不高于 不得超过 不得高于 不大于 不多于 不得多于 至多 最多 最高 最长 最高不超过 最长不超过 ≤ <= 不能超过 "
    "不应超过 小于等于 不得大于 原则上不超过",
    under="低于 小于 少于 < 短于",
    about="约 大约 约为 大致 接近 近",
)
# what stands after it: 30个左右
AFTER = _table(
    least="以上 及以上 或以上 之上 以上的",
    over="过半",
    most="以内 以下 及以下 之内 内 或以下 之下",
    about="左右 上下",
)
# 增长7.5%: it moves from where it was
RISING = _words(
    "增长 同比增长 年均增长 平均增长 上涨 涨幅 增幅 增速 提高 提升 增加 扩招 递增 年均递增 增高 上升 净增长 翻 增收 扩大 增效 升高 "
    "回升 增速为 涨幅为 增幅为 年增长 再增长 再提高 再提升"
)
FALLING = _words(
    "下降 降低 减少 压减 压缩 缩短 削减 降幅 同比下降 年均下降 累计下降 精简 缩减 减幅 递减 调减 收窄 下调 压降 减 降 缩小 再降低 再压缩 减排"
)
# 提高到90%: it arrives, wherever it was
_ARRIVE = (
    "达到 达 至 到 为 控制在 稳定在 保持在 维持在 达至 增至 升至 降至 减至 增加至 增加到 提升至 提升到 提高至 提高到 扩大到 扩大至 缩小到 缩小至 "
    "上升到 上升至 下降到 下降至 降低到 降低至 压缩到 压缩至 压减到 压减至 缩短到 缩短至 缩减至 减少到 减少至 精简至 精简到 增长到 "
    "增长至 收窄至 收窄到 降到 减到 放宽至 延长至 扩展到 拓展到 拓展至 扩展至 恢复到 恢复至 保持 稳定 控制 控制到 发展到 发展至 "
    "壮大到 累计达到 累计达 超额达到 提至 调减至 压至 压到 稳定到 稳定达到 分别达到 均达到 实现 总量达到 总数达到 调整为 缩短为 压缩为 精简为 "
    "减少为 提高为 降低为 降为 调整至 是 "
    "占"
)
ARRIVING = _words(_ARRIVE) | {way + to for way in RISING | FALLING for to in "到至为" if len(way) > 1}
_LESS_IS_BETTER = ("失业率", "发生率", "死亡率", "排放量", "能耗", "浓度", "时限", "办理时间", "审批时间", "劣五类水体比例")
_TO_LESS = ("下降", "降", "减", "压", "缩", "精简", "控制", "收窄")


def comparator_before(word: str) -> Op | None:
    """「比较」 The comparator a word before the number stands for, None where it is none."""
    kind = BEFORE.get(word)
    return _OPS[kind] if kind else None


def comparator_after(word: str) -> Op | None:
    """「比较」 The comparator a word after the number stands for."""
    kind = AFTER.get(word)
    return _OPS[kind] if kind else None


def judged_by(op: Op, words: str, name: str = "", value: Decimal | None = None) -> Judged:
    """「评判」 What fulfilment probably means: a proposal. words: the verb beside the number; name: what is measured."""
    if op == "~":
        return "band"
    if op in ("<=", "<"):
        return "at_most"
    kept_down = value == 0 or (words in ARRIVING and words.startswith(_TO_LESS)) or name.endswith(_LESS_IS_BETTER)
    return "at_most" if op == "=" and kept_down else "at_least"
