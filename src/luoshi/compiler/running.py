"""Pass 2, where the list is running text: which items are tasks, and what each says. In: `Draft` without a table. Out: `Draft` with rows.

A task is an item at the level at which most items name a unit; without any unit, the lowest items that promise something. What stands
above it is its group, what stands below it its measures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from luoshi.compiler.clauses import Clause, read_clauses, read_labels
from luoshi.compiler.draft import Column, Draft, Kind, ListRow, Slot
from luoshi.compiler.outline import Item, cut, read_lines, read_outline, split_by_lead
from luoshi.compiler.pieces import Content, Piece, read_content
from luoshi.compiler.sentences import read_sentences
from luoshi.lexicon.workday import WorkCalendar
from luoshi.plan.duty import Duty
from luoshi.reading.source import Cell, Document, Paragraph

KINDS: tuple[Kind, ...] = ("no", "title", "goal", "measure", "due", "people", "notes")
# 一、2023年工作回顾: what was done is no task
_PAST = re.compile(r"回顾|过去[一五两三]?年|工作总结|主要成效|取得.{0,6}成[就效绩]|基本情况|发展现状|存在(?:的)?(?:主要)?问题|^(?:上|去)年")
_NUMBER = re.compile(r"[\d０-９一二两三四五六七八九十百千万半]|全|开工|印发|建成|完成|投用")      # a text without any of these promises nothing


@dataclass(frozen=True, slots=True)
class Running:
    """「文列」 Running text as a list. tasks: its tasks, each with the items under it; left: lines that belong to none."""

    tasks: tuple[tuple[Item, tuple[Item, ...]], ...]
    contents: dict[int, Content]
    lines: tuple[Cell, ...]
    left: frozenset[int]

    @property
    def with_units(self) -> int:
        """How many tasks name a unit."""
        return sum(any(self.contents[id(x)].names_units for x in (task, *below)) for task, below in self.tasks)


def read_running(document: Document, year: int | None, title: str, calendar: WorkCalendar | None = None) -> Running:
    """The items of the paragraphs that are tasks."""
    lines = read_lines(b for b in document.blocks if isinstance(b, Paragraph))
    clauses = read_clauses(lines)
    closing = frozenset(line.row for line, said in zip(lines, clauses, strict=True) if _is_closing(line, said))
    items = read_outline(lines, closing, title)
    contents = {id(item): read_content(item, clauses) for item in items}
    if not any(c.names_units for c in contents.values()):
        items = split_by_lead(items)
        contents = {id(item): read_content(item, clauses) for item in items}
    lift_last_clauses(items, contents, closing)
    choice = _Choice(items, contents, _Context(year, title, calendar))
    tasks = tuple((task, below) for task, below in choice.tasks() if any(contents[id(item)].says_something for item in (task, *below)))
    taken = {line.row for task, below in tasks for item in (task, *below) for line in (item.first, *item.lines)}
    taken |= {x.first.row for task, _ in tasks for x in task.ancestors() if not any(line.row == x.first.row for line in x.lines)}
    return Running(tasks, contents, tuple(lines), frozenset(line.row for line in lines) - taken)


def _is_closing(line: Cell, clauses: list[Clause]) -> bool:
    """A line of nothing but who and by when."""
    labels = read_labels(line)
    if labels and labels[0].start == 0:
        return True
    said = [c for c in clauses if c.closes]
    return bool(said) and said[0].start == 0 and not any(c.isalnum() for c in line.text[said[-1].end:])


def lift_last_clauses(items: list[Item], contents: dict[int, Content], closing: frozenset[int]) -> None:
    """1.…；（1）…；（2）…。（市水务局负责）: where only the last of several small items names units or dates, they hold for all of them. That is
    sure of a line of its own, likely of a bracket."""
    for item in items:
        said = [contents[id(child)] for child in item.children]
        if len(said) < 2 or item.children[-1].level < 3 or contents[id(item)].names_units or any(c.names_units for c in said[:-1]):
            continue
        if any(child.children for child in item.children) or not _are_parts(item, contents):
            continue
        last, whole = said[-1], contents[id(item)]
        duties = last.duties or (last.pieces[-1].duties if last.pieces else [])
        if not duties:
            continue
        is_line = last.item.lines[-1].row in closing
        whole.duties = duties if is_line else [replace(d, reading="likely") for d in duties]
        for kind in ("due", "people"):
            if is_line and kind in last.slots:
                whole.slots.setdefault(kind, []).extend(last.slots.pop(kind))


def _are_parts(item: Item, contents: dict[int, Content]) -> bool:
    """The small items are parts of one: by their rank, by the semicolons between them, or since items like theirs name units themselves."""
    if item.children[-1].level >= 4 or all(child.first.text.endswith(("；", ";")) for child in item.children[:-1]):
        return True
    beside = item.parent.children if item.parent else []
    return any(contents[id(x)].names_units for x in beside if x is not item and x.level == item.level)


@dataclass(frozen=True, slots=True)
class _Context:
    """What dates hang on."""

    year: int | None
    title: str
    calendar: WorkCalendar | None


class _Choice:
    """Which items are tasks."""

    def __init__(self, items: list[Item], contents: dict[int, Content], context: _Context) -> None:
        self._items, self._contents, self._context = items, contents, context
        self._past = {id(i) for i in items if any(x.head and _PAST.search(x.head.text) for x in (i, *i.ancestors()) if x.level)}
        self._named = {id(i) for i in items if contents[id(i)].names_units}
        self._level = self._task_level()

    def _task_level(self) -> float:
        levels = Counter(i.level for i in self._items if id(i) in self._named)
        if not levels:
            levels = Counter(i.level for i in self._items if i.level and not i.children and self._promises(i))
        return max(levels, key=lambda level: (levels[level], -level), default=0)

    def tasks(self) -> Iterator[tuple[Item, tuple[Item, ...]]]:
        covered: set[int] = set()
        for item in self._items:
            if id(item) in covered or id(item) in self._past:
                continue
            below = tuple(_below(item))
            if item.level < self._level and any(x.level >= self._level for x in below):
                if not self._promises(item) and not any(p.duties for p in self._contents[id(item)].pieces):
                    continue
                below = ()
            if self._is_task(item, below):
                covered |= {id(x) for x in below}
                yield item, below

    def _is_task(self, item: Item, below: tuple[Item, ...]) -> bool:
        whole = (item, *below)
        if any(id(x) in self._named for x in whole) or any(self._promises(x) for x in whole):
            return True
        if item.level != self._level or not item.level:
            return False
        if any(self._contents[id(x)].duties for x in item.ancestors()):
            return True
        siblings = item.parent.children if item.parent else []
        return any(id(x) in self._named for s in siblings if s.level == item.level for x in (s, *_below(s)))

    def _promises(self, item: Item) -> bool:
        if item.head and _promises(item.head.text, self._context, is_heading=bool(item.children or item.lines)):
            return True
        return any(_promises(line.text, self._context) for line in item.lines)


def _promises(text: str, context: _Context, is_heading: bool = False) -> bool:
    """A heading (二、2025年重点工作) promises nothing but quantities."""
    if not _NUMBER.search(text):
        return False
    said = read_sentences(text, context.year, context.title, context.calendar)
    return bool(said.targets) or (not is_heading and any(m.due and m.due.date for m in said.milestones))


def _below(item: Item) -> Iterator[Item]:
    for child in item.children:
        yield child
        yield from _below(child)


def running_rows(draft: Draft, running: Running) -> Draft:
    """The rows of the tasks: one for each measure, with the task's own words in the first."""
    rows: list[_Row] = []
    for item, below in running.tasks:
        rows += _task_rows(item, below, running)
    widths = {kind: max([len(row.cells.get(kind, ())) for row in rows] + [1]) for kind in KINDS}
    kinds = [kind for kind in KINDS for _ in range(widths[kind])]
    columns = tuple(Column(kind, i, "") for i, kind in enumerate(kinds))
    taken = frozenset((line.place, line.offset) for line in running.lines if line.row not in running.left)
    return replace(draft, columns=columns, rows=tuple(_listed(row, columns, i) for i, row in enumerate(rows)), taken=taken)


