"""「草案」: what the passes hand on. In: a document. Out: the frozen noun `Draft`, which can print itself at any stage."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from luoshi.lexicon.directory import Directory
from luoshi.lexicon.workday import WorkCalendar
from luoshi.plan.duty import Duty
from luoshi.plan.measure import Measure
from luoshi.plan.task import Task
from luoshi.provenance import Finding
from luoshi.reading.source import Cell, Document, Table

Kind = Literal["no", "group", "title", "goal", "goal_or_title", "stage", "measure", "lead", "support", "responsible", "people", "due",
               "measured_in", "notes", "other"]


@dataclass(frozen=True, slots=True)
class Column:
    """「栏」 One column of the list: what it means, where it stands, the year of a goal or stage column that names one. `stage`: what is to
    be reached by the time in the header (一季度); `measured_in`: the unit of a number that stands alone; `other`: nobody knows."""

    kind: Kind
    index: int
    header: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """「格」 What one row says in one column. cell is None where the table is ragged; inherited: the text stands in a row above;
    guessed: blank, and only likely to mean the row above."""

    cell: Cell | None
    inherited: bool = False
    guessed: bool = False

    @property
    def text(self) -> str:
        """The cell's text, empty where there is no cell."""
        return self.cell.text if self.cell else ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """「清单行」 One row of the list. starts_task: a new numbered task begins here. group: the section band above it. duties: those that
    running text, a band or a bracket in the title gives; the unit columns come on top.
    measure_no: the number that running text gives this measure below its task."""

    number: int
    slots: dict[int, Slot]
    starts_task: bool
    group: str | None
    duties: tuple[Duty, ...] = ()
    measure_no: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """「草案」 A document on its way to a plan.

    year: the year the list is for; of a plan of several years the first, last_year the last. given_year: what a person said.
    wanted: the place of the list that a person chose. table, columns, header_end: what the layout pass chose; no table where the
        running text is the list. bands: headings between tables that are one list, by row.
    rows: what the row pass resolved. taken: (place, offset) of the lines of running text that were read.
    goal_cells, measure_cells, rows_of: by id of task or measure, the cells that the later passes read.
    """

    document: Document
    title: str = ""
    year: int | None = None
    last_year: int | None = None
    given_year: int | None = None
    wanted: str | None = None
    table: Table | None = None
    columns: tuple[Column, ...] = ()
    header_end: int = 0
    bands: dict[int, Cell] = field(default_factory=dict)
    taken: frozenset[tuple[str, int]] = frozenset()
    rows: tuple[ListRow, ...] = ()
    tasks: tuple[Task, ...] = ()
    goal_cells: dict[str, tuple[Cell, ...]] = field(default_factory=dict)
    measure_cells: dict[str, Cell] = field(default_factory=dict)
    rows_of: dict[str, ListRow] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    directory: Directory | None = None
    calendar: WorkCalendar | None = None

    def columns_of(self, *kinds: Kind) -> tuple[Column, ...]:
        """The columns that mean one of these."""
        return tuple(c for c in self.columns if c.kind in kinds)

    def slot(self, row: ListRow, kind: Kind) -> tuple[Column, Slot] | None:
        """What a row says in the first column of that kind; None where the list has no such column."""
        for column in self.columns_of(kind):
            return column, row.slots.get(column.index, Slot(None))
        return None

    def found(self, *findings: Finding) -> Draft:
        """The same draft with more findings."""
        return replace(self, findings=self.findings + findings) if findings else self

    def __str__(self) -> str:
        columns = " | ".join(f"{c.header}→{c.kind}" for c in self.columns)
        tasks = "\n".join(f"{t.no}. {t.title}: {len(t.measures)} 条举措" for t in self.tasks)
        return f"{self.title}（{self.year}）\n{columns}\n{len(self.rows)} 行\n{tasks}\n{len(self.findings)} 条提示"


def tidy(text: str) -> str:
    """Text for people: line breaks inside a cell joined, outer white space dropped."""
    return "".join(line.strip() for line in text.strip().splitlines())


def quoted(text: str) -> str:
    """In Chinese quotation marks, once."""
    text = tidy(text)
    return text if text.startswith("“") and text.endswith("”") else f"“{text}”"


@lru_cache(maxsize=8192)
def squeeze(text: str) -> str:
    """Text for comparing: no white space, full width folded."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def stable_id(prefix: str, *parts: str) -> str:
    """The same for the same words, whatever the format of the document: `task-3f2a9c01`."""
    digest = hashlib.sha256("\x1f".join(squeeze(p) for p in parts).encode()).hexdigest()
    return f"{prefix}-{digest[:8]}"


def map_holders(draft: Draft, fill: Callable[[Task], Task], fill_measure: Callable[[Task, Measure], Measure]) -> Draft:
    """Every task through `fill`, then its measures through `fill_measure`: findings come in the order of the document."""
    tasks = []
    for task in draft.tasks:
        filled = fill(task)
        tasks.append(replace(filled, measures=tuple(fill_measure(filled, m) for m in filled.measures)))
    return replace(draft, tasks=tuple(tasks))
