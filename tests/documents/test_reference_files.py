"""The reference list in five formats gives one and the same table. Skipped where the files are not at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from luoshi.reading.read import read_document
from luoshi.reading.source import Table

FOLDER = Path(__file__).parents[3] / "shared" / "input"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the reference files are not part of this repository")


def expected_rows() -> list[list[str]]:
    tasks = json.loads((FOLDER / "jiaxing-2019-ten-tasks.gold.json").read_text(encoding="utf-8"))["tasks"]
    return [[str(task["no"]), task["title"], task["goal"], measure["text"]] for task in tasks for measure in task["measures"]]


def filled_rows(table: Table) -> list[list[str]]:
    """Merged cells repeated; the blanks of a text, in the first three columns, filled from above."""
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rows):
            from_above = cell.continued and cell.column < 3 and row > 0
            rows[row][cell.column] = rows[row - 1][cell.column] if from_above else cell.text
    return rows


@pytest.mark.parametrize("extension", ["txt", "docx", "xlsx", "html", "pdf"])
def test_it_reads_the_reference_list(extension: str) -> None:
    document = read_document(FOLDER / f"jiaxing-2019-ten-tasks.{extension}")
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert table.columns == 6
    rows, expected = [row[:4] for row in filled_rows(table)[-38:]], expected_rows()
    if extension == "pdf":   # paper shows no space at the end of a line
        expected = [[text.replace(" ", "") for text in row] for row in expected]
    assert rows == expected
    assert document.findings == ()


def test_quotes_of_the_reference_text_stand_at_their_offsets() -> None:
    path = FOLDER / "jiaxing-2019-ten-tasks.txt"
    with path.open(encoding="utf-8-sig", newline="") as file:
        text = file.read()
    for block in read_document(path).blocks:
        for one in block.cells if isinstance(block, Table) else (block,):
            assert text[one.offset : one.offset + len(one.text)] == one.text
