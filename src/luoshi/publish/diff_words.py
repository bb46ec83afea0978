"""What a comparison of two versions of a list says, in Chinese. In: `PlanDiff`. Out: words for lines, pages and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from luoshi.plan.diff import How, PlanChange, PlanDiff, Thing
from luoshi.plan.duty import Role
from luoshi.plan.unit_changes import UnitChange

THING_WORDS: dict[Thing, str] = {"task": "任务", "measure": "举措", "target": "指标", "milestone": "节点"}
HOW_WORDS: dict[How, str] = {"same": "未变", "moved": "移位", "reworded": "改写", "changed": "变更", "split": "拆出", "merged": "并入",
                             "dropped": "删去", "added": "新增"}
ROLE_WORDS: dict[Role, str] = {"lead": "牵头", "support": "配合", "responsible": "责任"}
MANY = 6


def how_words(change: PlanChange) -> str:
    """移位、改写"""
    return "、".join(HOW_WORDS[how] for how in change.hows)


def summary(diff: PlanDiff) -> str:
    """任务：未变8、改写1、新增1；指标：…；责任变动2处"""
    parts = []
    for thing, name in THING_WORDS.items():
        counts = Counter(how for change in diff.changes if change.thing == thing for how in change.hows)
        if counts:
            parts.append(f"{name}：" + "、".join(f"{word}{counts[how]}" for how, word in HOW_WORDS.items() if counts[how]))
    if diff.units:
        parts.append(f"责任变动{len(diff.units)}处")
    return "；".join(parts) or "两份清单都没有任务"


def opening(diff: PlanDiff) -> str:
    """The one sentence that a reader must not miss."""
    asked = diff.softened()
    if diff.is_empty:
        return "两版内容相同，没有变动。"
    if not asked:
        return "没有指标放松，也没有删去要求。"
    dropped = sum(change.hows == ("dropped",) for change in asked)
    parts = ([f"{len(asked) - dropped}项要求放松"] if len(asked) > dropped else []) + ([f"{dropped}项删去"] if dropped else [])
    return f"{'、'.join(parts)}，要说明理由。"


def clauses(change: PlanChange) -> tuple[str, ...]:
    """Every clause about the promise, the easier first."""
    return (*(f"放松：{x}" for x in change.easier), *(f"收紧：{x}" for x in change.harder), *(f"请核对：{x}" for x in change.unclear), *change.notes)


def unit_words(change: UnitChange) -> str:
    """新增配合单位市科技局（1.2、1.3）"""
    at = numbers(change.at)
    if change.old and change.new:
        if change.how == "renamed":
            role = "" if change.old[1] == change.new[1] else f"，由{ROLE_WORDS[change.old[1]]}改为{ROLE_WORDS[change.new[1]]}"
            return f"{change.old[0]}改写为{change.new[0]}{role}（{at}）"
        return f"{change.new[0]}由{ROLE_WORDS[change.old[1]]}改为{ROLE_WORDS[change.new[1]]}（{at}）"
    side = change.new or change.old
    assert side is not None
    return f"{'增加' if change.new else '去掉'}{ROLE_WORDS[side[1]]}单位{side[0]}（{at}）"


def numbers(at: Iterable[str]) -> str:
    """1.1、1.2 等8条"""
    listed = tuple(at)
    return "、".join(listed[:MANY]) + (f"等{len(listed)}条" if len(listed) > MANY else "")
