"""Presets of the supervising work: time limits, ladders, reporting cycles, reminders. Offices choose them by name.

Out: `ClocksFile` (clocks.yaml), `LaddersFile` (ladders.yaml), `CyclesFile` (cycles.yaml), `RemindersFile` (reminders.yaml).
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from luoshi.pack.preset_case_spec import ClockCase, LadderCase
from luoshi.pack.strict import Strict, Title

PresetId = Annotated[str, Field(pattern=r"^[a-z0-9-]+$", description="英文小写，如 yingtan-3slips")]
Days = Literal["workday", "calendar"]

SIGNALS: dict[str, str] = {
    "near_due": "临近期限", "late": "亮滞后灯", "seriously_late": "亮严重滞后灯", "overdue": "到期未办结", "missed": "累计未按期完成",
    "late_in_a_row": "连续滞后", "seriously_late_in_a_row": "连续严重滞后", "unanswered": "上一步到期没有正当理由仍未办",
    "raised": "提出难点", "unsolved": "上一步没有解决"}
"""What can move a matter up, and how people say it. A closed set: a preset picks, it never computes."""

ACTS: dict[str, str] = {
    "slip": "发督办单", "interview": "约谈", "circular": "通报批评", "meeting": "会议点名", "site": "现场督办", "consult": "会商",
    "leader": "报领导决定", "report": "书面说明", "team": "专班核实", "deduct": "扣分", "suspend": "暂停拨付", "organise": "组织处理建议"}
"""What a rung does."""

WEIGHTS: dict[str, str] = {"ordinary": "一般事项", "important": "重要事项", "special": "特别重要事项"}


class Extension(Strict):
    """「延期」 How a limit may be lengthened: by so many days once, or to an exact new date; always asked for before it runs out."""

    by: int | None = Field(None, gt=0, description="最多延长几天；不写时由批准人定一个确切日期")
    once: bool = True
    approver: str = Field(min_length=1, description="谁批准")
    notify: str | None = Field(None, description="要告知谁")


class ClockPreset(Strict):
    """「时限」 How long a matter may take. limit 0: the same day. pauses: reasons for which the days stand still.

    after: the clock of the same course that must have stopped before this one starts; without it all start together.
    """

    clock: PresetId
    title: Title
    limit: int = Field(ge=0, le=3660)
    days: Days
    at_least: bool = Field(False, description="不少于这么多天，如公告期；早停不合规")
    start: str = Field(min_length=1, description="从哪件事起算")
    after: PresetId | None = None
    extend: Extension | None = None
    pauses: tuple[str, ...] = ()
    warn_before: int = Field(1, ge=0, description="到期前几天提示")
    reference: str = Field(min_length=1)
    unconfirmed: str | None = Field(None, description="还要核对什么")
    cases: tuple[ClockCase, ...] = Field((), description="样例：这一天起算，应得哪一天")


class RungSpec(Strict):
    """「台阶」 One step of a ladder: what brings a matter here, who does what, within how many days it must be answered."""

    rung: PresetId
    title: Title
    when: Literal["near_due", "late", "seriously_late", "overdue", "missed", "late_in_a_row", "seriously_late_in_a_row", "unanswered",
                  "raised", "unsolved"]
    times: int = Field(1, ge=1, description="第几次，或连续几期")
    acts: tuple[Literal["slip", "interview", "circular", "meeting", "site", "consult", "leader", "report", "team", "deduct", "suspend",
                        "organise"], ...] = Field(min_length=1)
    colour: Literal["white", "blue", "yellow", "orange", "red"] | None = None
    by: str = Field(min_length=1, description="谁来做")
    to: str = Field(min_length=1, description="对谁")
    answer_within: int | None = Field(None, ge=0)
    days: Days = "workday"
    starts_for: tuple[Literal["ordinary", "important", "special"], ...] = Field((), description="哪类事项可以直接从这一步开始")
    text: str = Field(min_length=1, description="文稿，用｛单位｝｛事项｝｛原因｝｛期限｝占位")


class LadderPreset(Strict):
    """「升级阶梯」 Rungs from the mildest up. Nothing climbs by itself past what the office allowed: the ladder only proposes."""

    ladder: PresetId
    title: Title
    rungs: tuple[RungSpec, ...] = Field(min_length=1)
    reference: str = Field(min_length=1)
    unconfirmed: str | None = Field(None, description="还要核对什么")
    cases: tuple[LadderCase, ...] = Field((), description="样例：事情到这一步，应建议哪一步")

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        names = [rung.rung for rung in self.rungs]
        if len(set(names)) < len(names):
            raise ValueError("同一个阶梯里，台阶的名称不能重复")
        return self


class CyclePreset(Strict):
    """「报送周期」 When returns are due. every: how often; due_day: day of the month (31: its last day), or the nth weekday.

    opens_before: days before the due day from which it can be filed. grace: days after it that still count as on time.
    after_period: the due day lies in the month after the period (the 5th for the month before), else in its last month.
    """

    cycle: PresetId
    title: Title
    every: Literal["month", "quarter", "half", "year"]
    due_day: int | None = Field(None, ge=1, le=31)
    nth: int | None = Field(None, ge=1, le=5)
    weekday: int | None = Field(None, ge=1, le=7, description="星期几，1是星期一")
    after_period: bool = True
    opens_before: int = Field(10, ge=0, le=92)
    grace: int = Field(0, ge=0, le=31)
    from_month: int = Field(1, ge=1, le=12, description="从哪个月开始报")
    next_workday: bool = Field(False, description="遇休息日顺延到下一个工作日")
    reference: str = Field(min_length=1)
    unconfirmed: str | None = Field(None, description="还要核对什么")

    @model_validator(mode="after")
    def _one_way_to_a_day(self) -> Self:
        if (self.due_day is None) == (self.nth is None) or (self.nth is None) != (self.weekday is None):
            raise ValueError("due_day 和 nth＋weekday 两种写法里写一种")
        return self


class ReminderPreset(Strict):
    """「提醒」 Days before the due day on which the author, then the approver, is reminded; after it daily, up to `repeat_days`, till done."""

    reminder: PresetId
    title: Title
    author_before: tuple[int, ...] = ()
    approver_before: tuple[int, ...] = ()
    repeat_every: int = Field(1, ge=1)
    repeat_days: int = Field(14, ge=0, description="到期后最多提醒几天，之后不再打扰")
    office_after: int = Field(3, ge=0, description="过期几天才告诉督查室")
    idle_draft: int | None = Field(None, ge=1, description="草稿搁置几天提醒")
    idle_approval: int | None = Field(None, ge=1, description="待签发几天提醒")
    idle_return: int | None = Field(None, ge=1, description="退回后几天没动提醒")
    reference: str = Field(min_length=1)


class IncomingPreset(Strict):
    """「来件类别」 What comes in from outside: an enquiry, a complaint, an application. clocks: its limits, in their order.

    order: parallel clocks all start when it comes in; serial ones each when the one before stopped. accepted: the clock that stops when it is
    accepted. english: how people abroad call it.
    """

    incoming: PresetId
    title: Title
    english: str = Field(min_length=1)
    clocks: tuple[PresetId, ...] = Field(min_length=1)
    order: Literal["parallel", "serial"] = "parallel"
    accepted: PresetId | None = Field(None, description="受理时停的时限")
    reference: str = Field(min_length=1)
    unconfirmed: str | None = Field(None, description="还要核对什么")

    @model_validator(mode="after")
    def _accepts_one_of_its_own(self) -> Self:
        if self.accepted is not None and self.accepted not in self.clocks:
            raise ValueError("accepted 要是 clocks 里的一个")
        return self


class ClocksFile(Strict):
    """clocks.yaml"""

    clocks: tuple[ClockPreset, ...] = Field(min_length=1)


class LaddersFile(Strict):
    """ladders.yaml"""

    ladders: tuple[LadderPreset, ...] = Field(min_length=1)


class CyclesFile(Strict):
    """cycles.yaml"""

    cycles: tuple[CyclePreset, ...] = Field(min_length=1)


class IncomingsFile(Strict):
    """incomings.yaml"""

    incomings: tuple[IncomingPreset, ...] = Field(min_length=1)


class RemindersFile(Strict):
    """reminders.yaml"""

    reminders: tuple[ReminderPreset, ...] = Field(min_length=1)
