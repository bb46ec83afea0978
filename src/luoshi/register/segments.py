"""The rows of one register as columns on disk, in segments: what is added is a small new file, never a rewrite of the rest.

In: a folder, a register's specification, records. Out: `Segments`: Parquet files, what is retired, and one SELECT over all that stands.

`segments.json` names the files that count and is replaced as a whole, so a crash leaves the state before or after, and at most a file that
nobody names. Compaction merges everything into one file sorted by key, so that the versions of a key are found by reading a few pages.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from luoshi.pack.register_spec import RegisterSpec
from luoshi.register.columns import arrow_of_records, arrow_schema
from luoshi.register.record import Record

STATE: Final = "segments.json"
_ROW_GROUP: Final = 60_000


@dataclass(slots=True)
class _State:
    """files: those that count, oldest first; keys: of a file the first and last key in it, where known, so that a record is looked for in the
    files that may hold it; gone: numbers of retired rows; following: the number of the next row; versions: whether a record may have more
    than one row."""

    files: list[str] = field(default_factory=list)
    keys: dict[str, tuple[str, str]] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)
    following: int = 0
    versions: bool = False
    written: int = 0


class Segments:
    """「分段」 One register's rows on disk."""

    def __init__(self, folder: Path, spec: RegisterSpec) -> None:
        self.folder, self.spec = folder.resolve(), spec
        path = self.folder / STATE
        self._state = _State(**json.loads(path.read_text("utf-8"))) if path.exists() else _State()
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            self._write(arrow_schema(spec).empty_table())

    @property
    def has_versions(self) -> bool:
        """Whether a record may have more than one row."""
        return self._state.versions

    @property
    def following(self) -> int:
        """The number of the next row."""
        return self._state.following

    @property
    def files(self) -> int:
        """How many files count."""
        return len(self._state.files)

    def add(self, records: Iterable[Record], repeats: bool | None = None) -> pa.Table:
        """「追加」 One small file; the rows as written. A changed record comes as a further version. repeats: whether one of the records has a
        row already, where that is known."""
        table = arrow_of_records(self.spec, tuple(records), self._state.following)
        if table.num_rows:
            self._state.following += table.num_rows
            self._state.versions = self._state.versions or (self._repeats(table) if repeats is None else repeats or _doubled(table))
            self._write(table)
        return table

    def adopt(self, make: str) -> None:
        """「收进」 The rows of a SELECT with this register's columns, each record once: generated ones, by the million."""
        path = self._next_file()
        with duckdb.connect(":memory:", config={"threads": 2, "memory_limit": "1GB"}) as engine:
            engine.execute(f"COPY ({make}) TO '{_quoted(path)}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP})")
        self._state.following += pq.ParquetFile(path).metadata.num_rows
        self._keep([*self._state.files, path.name], path)

    def retire(self, keys: Iterable[str]) -> None:
        """「注销」 Every version of these records."""
        with duckdb.connect(":memory:") as engine:
            found = engine.execute(self.select(keys, ["_no"])).fetchall()
        self._state.gone.extend(number for (number,) in found)
        self._keep(self._state.files)

    def compact(self) -> None:
        """「合并」 One file, sorted by key; what is retired is not in it. Rows keep their numbers, and so their order."""
        path, old = self._next_file(), self._state.files
        with duckdb.connect(":memory:", config={"threads": 2, "memory_limit": "1GB", "temp_directory": str(self.folder)}) as engine:
            engine.execute(f"COPY ({self.select()} ORDER BY _key, _no) TO '{_quoted(path)}' "
                           f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP})")
        self._state.gone = []
        self._keep([path.name], path)
        for name in old:        # only now that nobody names them
            (self.folder / name).unlink(missing_ok=True)

    def select(self, keys: Iterable[str] | None = None, columns: Iterable[str] = ()) -> str:
        """「取行」 A SELECT of all rows that stand; of these records only, where keys are given; of these columns, else of all."""
        wanted = None if keys is None else tuple(keys)
        files = self._state.files if wanted is None else [name for name in self._state.files if self._may_hold(name, wanted)]
        listed = ", ".join(f"'{_quoted(self.folder / name)}'" for name in files or self._state.files[:1])
        tests = [f"_no NOT IN ({', '.join(map(str, self._state.gone))})"] if self._state.gone else []
        if wanted is not None:
            literals = ", ".join("'" + key.replace("'", "''") + "'" for key in wanted)
            tests.append(f"_key IN ({literals})" if literals else "false")
        named = ", ".join(f'"{name}"' for name in columns) or "*"
        return f"SELECT {named} FROM read_parquet([{listed}])" + (f" WHERE {' AND '.join(tests)}" if tests else "")

    def _may_hold(self, name: str, keys: tuple[str, ...]) -> bool:
        known = self._state.keys.get(name)
        return known is None or any(known[0] <= key <= known[1] for key in keys)

    def paths(self) -> list[str]:
        """「文件」 For engines that read them by themselves; retired rows are still in them."""
        return [str(self.folder / name) for name in self._state.files]

    @property
    def gone(self) -> tuple[int, ...]:
        """Numbers of retired rows that the files still hold."""
        return tuple(self._state.gone)

    def _repeats(self, table: pa.Table) -> bool:
        if _doubled(table):
            return True
        with duckdb.connect(":memory:") as engine:
            return bool(engine.execute(f"{self.select(table.column('_key').to_pylist(), ['_no'])} LIMIT 1").fetchall())

    def _write(self, table: pa.Table) -> None:
        path = self._next_file()
        pq.write_table(table, path, compression="zstd")
        self._keep([*self._state.files, path.name], path)

    def _next_file(self) -> Path:
        self._state.written += 1
        return self.folder / f"{self._state.written:06d}.parquet"

    def _keep(self, files: list[str], added: Path | None = None) -> None:
        keys = _keys_of(added) if added else None
        self._state.files = files
        self._state.keys = {name: span for name, span in self._state.keys.items() if name in files} | ({added.name: keys} if added and keys else {})
        new = self.folder / f".{STATE}"
        new.write_text(json.dumps(asdict(self._state)), "utf-8")
        os.replace(new, self.folder / STATE)


def _keys_of(path: Path) -> tuple[str, str] | None:
    """First and last key of a file by its own account, in the order of their bytes, which is that of code points; None where it has none."""
    file = pq.ParquetFile(path).metadata
    place = file.schema.names.index("_key")
    told = [file.row_group(group).column(place).statistics for group in range(file.num_row_groups)]
    if not told or any(one is None or not one.has_min_max for one in told):
        return None
    return min(one.min for one in told), max(one.max for one in told)


def _doubled(table: pa.Table) -> bool:
    keys = table.column("_key").to_pylist()
    return len(set(keys)) < len(keys)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
