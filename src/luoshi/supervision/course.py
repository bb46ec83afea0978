"""How a matter moves「办理流程」: slips, blockers, changes of targets, contributions of supporting units, each a literal table of steps.

In: a state and an act. Out: the step with its right and guards, or none. Actions ask it; pages show only the buttons it allows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Party = Literal["office", "unit", "head", "leader", "checker", "proposer", "lead"]
PARTY_WORDS: dict[Party, str] = {"office": "督查室", "unit": "承办单位", "head": "单位负责人", "leader": "市领导", "checker": "核验人",
                                 "proposer": "提出单位", "lead": "牵头单位"}
NEEDS: dict[str, str] = {
    "reason": "写明理由", "due": "写明确切日期", "reply": "写明办理情况", "evidence": "附佐证", "finding": "写明核验结果", "unit": "写明由谁办",
    "before_due": "在到期以前提出", "another_person": "不能由申请的人自己核验", "next_date": "写明下次什么时候办", "decision": "写明决定",
    "place": "写明核验地点", "pause": "选一个规定可以暂停计时的事由"}
"""What a step asks for, and how people say it."""


@dataclass(frozen=True, slots=True)
class CourseStep:
    """「流程步骤」 From one state to another by one act. by: who may; needs: what must be given, checked by the action."""

    at: str
    act: str
    to: str
    by: tuple[Party, ...]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """「流程」 What a kind of matter can go through. open_states: still something to do; states: in words."""

    title: str
    states: dict[str, str]
    acts: dict[str, str]
    steps: tuple[CourseStep, ...]
    closed: frozenset[str]

    def step(self, state: str, act: str) -> CourseStep | None:
        """The one step, or None where the act is not possible in that state."""
        return next((step for step in self.steps if step.at == state and step.act == act), None)

    def acts_for(self, state: str, parties: Iterable[Party]) -> tuple[CourseStep, ...]:
        """What these parties may do now, in the order of the table."""
        mine = set(parties)
        return tuple(step for step in self.steps if step.at == state and mine & set(step.by))


SLIP = Course(
    "督办单",
    {"draft": "拟稿", "issued": "已发出，待签收", "received": "办理中", "paused": "办理中，暂停计时", "replied": "已回复，待核验",
     "verified": "已核验，待销号", "closed": "已销号", "withdrawn": "已撤回"},
    {"issue": "发出", "receive": "签收", "reply": "回复", "return": "退回重办", "verify": "核验", "close": "销号", "extend": "批准延期",
     "refuse_extension": "不同意延期", "ask_extension": "申请延期", "pause": "暂停计时", "resume": "恢复计时", "withdraw": "撤回"},
    (CourseStep("draft", "issue", "issued", ("office",), ("due", "unit")),
     CourseStep("draft", "withdraw", "withdrawn", ("office",)),
     CourseStep("issued", "receive", "received", ("unit", "head")),
     CourseStep("issued", "withdraw", "withdrawn", ("office",), ("reason",)),
     CourseStep("received", "reply", "replied", ("unit", "head"), ("reply",)),
     CourseStep("received", "ask_extension", "received", ("unit", "head"), ("reason", "due", "before_due")),
     CourseStep("received", "extend", "received", ("office",), ("due",)),
     CourseStep("received", "refuse_extension", "received", ("office",), ("reason",)),
     CourseStep("received", "pause", "paused", ("office",), ("pause",)),
     CourseStep("received", "withdraw", "withdrawn", ("office",), ("reason",)),
     CourseStep("paused", "resume", "received", ("office",)),
     CourseStep("paused", "withdraw", "withdrawn", ("office",), ("reason",)),
     CourseStep("replied", "return", "received", ("office", "checker"), ("reason",)),
     CourseStep("replied", "verify", "verified", ("office", "checker"), ("finding", "place", "another_person")),
     CourseStep("verified", "close", "closed", ("office",)),
     CourseStep("verified", "return", "received", ("office",), ("reason",))),
    frozenset(("closed", "withdrawn")))

BLOCKER = Course(
    "难点堵点",
    {"raised": "已提出，待核实", "triaged": "已核实，限期解决", "consulting": "待会商", "escalated": "待领导决定", "decided": "已决定，落实中",
     "solved": "已答复，待提出单位确认", "closed": "已解决", "explained": "仅作解释说明", "merged": "已并入"},
    {"triage": "核实分派", "consult": "提交会商", "escalate": "报领导决定", "decide": "作出决定", "solve": "答复", "confirm": "确认解决",
     "reject": "没有解决", "explain": "作解释说明", "merge": "并入同一事项", "separate": "取消合并"},
    (CourseStep("raised", "triage", "triaged", ("office",), ("unit", "due")),
     CourseStep("raised", "consult", "consulting", ("office",), ("next_date",)),
     CourseStep("raised", "explain", "explained", ("office",), ("reason",)),
     CourseStep("raised", "merge", "merged", ("office",)),
     CourseStep("merged", "separate", "raised", ("office",)),
     CourseStep("triaged", "solve", "solved", ("unit", "head"), ("reply",)),
     CourseStep("triaged", "consult", "consulting", ("office",), ("next_date",)),
     CourseStep("triaged", "explain", "explained", ("office",), ("reason",)),
     CourseStep("triaged", "merge", "merged", ("office",)),
     CourseStep("consulting", "triage", "triaged", ("office",), ("unit", "due")),
     CourseStep("consulting", "escalate", "escalated", ("office",), ("reason",)),
     CourseStep("consulting", "solve", "solved", ("unit", "head", "office"), ("reply",)),
     CourseStep("escalated", "decide", "decided", ("leader",), ("decision", "unit", "due")),
     CourseStep("decided", "solve", "solved", ("unit", "head"), ("reply",)),
     CourseStep("decided", "escalate", "escalated", ("office",), ("reason",)),
     CourseStep("solved", "confirm", "closed", ("proposer",)),
     CourseStep("solved", "reject", "consulting", ("proposer",), ("reason",)),
     CourseStep("explained", "reject", "consulting", ("proposer",), ("reason",))),
    frozenset(("closed", "explained", "merged")))

TARGET_CHANGE = Course(
    "指标调整",
    {"asked": "待督查室审核", "reviewed": "待领导决定", "approved": "已同意", "refused": "不同意", "withdrawn": "已撤回"},
    {"review": "提交领导", "approve": "同意调整", "refuse": "不同意", "withdraw": "撤回"},
    (CourseStep("asked", "review", "reviewed", ("office",), ("reason",)),
     CourseStep("asked", "refuse", "refused", ("office",), ("reason",)),
     CourseStep("asked", "withdraw", "withdrawn", ("unit", "head")),
     CourseStep("reviewed", "approve", "approved", ("leader",), ("decision",)),
     CourseStep("reviewed", "refuse", "refused", ("leader",), ("reason",))),
    frozenset(("approved", "refused", "withdrawn")))

CONTRIBUTION = Course(
    "配合请求",
    {"asked": "待配合单位答复", "agreed": "已同意，办理中", "declined": "不能配合", "done": "已办，待牵头单位确认", "confirmed": "已确认",
     "withdrawn": "已撤回"},
    {"agree": "同意", "decline": "不能配合", "finish": "办完", "confirm": "确认", "return": "还没办好", "withdraw": "撤回"},
    (CourseStep("asked", "agree", "agreed", ("unit", "head")),
     CourseStep("asked", "decline", "declined", ("unit", "head"), ("reason",)),
     CourseStep("asked", "withdraw", "withdrawn", ("lead",)),
     CourseStep("agreed", "finish", "done", ("unit", "head"), ("reply",)),
     CourseStep("agreed", "withdraw", "withdrawn", ("lead",), ("reason",)),
     CourseStep("done", "confirm", "confirmed", ("lead",)),
     CourseStep("done", "return", "agreed", ("lead",), ("reason",))),
    frozenset(("declined", "confirmed", "withdrawn")))

INCOMING = Course(
    "来件",
    {"received": "已收件，待受理", "handling": "办理中", "paused": "办理中，暂停计时", "answered": "已答复", "declined": "不予受理"},
    {"accept": "受理", "finish_part": "办完一个环节", "pause": "暂停计时", "resume": "恢复计时", "answer": "答复", "decline": "不予受理",
     "hand_on": "改由别的单位办"},
    (CourseStep("received", "accept", "handling", ("unit", "head", "office")),
     CourseStep("received", "answer", "answered", ("unit", "head", "office"), ("reply",)),
     CourseStep("received", "hand_on", "received", ("office",), ("unit",)),
     CourseStep("received", "decline", "declined", ("unit", "head", "office"), ("reason",)),
     CourseStep("handling", "finish_part", "handling", ("unit", "head", "office")),
     CourseStep("handling", "pause", "paused", ("unit", "head", "office"), ("pause",)),
     CourseStep("handling", "answer", "answered", ("unit", "head", "office"), ("reply",)),
     CourseStep("handling", "hand_on", "handling", ("office",), ("unit",)),
     CourseStep("paused", "resume", "handling", ("unit", "head", "office"))),
    frozenset(("answered", "declined")))

COURSES: dict[str, Course] = {"slip": SLIP, "blocker": BLOCKER, "change": TARGET_CHANGE, "contribution": CONTRIBUTION, "incoming": INCOMING}
