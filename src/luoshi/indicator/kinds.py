"""Every kind of calculation that a pack may name. In: nothing. Out: `KINDS`, the same names as `pack.indicator_spec.KINDS`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from luoshi.indicator.balance import measure_balance
from luoshi.indicator.cohort import measure_cohort
from luoshi.indicator.composite import measure_composite
from luoshi.indicator.count import measure_count, measure_sum
from luoshi.indicator.coverage import measure_coverage
from luoshi.indicator.earliest import measure_earliest
from luoshi.indicator.exists import measure_exists
from luoshi.indicator.figure import Figure
from luoshi.indicator.latest import measure_latest
from luoshi.indicator.moment import Moment
from luoshi.indicator.ratio import measure_ratio
from luoshi.indicator.sql import measure_sql
from luoshi.indicator.two_series import measure_growth, measure_quotient
from luoshi.indicator.verdicts import measure_verdicts
from luoshi.pack.pack import Pack
from luoshi.register.warehouse import Warehouse

# Any: each function takes the one specification whose `kind` is its key, which a dict's type cannot say.
Measure = Callable[[Pack, Warehouse, Any, Moment], Figure]

KINDS: Final[dict[str, Measure]] = {
    "count": measure_count, "sum": measure_sum, "ratio": measure_ratio, "latest": measure_latest, "exists": measure_exists,
    "sql": measure_sql, "growth": measure_growth, "quotient": measure_quotient, "balance": measure_balance, "cohort": measure_cohort,
    "coverage": measure_coverage, "verdict": measure_verdicts, "earliest_start": measure_earliest, "composite": measure_composite,
}