@dataclass(slots=True)
class _Row:
    cells: dict[Kind, list[Cell]]
    duties: list[Duty]
    starts: bool
    group: str | None
    kept: frozenset[Kind] = frozenset()
    no: str | None = None


def _listed(row: _Row, columns: tuple[Column, ...], number: int) -> ListRow:
    waiting = {kind: list(reversed(cells)) for kind, cells in row.cells.items()}
    slots = {c.index: Slot(waiting[c.kind].pop() if waiting.get(c.kind) else None, inherited=c.kind in row.kept) for c in columns}
    return ListRow(number, slots, row.starts, row.group, tuple(_once(row.duties)), row.no)


def _task_rows(item: Item, below: tuple[Item, ...], running: Running) -> list[_Row]:
    content = running.contents[id(item)]
    wider = next((running.contents[id(x)].duties for x in item.ancestors() if running.contents[id(x)].duties), [])
    shared = content.duties or [replace(d, inherited=True) for d in wider]
    pieces = [*content.pieces]
    for child in below:
        pieces += _child_pieces(running.contents[id(child)], _duties_above(child, item, running))
    title = item.head or (pieces[0].cell if pieces else item.first)
    if item.head is None and len(pieces) == 1 and not below:
        shared, pieces = pieces[0].duties or shared, []           # one sentence is the task; it has no measure of its own
    group = " / ".join(_heading(x) for x in reversed([*item.ancestors()])) or None
    first: dict[Kind, list[Cell]] = {"title": [title], **content.slots} | ({"no": [item.no]} if item.no else {})
    if not pieces:
        return [_Row(first, shared, True, group)]
    kept: dict[Kind, list[Cell]] = {k: cells for k, cells in content.slots.items() if k in {"due", "people"}}
    rows = []
    for i, piece in enumerate(pieces):
        cells: dict[Kind, list[Cell]] = first if i == 0 else {"title": [title], **kept}
        duties = piece.duties or [replace(d, inherited=d.inherited or i > 0) for d in shared]
        above: frozenset[Kind] = frozenset() if i == 0 else frozenset(("title", *(k for k in kept if k not in piece.slots)))
        rows.append(_Row({**cells, **piece.slots, "measure": [piece.cell]}, duties, i == 0, group, above,
                         piece.no.text.strip("（）() ") if piece.no else None))
    return rows


