"""Tasks of the running text that a table says again. In: running text and tables. Out: `SameTasks`, by the words they share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from luoshi.compiler.joined import Listed
from luoshi.compiler.running import Running
from luoshi.plan.alike import Tokens, alike, find_candidates, share_in, tokens_of

SAME = 0.6
"""How much of the shorter title must stand in the longer text."""


@dataclass(frozen=True, slots=True)
class SameTasks:
    """「同项」 tables: by place, how many tasks of the running text the table repeats. matched: numbers of those tasks."""

    tables: dict[str, int] = field(default_factory=dict)
    matched: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.tables)


def find_same_tasks(running: Running, lists: list[Listed]) -> SameTasks:
    """A table repeats the text where at least half of the text's tasks, or of its own rows, are the same."""
    if not running.tasks or not lists:
        return SameTasks()
    heads = [tokens_of((task.head or task.first).text) for task, _ in running.tasks]
    wholes = [tokens_of(*(c.text for item in (task, *below) for c in item.texts())) for task, below in running.tasks]
    tables: dict[str, int] = {}
    matched: set[int] = set()
    for one in lists:
        rows = _rows(one)
        found = {i for i, j in find_candidates(wholes, [whole for _, whole in rows]) if _is_same(heads[i], wholes[i], *rows[j])}
        if found and len(found) * 2 >= min(len(wholes), len(rows)):
            tables[one.place] = len(found)
            matched |= found
    return SameTasks(tables, frozenset(matched))


def _rows(one: Listed) -> list[tuple[Tokens, Tokens]]:
    """The title, and all that is to be done, of every row."""
    titles, wholes = defaultdict(list), defaultdict(list)
    kinds = {c.index: c.kind for c in one.header.columns}
    for cell in one.table.cells:
        if cell.row >= one.header.end and kinds.get(cell.column) in {"title", "measure", "goal"}:
            wholes[cell.row].append(cell.text)
            if kinds[cell.column] == "title" or "title" not in kinds.values():
                titles[cell.row].append(cell.text)
    return [(tokens_of(*titles[row]), tokens_of(*wholes[row])) for row in sorted(wholes) if any(wholes[row])]


def _is_same(head: Tokens, whole: Tokens, title: Tokens, said: Tokens) -> bool:
    if alike(whole, said) >= SAME or (title and alike(head, title) >= SAME):
        return True
    return bool(title) and share_in(title, whole) > 0.85 and len(title) > 3 and alike(head, title) > 0.3
