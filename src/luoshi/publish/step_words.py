"""What an edit does, in a sentence that people read in the journal and beside 撤销. In: the plan before it, `Edit`. Out: Chinese words."""

from __future__ import annotations

from luoshi.lexicon.written import day_written, place_words
from luoshi.plan.duty import Role
from luoshi.plan.edit import Add, Assign, Change, Drop, Edit, Merge, Move, Split
from luoshi.plan.fields import NAMES, written_fields
from luoshi.plan.measure import Measure
from luoshi.plan.milestone import Milestone
from luoshi.plan.plan import Plan
from luoshi.plan.target import Target
from luoshi.plan.task import Task
from luoshi.plan.walk import nouns_of
from luoshi.publish.plan_draft import MODALITY_WORDS, number_leaves

KIND_WORDS = {"task": "任务", "measure": "举措", "target": "指标", "milestone": "节点"}
ROLE_WORDS: dict[Role, str] = {"lead": "牵头", "support": "配合", "responsible": "责任"}
CHOICE_WORDS: dict[str, dict[str, str]] = {
    "op": {"=": "等于（没写）", ">=": "不低于（以上）", ">": "超过", "<=": "不高于（以内）", "<": "低于", "~": "左右", "range": "区间"},
    "mode": {"level": "达到这个水平", "increase": "增加这么多", "decrease": "减少这么多"}, "modality": MODALITY_WORDS,
    "judged": {"at_least": "达到或超过算完成", "at_most": "不超过算完成", "band": "在上下范围内算完成", "exact": "正好等于才算完成"}}
SHOWN = 24


def step_words(plan: Plan, edit: Edit) -> str:
    """One sentence without a full stop. The plan still holds what is dropped."""
    names = Names(plan)
    match edit:
        case Change(about=about, values=values):
            changed = [_changed(field, names.fields(about).get(field, ""), text) for field, text in values
                       if text.strip() != names.fields(about).get(field, "")]
            return f"改{names.of(about)}：{'；'.join(changed) or '没有改动'}"
        case Assign(abouts=abouts, duties=duties):
            return f"改{'、'.join(map(names.of, abouts))}的单位：{duties_words(duties)}"
        case Split(about=about):
            return f"拆开{names.of(about)}"
        case Merge(about=about, other=other):
            return f"把{names.of(other)}并入{names.of(about)}"
        case Move(about=about, to=to):
            return f"把{names.of(about)}移到{names.of(to)}"
        case Drop(about=about, reason=reason):
            return f"删去{names.of(about)}，原因：{reason.strip()}"
        case Add(kind=kind, to=to, source=source):
            where = f"在{names.of(to)}下" if to else ""
            return f"{where}补一条{KIND_WORDS[kind]}，依据{place_words(source.place)}“{short(source.quote)}”"


def duties_words(duties: tuple[tuple[str, Role], ...]) -> str:
    """牵头 市甲局；配合 市乙局、市丙局."""
    by_role = ((role, "、".join(unit for unit, its in duties if its == role)) for role in ROLE_WORDS)
    return "；".join(f"{ROLE_WORDS[role]} {units}" for role, units in by_role if units) or "没有单位"


def short(text: str) -> str:
    """At most twenty-four characters, on one line."""
    text = "".join(text.split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def value_words(field: str, text: str) -> str:
    """What a field says, for people: 2019年9月30日 of 2019-09-30, 左右 of ~."""
    if field == "due" and text:
        try:
            return day_written(text)
        except ValueError:
            return text
    return CHOICE_WORDS.get(field, {}).get(text, text) or "（空）"


def _changed(field: str, before: str, after: str) -> str:
    return f"{NAMES.get(field, field)}由“{short(value_words(field, before))}”改为“{short(value_words(field, after.strip()))}”"


class Names:
    """「称呼」 What to call the nouns of a plan: 指标1a“重大项目”."""

    def __init__(self, plan: Plan) -> None:
        self.nouns, self.numbers = nouns_of(plan), number_leaves(plan)

    def of(self, id: str) -> str:
        """With kind, number and the first of its words."""
        match self.nouns.get(id):
            case Task(title=words):
                kind = "任务"
            case Measure(text=words):
                kind = "举措"
            case Target(metric=words):
                kind = "指标"
            case Milestone(text=words):
                kind = "节点"
            case _:
                return "已经不在的一条"
        return f"{kind}{self.numbers[id]}“{short(words)}”"

    def fields(self, id: str) -> dict[str, str]:
        """Its fields as text; none where it is not there."""
        noun = self.nouns.get(id)
        return written_fields(noun) if noun else {}
