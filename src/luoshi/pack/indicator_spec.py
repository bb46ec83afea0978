"""How a figure is counted: a closed set of kinds and filters; it never computes in text. Out: `IndicatorSpec`, `KINDS`.

The rooms above implement exactly these kinds and operators; a test asserts that the sets are equal.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from luoshi.pack.strict import Name, Strict, Title, Verification

KINDS: tuple[str, ...] = ("count", "sum", "ratio", "latest", "exists", "sql", "growth", "quotient", "balance", "cohort", "coverage", "verdict",
                          "earliest_start", "composite")
OPERATORS: tuple[str, ...] = ("=", "!=", "in", "not_in", ">=", ">", "<=", "<", "is_set", "is_blank",
                              "in_year", "before_year", "by_as_of", "after_as_of", "not_by_as_of", "lapsed")
FigureClass = Literal["A", "B", "C", "D"]
CLASS_WORDS: dict[str, str] = {"A": "台账计算", "B": "官方统计", "C": "成果", "D": "评定"}


class Condition(Strict):
    """「条件」 One test of one field. `otherwise`: the words that a row which fails it is excluded with; where they end in 要核对,
    the page of the row is marked amber.

    value: in the field's own unit. in_year, before_year, by_as_of, after_as_of, not_by_as_of, lapsed look at a date: in the list's year and not
    after the as-of date; before that year; on or before the as-of date; after it; after it or blank (a guarantee that is still in force); before
    it or blank (a next step that nobody has dated anew).
    """

    field: Name
    op: Literal["=", "!=", "in", "not_in", ">=", ">", "<=", "<", "is_set", "is_blank", "in_year", "before_year",
                "by_as_of", "after_as_of", "not_by_as_of", "lapsed"]
    value: str | int | float | bool | tuple[str, ...] | None = None
    otherwise: str | None = None


class Children(Strict):
    """「下级条件」 A row's children in another register decide: all (any, none) of those that match `among` must meet `meet`.

    Where one child is enough (`any`), only children that are verified as their register asks can be that one.
    empty: what a row without such children means: `ask` (it does not count, and a question is asked), `yes` or `no`.
    """

    children: Name
    among: tuple[Condition, ...] = ()
    quantifier: Literal["all", "any", "none"]
    meet: tuple[Condition, ...] = Field(min_length=1)
    empty: Literal["ask", "yes", "no"]
    otherwise: str | None = None


Filter = Condition | Children


class Counting(Strict):
    """What every indicator says: name, unit, class, scope and which rows.

    nature: stock (the state on the as-of date), flow (what happened in the year) or level (a ratio, a price).
    scope: the scope statement「口径」; empty where nobody has decided it, then scope_question must say what to ask.
    shadows: indicators shown beside this one (gross beside net), never mixed with it. known_after_days: a figure of a whole year that can
    only be known so many days after the year's end; before that it is 尚不可观测, not zero.
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
    known_after_days: int | None = Field(None, ge=0, description="全年的数，年末以后多少天才看得到")


class RowFilters(Strict):
    """Which rows of which register."""

    register_name: Name = Field(alias="register")
    where: tuple[Filter, ...] = ()
    counts_from: Verification | None = None


class Count(Counting, RowFilters):
    """「计数」 How many records; with `distinct`, how many different values of those fields.

    first_in_year: a date; of the rows that agree in `distinct` only the one where it is earliest may count, and only in the list's year:
    somebody who came two years ago and comes again is not new.
    """

    kind: Literal["count"]
    distinct: tuple[Name, ...] = ()
    first_in_year: Name | None = None


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


class Growth(Counting):
    """「增减」 How far the latest observation of a series is from the one of last December, or of the same period a year before, both as
    published by the day."""

    kind: Literal["growth"]
    series: Name
    base: Literal["last_december", "same_period_last_year"]
    measure: Literal["difference", "percent"]


class Quotient(Counting):
    """「相除」 One series over another of the same period, each in its newest vintage by the day; the earlier vintages stay in sight."""

    kind: Literal["quotient"]
    top: Name
    bottom: Name


class Balance(Counting, RowFilters):
    """「余额」 Of a ledger: what movements of the types in `adds` bring less what those in `takes` take, up to the day."""

    kind: Literal["balance"]
    amount: Name
    movement: Name
    adds: tuple[str, ...] = Field(min_length=1)
    takes: tuple[str, ...] = ()


class Cohort(Counting, RowFilters):
    """「批次处置率」 By vintage: what was treated in the list's year over the stock at its opening, of the vintages before the year.

    vintage: date; size: what there was at first. treated: a child register, with the day and the amount of each treatment.
    back: how many years of vintages, counted back from the year before the list's; all of them where it is left out.
    """

    kind: Literal["cohort"]
    vintage: Name
    size: Name
    treated: Name
    treated_on: Name
    treated_amount: Name
    back: int | None = Field(None, gt=0)


class Coverage(Counting):
    """「可达覆盖率」 The share of the weight of places in demand from which an open point of service is reached within `minutes`.

    Straight line times `detour`, at `speed_kmh`: how people travel is declared here, and shown with the figure.
    """

    kind: Literal["coverage"]
    demand: Name
    weight: Name
    demand_at: Name
    points: Name
    point_at: Name
    where: tuple[Condition, ...] = ()
    minutes: float = Field(gt=0)
    speed_kmh: float = Field(gt=0)
    detour: float = Field(ge=1)
    mode: str = Field(min_length=1, description="怎么去：步行、公交、开车")


class Verdicts(Counting):
    """「评定数」 How many subjects of a register with a rubric were decided positive by enough judges without a conflict."""

    kind: Literal["verdict"]
    register_name: Name = Field(alias="register")


class EarliestStart(Counting, RowFilters):
    """「最早可能日」 A checklist as a graph: what each item still needs, after which others; the days to spare before `deadline`.

    item: its name; requires: names of items that must be done before, separated by 、; days: what it takes; done: the day it was done.
    Negative: the deadline cannot be met any more, and the chain of items that makes it so is named.
    """

    kind: Literal["earliest_start"]
    item: Name
    requires: Name
    days: Name
    done: Name
    deadline: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    calendar: Literal["days", "workdays"] = "days"


class Composite(Counting, RowFilters):
    """「综合指数」 Areas scored by several components: each scaled between its worst and best area, weighed and added up; the mean of the areas.

    register: the values, one row for each area (`area`) and component (`of`), in `value`; components: the register of the components, with its
    name, `sign` (正向, 逆向) and `weight`; among: which of these. A rank is certain where `trials` with weights varied by `varied` per cent, and the
    geometric mean, keep it.
    """

    kind: Literal["composite"]
    area: Name
    of: Name
    value: Name
    components: Name
    among: tuple[Condition, ...] = ()
    component: Name
    sign: Name
    weight: Name
    varied: float = Field(25, gt=0, lt=100)
    trials: int = Field(400, ge=20, le=2000)


IndicatorSpec = Annotated[
    Count | Sum | Ratio | Latest | Exists | Sql | Growth | Quotient | Balance | Cohort | Coverage | Verdicts | EarliestStart | Composite,
    Field(discriminator="kind"),
]


class IndicatorsFile(Strict):
    """indicators.yaml"""

    indicators: tuple[IndicatorSpec, ...] = Field(min_length=1)
