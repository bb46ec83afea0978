"""What the API answers, as it is documented at /api/docs. In: nothing. Out: schemas; a test holds every answer to them.

Answers are written from the frozen nouns directly: checking each of them again would cost more than making it.
"""

from __future__ import annotations

from typing import Any

from ninja import Field, Schema


class RowsGiven(Schema):
    """Rows to write 写入."""

    rows: list[dict[str, str]] = Field(description="每行：列名（中文列名）→ 文字，写法同Excel模板；最多5000行")
    whole: bool = Field(True, description="true：有一行不行就都不写；false：写对的，错的逐行说明")
    reason: str = Field("", max_length=500, description="接受提醒的理由；不写则有提醒的行不收")


class ReasonShape(Schema):
    """What is wrong with a row."""

    id: str
    column: str
    message: str = Field(description="哪里不对、怎么改")


class RowAnswerShape(Schema):
    """What became of one row."""

    number: int = Field(description="请求里的第几行，从1起")
    key: str
    state: str = Field(description="added 新增、changed 更正、same 不变、refused 没收")
    reasons: list[ReasonShape]


class WrittenShape(Schema):
    """What became of all rows."""

    written: bool = Field(description="有没有写入")
    added: int
    changed: int
    same: int
    refused: int
    rows: list[RowAnswerShape]


class ListShape(Schema):
    """A list 清单."""

    id: int
    title: str
    year: int
    pack: str = Field(description="数据包")
    example: bool = Field(description="示例：行与人名均为虚构")
    plan_version: int | None = Field(description="在用方案的版本；还没有确认的为空")


class ListsShape(Schema):
    """Every list that may be seen."""

    lists: list[ListShape]


class PlanShape(Schema):
    """A plan as `luoshi.plan/1`: docs/contracts/plan.schema.json is the contract."""

    schema_: str = Field(alias="schema")
    document: dict[str, Any]
    tasks: list[dict[str, Any]]
    findings: list[dict[str, Any]]


class TargetShape(Schema):
    """What was promised 指标、节点: one line of the board, without its figure."""

    number: str = Field(description="任务号.序号，如 9.1")
    id: str
    kind: str = Field(description="target 指标、milestone 节点")
    task: str | None = Field(description="任务号")
    title: str
    asked: str = Field(description="要求，照文件的写法")
    unit: str | None
    value: int | float | None
    due: str | None = Field(description="期限，YYYY-MM-DD")
    leads: list[str] = Field(description="牵头单位")
    figure_class: str | None = Field(alias="class", description="A 台账计算、B 官方统计、C 成果、D 评定")
    indicator: str | None
    source: dict[str, Any] = Field(description="出处：位置、起止、原文")


class TargetsShape(Schema):
    """Every promise of the plan in force."""

    list_id: int = Field(alias="list")
    plan_version: int
    targets: list[TargetShape]


class LightShape(Schema):
    """The light 灯 and its reason."""

    state: str
    word: str
    sentence: str
    gap: str | None


class FigureShape(Schema):
    """One line of the board with its figure. Exact numbers travel as text."""

    number: str
    id: str
    task: str | None
    title: str
    leads: list[str]
    figure_class: str | None = Field(alias="class")
    indicator: str | None
    value_from: str = Field(description="computed 台账算出、reported 填报、none 没有")
    value: str | None
    unit: str | None
    target: str | None
    planned: str | None = Field(description="到这一天应达")
    observed_on: str | None
    light: LightShape
    because: dict[str, Any] | None = Field(description="依据：算法、口径、计入与未计入的行")
    shadows: list[dict[str, Any]]
    reported: list[dict[str, Any]]
    source: dict[str, Any]


class FiguresShape(Schema):
    """The board of a day, `luoshi.board/1`."""

    schema_: str = Field(alias="schema")
    title: str
    as_of: str
    counts: dict[str, int]
    items: list[FigureShape]


class RegisterShape(Schema):
    """A register 台账, a series 序列 or deliverables 成果清单, as far as it may be seen."""

    name: str
    title: str
    kind: str = Field(description="台账、序列、成果清单")
    supplier: str = Field(description="供数单位")
    rows: int = Field(description="看得到的行数")
    hidden: int = Field(description="其他单位的行数，看不到内容")
    recorded_on: str | None = Field(description="最近登记")


class RegistersShape(Schema):
    """Everything that figures are computed from."""

    list_id: int = Field(alias="list")
    as_of: str
    registers: list[RegisterShape]


class LineShape(Schema):
    """One thing in the version in force on the day; cells: column title → text as people write it."""

    key: str
    title: str
    cells: dict[str, str]
    on: str | None = Field(description="发生日期")
    recorded_on: str | None = Field(description="登记日期")
    supplier: str
    verification: str = Field(description="核验")
    evidence: list[str] = Field(description="佐证")
    origin: str = Field(description="来自哪个文件第几行")
    versions: int = Field(description="到这一天共有几版")


class RowsShape(RegisterShape):
    """One page of a register."""

    as_of: str
    page: int
    pages: int
    lines: list[LineShape]
