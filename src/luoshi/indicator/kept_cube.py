"""Figures that a changed row refreshes without reading the rest. In: a warehouse on disk, a `CubePlan`, a day. Out: `KeptCube`.

The groups of the cube are kept as a table. A change takes the versions of its records as they were and as they are, and adds the difference
of their groups; all figures then come from the groups. Another day, or another year, needs one scan of the register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import ibis

from luoshi.indicator.cube import answer_groups, group_versions
from luoshi.indicator.cube_plan import CubePlan
from luoshi.indicator.figure import Figure
from luoshi.indicator.shared_scan import Place, ScanDay, figures_of
from luoshi.pack.pack import Pack
from luoshi.register.columns import arrow_schema
from luoshi.register.warehouse import DAYS, Warehouse


class KeptCube:
    """「留存立方」 For one register of a warehouse on disk."""

    def __init__(self, pack: Pack, warehouse: Warehouse, plan: CubePlan, days: tuple[ScanDay, ...], name: str = "_cube") -> None:
        self._pack, self._warehouse, self._plan, self._days, self._name = pack, warehouse, plan, days, name
        self._register = pack.registers[plan.register]
        self._set_days()
        self.looked = warehouse.how_many(plan.register)
        warehouse.make(f'CREATE OR REPLACE TABLE "{name}" AS {self._groups(plan.register, warehouse.has_versions[plan.register])}')
        first = arrow_schema(self._register)
        self._changing = ibis.table(ibis.Schema.from_pyarrow(first), name="_changing")
        self._schema = group_versions(plan, self._register, self._changing, True).schema()

    def figures(self) -> dict[str, dict[tuple[date, Place], Figure]]:
        """「取数」 All figures, from the groups."""
        groups = ibis.table(self._schema, name=self._name)
        rows = self._warehouse.ask(("kept", self._plan), lambda: answer_groups(self._plan, self._register, groups, DAYS))
        return figures_of(self._pack, self._plan, rows, self._days, self.looked)

    def change(self, keys: Iterable[str], write: Callable[[], None]) -> None:
        """「随改」 write changes the rows of these records, and of no others, on disk."""
        listed = tuple(dict.fromkeys(keys))
        self._add(listed, "-")
        write()
        self._warehouse.look_again(self._plan.register)
        self._add(listed, "+")

    def _add(self, keys: tuple[str, ...], sign: str) -> None:
        warehouse, stored = self._warehouse, self._warehouse.stored[self._plan.register]
        warehouse.make(f'CREATE OR REPLACE TEMP TABLE "_changing" AS {stored.select(keys)}')
        columns = ", ".join(f'{sign}"{column}" AS "{column}"' for column in self._schema if column == "_n" or column.startswith("_sum_"))
        others = ", ".join(f'"{column}"' for column in self._schema if column != "_n" and not column.startswith("_sum_"))
        delta = warehouse.remembered(("changing", self._plan), lambda: warehouse.compile(
            group_versions(self._plan, self._register, self._changing, True)))
        warehouse.make(f'INSERT INTO "{self._name}" BY NAME SELECT {others}, {columns} FROM ({delta})')
        ((many,),) = warehouse.pairs('SELECT count(DISTINCT _key) FROM "_changing"')
        self.looked += many if sign == "+" else -many

    def _groups(self, register: str, has_versions: bool) -> str:
        warehouse = self._warehouse
        return warehouse.remembered(("groups", self._plan), lambda: warehouse.compile(
            group_versions(self._plan, self._register, warehouse.known(register), has_versions)))

    def _set_days(self) -> None:
        last = max(self._days, key=lambda day: day.as_of)
        self._warehouse.set_day(last.as_of, last.year)
        self._warehouse.set_days([(day.as_of, day.year) for day in self._days])
