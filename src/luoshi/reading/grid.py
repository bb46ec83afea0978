"""A Word table while it is read row by row. In: cells with their merge marks. Out: `Table` in which merged cells stand once."""

from __future__ import annotations

from luoshi.reading.source import Cell, Table


class _Slot:
    """One cell that may still grow downwards or to the right."""

    __slots__ = ("column", "columns", "row", "rows", "text")

    def __init__(self, text: str, row: int, column: int, columns: int) -> None:
        self.text, self.row, self.column, self.rows, self.columns = text, row, column, 1, columns


class Grid:
    """「网格」 Cells placed so far. hidden: texts of swallowed cells, which Word does not show."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.hidden: list[str] = []
        self._slots: list[_Slot] = []
        self._open: dict[int, _Slot] = {}
        self._row = -1
        self._column = 0
        self._columns = 0

    def start_row(self, skip: int) -> None:
        """Begin the next row, with `skip` grid columns left free."""
        self._row += 1
        self._column = skip

    def skip(self, columns: int) -> None:
        """Leave grid columns free before the next cell."""
        self._column += columns

    def add(self, text: str, columns: int, down: str | None, along: str | None) -> None:
        """Place one cell. down, along: value of vMerge and hMerge, None where absent."""
        master = None if down is None and along is None else self._master(down, along)
        if master is None:
            slot = _Slot(text, self._row, self._column, columns)
            self._slots.append(slot)
            self._open[self._column] = slot
        elif text:
            self.hidden.append(text)
        self._column += columns
        if self._column > self._columns:
            self._columns = self._column

    def _master(self, down: str | None, along: str | None) -> _Slot | None:
        if down == "continue":
            above = self._open.get(self._column)
            if above is not None and above.row + above.rows >= self._row:
                above.rows = self._row - above.row + 1
                return above
        if along == "continue" and self._slots and self._slots[-1].row == self._row:
            self._slots[-1].columns += 1
            return self._slots[-1]
        return None

    def table(self) -> Table:
        """What was placed."""
        name = self.place
        cells = tuple(
            Cell(s.text, f"{name} row {s.row + 1} column {s.column + 1}", s.row, s.column, s.rows, s.columns) for s in self._slots
        )
        return Table(cells, name, self._row + 1, self._columns)