def _heading(item: Item) -> str:
    """As printed, with its number."""
    head = item.head or item.first
    return cut(item.first, 0, head.offset - item.first.offset + len(head.text)).text


def _duties_above(child: Item, task: Item, running: Running) -> list[Duty]:
    """What the items between a small item and its task say; the task itself speaks for all that say nothing."""
    for above in child.ancestors():
        if above is task:
            break
        if running.contents[id(above)].duties:
            return [replace(d, inherited=True) for d in running.contents[id(above)].duties]
    return []


def _child_pieces(content: Content, above: list[Duty]) -> list[Piece]:
    """A smaller item as measures: its heading and the rest of its line are one sentence again."""
    item = content.item
    if not content.names_units:
        content = replace(content, duties=above)
    own = [Piece(p.cell, p.duties or content.duties, True) for p in content.pieces]
    own += [Piece(cell, content.duties, True) for cell in content.slots.get("goal", ())]
    if item.head is not None:
        start = item.head.offset - item.first.offset
        if own and own[0].cell.row == item.head.row:
            own[0].cell = cut(item.first, start, own[0].cell.offset - item.first.offset + len(own[0].cell.text))
        else:
            own.insert(0, Piece(item.head, content.duties or ([replace(d, inherited=True) for d in own[0].duties] if own else []), True))
        own[0].no = item.no
    if own:
        own[0].slots = {k: cells for k, cells in content.slots.items() if k != "goal"}
    return own


def _once(duties: Iterable[Duty]) -> Iterator[Duty]:
    seen: set[tuple[str, str]] = set()
    for duty in duties:
        if (duty.unit, duty.role) not in seen:
            seen.add((duty.unit, duty.role))
            yield duty
