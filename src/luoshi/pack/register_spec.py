"""What a register is: its fields, key, stages, who supplies it. Out: `RegisterSpec` (register.yaml)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from luoshi.pack.strict import Name, Strict, Title, Verification

FieldType = Literal["text", "integer", "number", "money", "area", "date", "boolean", "choice", "code",
                    "point", "polygon", "period"]
FIELD_TYPES: tuple[str, ...] = ("text", "integer", "number", "money", "area", "date", "boolean", "choice", "code", "point", "polygon", "period")
Frequency = Literal["month", "quarter", "year"]
PERIOD_EXAMPLES: dict[Frequency, str] = {"month": "2019-08", "quarter": "2019Q3", "year": "2019"}

FREE_FIELDS: dict[str, str] = {"district": "属地", "supplier": "供数单位", "happened_on": "发生日期", "recorded_on": "登记日期",
                               "evidence": "佐证", "verification": "核验", "stage": "阶段"}
"""Fields that every register has without declaring them: name in conditions and SELECTs → column title in files."""


class Difference(Strict):
    """「差额」 A field that is one field less others: developable = planned - built - supplied - protected."""

    of: Name
    minus: tuple[Name, ...]


class YearsAfter(Strict):
    """「几年后」 A date so many years after another: a certificate's end. The day before the anniversary is not taken off."""

    date: Name
    years: int = Field(gt=0)


