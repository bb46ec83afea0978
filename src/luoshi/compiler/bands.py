"""Words with a bracket that names units: 一、优化环境（牵头单位：市发展改革委）. In: a cell. Out: `Band`, the words apart from the duties."""

from __future__ import annotations

from dataclasses import dataclass, replace

from luoshi.compiler.clauses import Clause, read_clauses, read_labels
from luoshi.compiler.draft import tidy
from luoshi.compiler.outline import cut
from luoshi.plan.duty import Duty
from luoshi.reading.source import Cell

_NAMING = ("牵头", "责任", "负责", "配合", "主办", "承办")


@dataclass(frozen=True, slots=True)
class Band:
    """「栏目条」 A heading over several rows, or a title. words: without the bracket. duties: of all that stands under it."""

    words: Cell
    text: str
    duties: tuple[Duty, ...] = ()
    people: tuple[str, ...] = ()


def read_band(cell: Cell, text: str | None = None) -> Band:
    """text: how the band is printed, where it stands in more than one cell."""
    found = read_bracket(cell)
    words, said, people = found if found else (cell, (), ())
    duties = tuple(replace(d, inherited=True) for c in said for d in c.duties)
    return Band(words, tidy(words.text) if found or text is None else text, duties, people)


def read_bracket(cell: Cell) -> tuple[Cell, tuple[Clause, ...], tuple[str, ...]] | None:
    """The words before the bracket, what it says, and the persons it names; None where no unit is named."""
    if not any(word in cell.text for word in _NAMING):
        return None
    line = Cell(cell.text.replace("\r", " ").replace("\n", " "), cell.place, 0, cell.column, offset=cell.offset)
    said = tuple(c for c in read_clauses([line])[0] if c.closes and c.start > 1)
    if not said:
        return None
    people = tuple(name for x in read_labels(line) if x.kind == "people" for name in x.value.text.split("、") if name)
    start = min(c.start for c in said)
    return cut(cell, 0, start), said, people
