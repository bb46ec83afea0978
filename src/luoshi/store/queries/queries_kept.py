"""The compiled queries of a pack, shared by all lists that it describes and kept between runs. In: a pack. Out: `Queries`.

What is asked depends on the pack, not on the rows: a changed row must not cost the compiling of sixty figures again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from luoshi.pack.pack import Pack
from luoshi.register.compiled import Compiled, keep_compiled, kept_file, read_compiled
from luoshi.store.kept import Kept


@dataclass(slots=True)
class Queries:
    """「已编译的查询」 file: where they are kept; None: nowhere. written: how many were when it was written last."""

    compiled: Compiled = field(default_factory=dict)
    file: Path | None = None
    written: int = 0

    def keep(self) -> None:
        """Write them down where there are more than before."""
        if self.file is not None and len(self.compiled) > self.written:
            self.written = len(self.compiled)
            keep_compiled(self.file, dict(self.compiled))


_queries: Kept[Queries] = Kept(8)


def queries_of(pack: Pack) -> Queries:
    """One for each pack in a process; those of an earlier process come from its file."""
    file = kept_file(settings.KEPT_QUERIES, pack)
    return _queries.get((str(file),), lambda: _read(file))


def _read(file: Path) -> Queries:
    compiled = read_compiled(file)
    return Queries(compiled, file, len(compiled))