class CodeSpan(Strict):
    """「代码有效期」 Between which days a code of a list may be used; without an end: still."""

    code: str
    since: str | None = Field(None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    until: str | None = Field(None, pattern=r"^\d{4}-\d{2}-\d{2}$")


class FieldSpec(Strict):
    """「字段」 One column of a register.

    point: 经度,纬度. polygon: corners as 经度 纬度, separated by ；; its area is held against `covers`, an area field of the same row.
    period: 2019-08, 2019Q3 or 2019, as `frequency` says.
    personal: hashed (kept only as a salted hash) or masked (shown with its middle left out). at_most: the largest value that can be right.

    money is stored in 元, area in 亩 (1 平方米 = 0.0015 亩, 1 公顷 = 15 亩: all exact); `unit` is what people write in the file.
    """

    name: Name
    title: Title
    type: FieldType
    unit: str | None = Field(None, description="填写时的单位：万元、亿元、亩、公顷、平方米……")
    required: bool = False
    choices: tuple[str, ...] = ()
    pattern: str | None = Field(None, description="正则表达式，整格匹配")
    check: Literal["uscc", "id_card", "identity", "parcel", "project_code", "item_code", "division"] | None = Field(
        None, description="校验规则：统一社会信用代码、身份证号、身份证号或护照等证件号、宗地代码、投资项目代码、事项实施编码、行政区划代码")
    valid: tuple[CodeSpan, ...] = Field((), description="代码的有效期")
    personal: Literal["hashed", "masked"] | None = Field(None, description="个人信息怎么存：只存摘要，或隐去中间")
    at_most: float | None = Field(None, description="最大不能超过多少，如占比100")
    covers: Name | None = Field(None, description="polygon：和哪个面积字段对照")
    frequency: Frequency = Field("month", description="period：按月、季还是年")
    references: Name | None = Field(None, description="引用的台账")
    difference: Difference | None = None
    years_after: YearsAfter | None = None
    note: str | None = Field(None, description="填写说明")
    unconfirmed: str | None = Field(None, description="尚未核实的规定：要核对什么")


class Transition(Strict):
    """「流转」 From one stage to another: which act, by whom, with what evidence, not before how many days."""

    source: str = Field(alias="from")
    action: str
    to: str
    who: str
    evidence: str | None = None
    after_days: int | None = Field(None, ge=0, description="距上一阶段至少几天（自然日）")
    after_workdays: int | None = Field(None, ge=0, description="距上一阶段至少几个工作日")
    within_workdays: int | None = Field(None, gt=0, description="上一阶段以后多少个工作日内办完")
    reference: str | None = None


class Supply(Strict):
    """「供数」 Who supplies the register, who checks it, by which day of the month, from which system."""

    unit: str
    checker: str | None = None
    due_day: int | None = Field(None, ge=1, le=28)
    source: str | None = None


class Parent(Strict):
    """「上级台账」 A child register: each row belongs to the row of `register` whose key stands in `field`."""

    register_name: Name = Field(alias="register")
    field: Name


class Before(Strict):
    """「先后」 A date that may not be before another of the same row: actual start and end, plan and approval."""

    earlier: Name
    later: Name
    level: Literal["error", "warning"] = "error"


class Rising(Strict):
    """「只增不减」 A cumulative number that may not fall from one version of a thing to the next; `by`: the fields that make the series."""

    field: Name
    by: tuple[Name, ...] = Field(min_length=1)
    along: Name


class LedgerRule(Strict):
    """「收支规则」 Movements by type: what adds to an account and what takes from it; its balance may not go below zero on any day."""

    amount: Name
    movement: Name
    on: Name
    account: tuple[Name, ...] = Field(min_length=1)
    adds: tuple[str, ...] = Field(min_length=1)
    takes: tuple[str, ...] = Field(min_length=1)


class Criterion(Strict):
    """「评分项」 One line of a rubric: the field with its score, and how many points it is worth."""

    field: Name
    points: int = Field(gt=0)


class Quota(Strict):
    """「晋级名额」 How many of each group go on, from the rows of another register. of: the field that says of which group a subject is."""

    register_name: Name = Field(alias="register")
    group: Name
    places: Name
    of: Name


class Ranking(Strict):
    """「择优」 The best go on, by the mean of their totals: so many of all (places), or of each group (quota).

    without_extremes: the highest and the lowest total of a subject are left out, from three on. tie: the criterion whose mean decides between
    equal ones; who is still equal on the last place does not go on, and has to be judged once more.
    """

    places: int | None = Field(None, gt=0)
    quota: Quota | None = None
    without_extremes: bool = False
    tie: Name | None = None


class Experts(Strict):
    """「专家库」 Where experts and what they are tied to are registered: who is tied to a subject or its unit may not judge it.

    account: the field with their sign-in name; unit: their unit. ties: the register of relations, its field that points at the expert, and
    the one that names whom they are tied to.
    """

    register_name: Name = Field(alias="register")
    account: Name
    unit: Name
    ties: Name
    expert: Name
    tied_to: Name


class Rubric(Strict):
    """「评分表式」 Who judges whom by what: a register whose rows are judgements.

    positive: opinions that decide for the subject; more than half of the judges must say so. at_least: how many judges without a conflict it
    takes. ranking: instead, the best go on. relation: declared relation to the subject; anything but 无 is a conflict, and such a judge cannot
    score. locked: from that day on the row cannot be changed; a correction is a row of the next round. round: the field with its number; of
    each subject the last round that was signed counts.
    """

    version: str
    subject: Name
    judge: Name
    opinion: Name | None = None
    positive: tuple[str, ...] = ()
    relation: Name
    locked: Name
    round: Name | None = None
    judge_unit: Name | None = None
    subject_unit: Name | None = None
    words: Name | None = Field(None, description="评语写在哪个字段")
    at_least: int = Field(3, gt=0)
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    ranking: Ranking | None = None
    experts: Experts | None = None


class RegisterSpec(Strict):
    """「台账」 A typed list of things that a city lawfully holds, from which figures are computed.

    key: the fields that tell one thing from another; rows with the same key are versions of one record, the one in force on
    a day is the latest that had happened by then. happened: the date field that says when (default: the free field 发生日期).
    counts_from: the verification level from which a row counts.
    Free fields of every register, not declared here: 属地, 供数单位, 发生日期, 登记日期, 佐证, 核验, and 阶段 where there are stages.
    without: those of them that make no sense here.
    """

    register_name: Name = Field(alias="register")
    title: Title
    counted_as: str = Field(description="量词：个、家、宗、项")
    purpose: str
    fields: tuple[FieldSpec, ...] = Field(min_length=1)
    key: tuple[Name, ...] = Field(min_length=1)
    row_title: Name = Field(description="用哪个字段称呼一行")
    happened: Name | None = None
    same_thing: tuple[Name, ...] = ()
    parent: Parent | None = None
    order: tuple[Before, ...] = Field((), description="哪个日期不能早于哪个")
    rising: tuple[Rising, ...] = Field((), description="哪个累计数不能减少")
    ledger: LedgerRule | None = None
    rubric: Rubric | None = None
    separate: Name | None = Field(None, description="polygon字段：两行的范围不能重叠")
    without: tuple[Literal["district", "supplier", "happened_on"], ...] = Field((), description="不要哪些通用列")
    stages: tuple[str, ...] = ()
    transitions: tuple[Transition, ...] = ()
    supply: Supply
    counts_from: Verification = "lead"
    visibility: Literal["public", "internal", "restricted"] = "internal"
    references: tuple[str, ...] = Field((), description="依据：文件名称或文号")
