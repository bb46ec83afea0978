"""The text of a bulletin, section by section. In: items. Out: `Passage`s whose numbers are placeholders of a `Binder`.

Which items are named follows from order and number alone; every rule of choosing stands in the text itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from luoshi.lexicon.written import day
from luoshi.plan.plan import Plan
from luoshi.plan.target import Target
from luoshi.publish.bulletin_item import line_ahead, line_behind, named
from luoshi.publish.bulletin_numbers import Binder
from luoshi.publish.official import Passage
from luoshi.publish.official_words import rates
from luoshi.status.light import STATE_WORDS, State
from luoshi.status.stand import Item
from luoshi.status.trajectory import share_of_year

Before = tuple[date, tuple[Item, ...]]
NAMED = 3
PRINTED_ORDER: tuple[State, ...] = ("normal", "done", "late", "seriously_late", "no_data", "not_judged")
BEHIND: tuple[State, ...] = ("late", "seriously_late")
_RANKS: dict[State, int] = {"seriously_late": 0, "late": 1, "normal": 2, "done": 3}


def opening(binder: Binder, plan: Plan, items: tuple[Item, ...], as_of: date, year: int, list_title: str) -> list[Passage]:
    """What was followed, and until when."""
    targets = sum(isinstance(item.promise, Target) for item in items)
    whole = binder.count(len(items), "个", "items", "清单里有数量、或有期限的要求，一条算一个")
    words = (f"《{list_title}》共{binder.count(len(plan.tasks), '项', 'tasks', '清单的任务')}任务，分解为{whole}指标和节点，"
             f"其中指标{binder.count(targets, '个', 'targets', '有数量的要求', whole=len(items))}、"
             f"节点{binder.count(len(items) - targets, '个', 'milestones', '有期限、没有数量的要求', whole=len(items))}。")
    if as_of.year == year:
        months = share_of_year(as_of)
        text = rates([int(months * 1000)], 1000)[0]
        words += f"截至{day(as_of)}，全年时间已过{binder.share(text, int(months * 1000), 1000, 'time', '按月计：已过的月数÷12', 'calendar')}。"
    return [Passage("body", "", words + f"现将截至{day(as_of)}的进展情况通报如下。")]


def overall(binder: Binder, items: tuple[Item, ...], previous: Before | None) -> list[Passage]:
    """Counts of lights with their rates, and what the numbers rest on."""
    made = [Passage("h1", "一、总体情况", ""), Passage("h2", "（一）总体进展。", _states(binder, items)),
            Passage("h2", "（二）数据来源。", _sources(binder, items))]
    if previous is not None:
        made.append(Passage("h2", "（三）与上期比较。", _compared(binder, items, previous)))
    return made


def _states(binder: Binder, items: tuple[Item, ...]) -> str:
    counts = {state: sum(item.light.state == state for item in items) for state in PRINTED_ORDER}
    assert sum(counts.values()) == len(items), "every line has one light"
    shown = [state for state in PRINTED_ORDER if counts[state] or state in {"normal", "late", "seriously_late"}]
    parts = []
    for state, rate in zip(shown, rates([counts[s] for s in shown], len(items)), strict=True):
        rule = f"{len(items)}个指标和节点中，状态为“{STATE_WORDS[state]}”的"
        number = binder.count(counts[state], "个", f"state.{state}", rule, whole=len(items))
        share = binder.share(rate, counts[state], len(items), f"share.{state}", rule)
        parts.append(f"{_spoken(state)}{number}，占{share}")
    return "；".join(parts) + "。各项指标和节点的进展见附件1，分单位情况见附件2。"


def _spoken(state: State) -> str:
    return {"no_data": "暂无数据", "not_judged": "暂不评判"}.get(state, STATE_WORDS[state])


def _sources(binder: Binder, items: tuple[Item, ...]) -> str:
    known = {origin: sum(item.value_from == origin for item in items) for origin in ("computed", "reported", "none")}
    words = {"computed": "由台账、统计数据或成果材料计算的", "reported": "按责任单位填报数列示、未经台账计算的", "none": "暂无数据的"}
    parts = [f"{words[o]}{binder.count(known[o], '个', f'from.{o}', f'数据来源为“{words[o]}”', whole=len(items))}" for o in words if known[o]]
    return "上述指标和节点中，" + "，".join(parts) + "。"


def _compared(binder: Binder, items: tuple[Item, ...], previous: Before) -> str:
    before = {item.promise.id: item for item in previous[1]}
    pairs = [(before[i.promise.id], i) for i in items if i.promise.id in before]
    judged = [(b, i) for b, i in pairs if b.light.state in _RANKS and i.light.state in _RANKS]
    better = [i for b, i in judged if _RANKS[i.light.state] > _RANKS[b.light.state]]
    worse = [(b, i) for b, i in judged if _RANKS[i.light.state] < _RANKS[b.light.state]]
    rule = f"同一指标或节点，按现有数据算出的{day(previous[0])}的状态与本期状态相比"
    words = (f"与截至{day(previous[0])}的状态相比，好转{binder.count(len(better), '个', 'better', rule, whole=len(judged))}，"
             f"下滑{binder.count(len(worse), '个', 'worse', rule, whole=len(judged))}，"
             f"不变{binder.count(len(judged) - len(better) - len(worse), '个', 'same', rule, whole=len(judged))}。")
    if worse:
        shown = "、".join(f"{named(i)}（由{b.light.word}转为{i.light.word}）" for b, i in worse[:NAMED])
        words += f"下滑的为{shown}{'等' if len(worse) > NAMED else ''}。"
    return words


def ahead(binder: Binder, items: tuple[Item, ...]) -> list[Passage]:
    """At most three: done first, then furthest ahead of the plan; reported values are not praised."""
    heading = Passage("h1", "二、进展较好的事项", "")
    good = sorted((i for i in items if i.value_from == "computed" and _lead_over_plan(i) is not None), key=lambda i: -(_lead_over_plan(i) or 0))
    if not good:
        return [heading, Passage("body", "", "没有由台账、统计数据或成果材料计算、且已完成或超出计划的事项。")]
    rule = "按已完成、超出计划幅度的顺序，列由台账、统计数据或成果材料计算的前三项，不含填报数。"
    return [heading, Passage("body", "", rule), *(Passage("h3", f"{n}.", line_ahead(binder, item)) for n, item in enumerate(good[:NAMED], 1))]


def _lead_over_plan(item: Item) -> float | None:
    """How far ahead, as a share of the target; whatever is done stands before whatever is not."""
    s = item.standing
    if s is None or s.value is None or not s.target:
        return None
    if item.light.state == "done":
        return 1000.0
    if item.light.state != "normal" or s.planned is None:
        return None
    over = float((s.planned - s.value if s.judged == "at_most" else s.value - s.planned) / s.target)
    return over if over > 0 else None


def behind(binder: Binder, items: tuple[Item, ...], worst: tuple[Item, ...]) -> list[Passage]:
    """At most three, in the order of the board: what is furthest behind first."""
    heading = Passage("h1", "三、进展滞后的事项", "")
    if not worst:
        return [heading, Passage("body", "", "没有滞后的事项。")]
    rest = sum(item.light.state in BEHIND for item in items) - len(worst)
    rule = f"按滞后程度排列，{'列前三项' if len(worst) == NAMED else '列示如下'}" + (
        f"，其余{binder.count(rest, '项', 'late.rest', '状态为“滞后”或“严重滞后”、没有在正文点名的')}见附件1。" if rest else "。")
    return [heading, Passage("body", "", rule), *(Passage("h3", f"{n}.", line_behind(binder, item)) for n, item in enumerate(worst, 1))]


def requirements(binder: Binder, items: tuple[Item, ...]) -> list[Passage]:
    """What the data itself asks for; a kind that nobody is in asks nothing."""
    asked: list[tuple[str, str]] = []
    late = [i for i in items if i.light.state in BEHIND]
    undefined = [i for i in items if i.light.state == "no_data" and i.binding and i.binding.question]
    missing = [i for i in items if i.light.state == "no_data" and i not in undefined]
    reported = [i for i in items if i.value_from == "reported"]
    if late:
        number = binder.count(len(late), "个", "late.all", "状态为“滞后”或“严重滞后”的", whole=len(items))
        asked.append(("报送整改安排。", f"{number}滞后和严重滞后的指标和节点，请{_leads(binder, late, 'late')}逐项报送滞后原因和整改安排。"))
    if missing:
        asked.append(("尽快补报数据。", f"{_listed(missing)}暂无数据，请{_leads(binder, missing, 'missing')}尽快补报。"))
    if undefined:
        asked.append(("明确口径。", f"{_listed(undefined)}口径未定，暂无数据，请{_leads(binder, undefined, 'undefined')}尽快明确口径并补报数据。"))
    if reported:
        number = binder.count(len(reported), "个", "reported.all", "按责任单位填报数列示的", whole=len(items))
        asked.append(("补充台账。", f"{number}指标目前为填报数，请{_leads(binder, reported, 'reported')}补充台账和佐证材料，以便核算。"))
    if not asked:
        return []
    return [Passage("h1", "四、下一步要求", ""), *(Passage("h2", f"（{'一二三四'[n]}）{head}", text) for n, (head, text) in enumerate(asked))]


def _listed(items: Iterable[Item]) -> str:
    return "、".join(f"第{item.number}项" for item in items)


def _leads(binder: Binder, items: Iterable[Item], role: str) -> str:
    units = list(dict.fromkeys(unit for item in items for unit in item.leads))
    if len(units) <= NAMED:
        return "、".join(units) or "牵头单位"
    return f"{'、'.join(units[:NAMED])}等{binder.count(len(units), '家', f'units.{role}', '上述事项的牵头单位，各算一次')}牵头单位"
