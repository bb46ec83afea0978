"""How a figure is counted: a closed set of kinds and filters; it never computes in text. Out: `IndicatorSpec`, `KINDS`.

The rooms above implement exactly these kinds and operators; a test asserts that the sets are equal.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from luoshi.pack.strict import Name, Strict, Title, Verification

KINDS: tuple[str, ...] = ("count", "sum", "ratio", "latest", "exists", "sql")
OPERATORS: tuple[str, ...] = ("=", "!=", "in", "not_in", ">=", ">", "<=", "<", "is_set", "is_blank",
                              "in_year", "by_as_of", "after_as_of")
FigureClass = Literal["A", "B", "C", "D"]
CLASS_WORDS: dict[str, str] = {"A": "台账计算", "B": "官方统计", "C": "成果", "D": "评定"}


class Condition(Strict):
    """「条件」 One test of one field. `otherwise`: the words that a row which fails it is excluded with.

    value: in the field's own unit. in_year, by_as_of, after_as_of look at a date: in the list's year and not after the
    as-of date; on or before it; after it.
    """

    field: Name
    op: Literal["=", "!=", "in", "not_in", ">=", ">", "<=", "<", "is_set", "is_blank", "in_year", "by_as_of", "after_as_of"]
    value: str | int | float | bool | tuple[str, ...] | None = None
    otherwise: str | None = None


class Children(Strict):
    """「下级条件」 A row's children in another register decide: all (or any) of those that match `among` must meet `meet`.

    empty: what a row without such children means: `ask` (it does not count, and a question is asked), `yes` or `no`.
    """

    children: Name
    among: tuple[Condition, ...] = ()
    quantifier: Literal["all", "any"]
    meet: tuple[Condition, ...] = Field(min_length=1)
    empty: Literal["ask", "yes", "no"]
    otherwise: str | None = None


Filter = Condition | Children


class Counting(Strict):
    """What every indicator says: name, unit, class, scope and which rows.

    nature: stock (the state on the as-of date), flow (what happened in the year) or level (a ratio, a price).
    scope: the scope statement「口径」; empty where nobody has decided it, then scope_question must say what to ask.
    shadows: indicators shown beside this one (gross beside net), never mixed with it.
    """

    indicator: Name
    title: Title
    unit: str
    decimals: int = Field(0, ge=0, le=4)
    figure_class: FigureClass = Field(alias="class")
    nature: Literal["stock", "flow", "level"]
    direction: Literal["up", "down"] = "up"
    scope: str
    scope_question: str | None = None
    shadows: tuple[Name, ...] = ()
    references: tuple[str, ...] = ()
    unconfirmed: str | None = None


class RowFilters(Strict):
    """Which rows of which register."""

    register_name: Name = Field(alias="register")
    where: tuple[Filter, ...] = ()
    counts_from: Verification | None = None


class Count(Counting, RowFilters):
    """「计数」 How many records; with `distinct`, how many different values of those fields."""

    kind: Literal["count"]
    distinct: tuple[Name, ...] = ()


class Sum(Counting, RowFilters):
    """「合计」 The total of one field."""

    kind: Literal["sum"]
    field: Name


class RatioPart(Strict):
    """「比率的一边」 The sum of a field, or the number of rows where no field is named."""

    field: Name | None = None
    where: tuple[Filter, ...] = ()


class Ratio(Counting, RowFilters):
    """「比率」 total of the top over total of the bottom, over the same rows: weighted, never a mean of ratios.

    where: the rows of the denominator. top.where: what a row of the denominator must meet to be in the numerator.
    unit % multiplies by 100.
    """

    kind: Literal["ratio"]
    top: RatioPart
    bottom: RatioPart


class Latest(Counting):
    """「最新值」 The latest published observation of a series by the as-of date, as known then."""

    kind: Literal["latest"]
    series: Name


class Exists(Counting):
    """「已有」 How many of the named deliverables have reached a stage by the as-of date, legal gates passed."""

    kind: Literal["exists"]
    deliverables: Name
    stage: str
    items: tuple[Name, ...] = Field((), description="只数哪几份；空为全部")


class Sql(Counting):
    """「查询」 Only where no kind fits: one reviewed SELECT over `tables` that returns row_key, amount, reason; the figure is
    the sum of amount. Parameters $as_of and $year_start, $year_end (dates)."""

    kind: Literal["sql"]
    file: str
    tables: tuple[Name, ...] = Field(min_length=1)
    rule: str = Field(min_length=1, description="算法，用一句话")
    counts_from: Verification | None = None


IndicatorSpec = Annotated[Count | Sum | Ratio | Latest | Exists | Sql, Field(discriminator="kind")]


class IndicatorsFile(Strict):
    """indicators.yaml"""

    indicators: tuple[IndicatorSpec, ...] = Field(min_length=1)
