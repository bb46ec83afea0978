"""Figures that a changed row refreshes without reading the rest. In: a warehouse on disk, a `CubePlan`, a day. Out: `KeptCube`.

The groups of the cube are kept as a table. A change takes the versions of its records as they were and as they are, and adds the difference
of their groups; all figures then come from the groups. Another day, or another year, needs one scan of the register.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

import ibis
import pyarrow as pa

from luoshi.indicator.cube import answer_groups, columns_of, group_versions
from luoshi.indicator.cube_plan import CubePlan
from luoshi.indicator.figure import Figure
from luoshi.indicator.shared_scan import Place, ScanDay, figures_of
from luoshi.pack.pack import Pack
from luoshi.register.columns import arrow_schema
from luoshi.register.record import Record
from luoshi.register.warehouse import DAYS, Warehouse

_SIDE: Final = pa.field("_side", pa.int64())   # -1: as it was, +1: as it is


class KeptCube:
    """「留存立方」 For one register of a warehouse on disk, which is changed through it."""

    def __init__(self, pack: Pack, warehouse: Warehouse, plan: CubePlan, days: tuple[ScanDay, ...], name: str = "_cube") -> None:
        self._pack, self._warehouse, self._plan, self._days, self._name = pack, warehouse, plan, days, name
        self._register, self._stored = pack.registers[plan.register], warehouse.stored[plan.register]
        self._set_days()
        self.looked = warehouse.how_many(plan.register)
        warehouse.make(f'CREATE OR REPLACE TABLE "{name}" AS {self._groups(warehouse.has_versions[plan.register])}')
        self._columns = columns_of(plan)
        whole = arrow_schema(self._register)
        self._arrow = pa.schema([whole.field(column) for column in self._columns])
        changing = ibis.table(ibis.Schema.from_pyarrow(self._arrow.append(_SIDE)), name="_changing")
        # by side, so that one query groups the versions as they were and as they are
        sided = group_versions(replace(plan, dims=(*plan.dims, _SIDE.name)), self._register, changing, True)
        self._difference = self._difference_of(sided.schema(), warehouse.remembered(("changing", plan), lambda: warehouse.compile(sided)))
        groups = ibis.table({column: type for column, type in sided.schema().items() if column != _SIDE.name}, name=name)
        self._answer = warehouse.remembered(
            ("kept", name, plan), lambda: warehouse.compile(answer_groups(plan, self._register, groups, DAYS)))

    def figures(self) -> dict[str, dict[tuple[date, Place], Figure]]:
        """「取数」 All figures, from the groups."""
        self._set_days()
        rows = self._warehouse.ask_sql(self._answer, {})
        return figures_of(self._pack, self._plan, rows, self._days, self.looked)

    def add(self, records: Iterable[Record]) -> None:
        """「追加」 New records, and further versions of old ones."""
        arriving = tuple(records)
        keys = {record.key for record in arriving}
        before = self._versions(keys)
        had = _records_in(before)
        written = self._stored.add(arriving, had > 0)
        self._changed(before, pa.concat_tables([before, written.select(self._columns)]))
        self.looked += len(keys) - had

    def retire(self, keys: Iterable[str]) -> None:
        """「注销」 Every version of these records."""
        listed = set(keys)
        before = self._versions(listed)
        self._stored.retire(listed)
        self._changed(before, before.slice(0, 0))
        self.looked -= _records_in(before)

    def _versions(self, keys: Iterable[str]) -> pa.Table:
        """Of these records, as they are on disk."""
        return self._warehouse.rows(self._stored.select(sorted(keys), self._columns)).cast(self._arrow)

    def _changed(self, before: pa.Table, after: pa.Table) -> None:
        self._warehouse.look_again(self._plan.register)
        self._set_days()
        with self._warehouse.at_hand({"_changing": pa.concat_tables([_sided(before, -1), _sided(after, 1)])}):
            self._warehouse.make(self._difference)

    def _difference_of(self, schema: ibis.Schema, groups: str) -> str:
        """What a change adds to the groups, in one statement: whoever asks meanwhile sees all of it or nothing."""
        columns = [f'"{column}" * _side AS "{column}"' if column == "_n" or column.startswith("_sum_") else f'"{column}"'
                   for column in schema if column != _SIDE.name]
        return f'INSERT INTO "{self._name}" BY NAME SELECT {", ".join(columns)} FROM ({groups})'

    def _groups(self, has_versions: bool) -> str:
        known = self._warehouse.known(self._plan.register)
        return self._warehouse.remembered(("groups", self._plan), lambda: self._warehouse.compile(
            group_versions(self._plan, self._register, known, has_versions)))

    def _set_days(self) -> None:
        last = max(self._days, key=lambda day: day.as_of)
        self._warehouse.set_day(last.as_of, last.year)
        self._warehouse.set_days((day.as_of, day.year) for day in self._days)


def _sided(versions: pa.Table, side: int) -> pa.Table:
    """What was and what is are told apart by a sign, also as versions of one key."""
    keys = pa.array([f"{side:+}{key}" for key in versions.column("_key").to_pylist()], pa.string())
    signed = versions.set_column(versions.schema.get_field_index("_key"), "_key", keys)
    return signed.append_column(_SIDE, pa.array([side] * len(versions), _SIDE.type))


def _records_in(versions: pa.Table) -> int:
    return len(set(versions.column("_key").to_pylist()))
