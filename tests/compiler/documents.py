"""Document tests: the text in the test, the expected plan under it."""

from __future__ import annotations

from luoshi.compiler.passes import compile_plan
from luoshi.plan.plan import Plan
from luoshi.plan.target import Target
from luoshi.reading.source import Cell, Document, Paragraph, Table

HEADER = "序号|工作任务|年度目标|具体措施|牵头单位|配合单位"


def document(text: str, format: str = "docx") -> Document:
    """A document line by line. A line with | is a row of a table: `^` means merged with the cell above, `<` with the cell to the left,
    `~` breaks a line inside a cell. Every other line is a paragraph; it ends the table above it."""
    blocks: list[Paragraph | Table] = []
    rows: list[list[str]] = []
    for line in [*text.strip().splitlines(), ""]:
        if "|" in line:
            rows.append([c.strip().replace("~", "\n") for c in line.split("|")])
            continue
        if rows:
            blocks.append(_table(rows, 1 + sum(isinstance(b, Table) for b in blocks), format))
            rows = []
        if line.strip():
            blocks.append(Paragraph(line.strip(), f"paragraph {1 + sum(isinstance(b, Paragraph) for b in blocks)}"))
    return Document("清单.docx", "0" * 64, format, tuple(blocks))  # type: ignore[arg-type]


def _table(rows: list[list[str]], number: int, format: str) -> Table:
    width = max(len(r) for r in rows)
    cells = []
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            if words not in {"^", "<"}:
                down, along = _span(rows, r, c)
                cells.append(Cell(words, f"table {number} row {r + 1} column {c + 1}", r, c, down, along, continued=format == "text" and not words))
    return Table(tuple(cells), f"table {number}", len(rows), width)


def _span(rows: list[list[str]], r: int, c: int) -> tuple[int, int]:
    down = along = 1
    while r + down < len(rows) and c < len(rows[r + down]) and rows[r + down][c] == "^":
        down += 1
    while c + along < len(rows[r]) and rows[r][c + along] == "<":
        along += 1
    return down, along


def compiled(text: str, format: str = "docx", year: int | None = None) -> Plan:
    """The plan of such a text."""
    return compile_plan(document(text, format), year)


def written(target: Target) -> str:
    """A target in one word for comparing: `>=50个 重大项目 committed 2019-12-31`."""
    due = target.due.date if target.due else None
    return f"{target.op}{target.value.normalize():f}{target.unit} {target.metric} {target.modality} {due}"


def check_plan(text: str, expected: list[str], format: str = "docx") -> None:
    """Every task with its measures and duties, a line each, must be exactly these."""
    plan = compiled(text, format)
    lines = []
    for task in plan.tasks:
        lines.append(f"{task.no} {task.title}")
        lines += [f"  {written(t)}" for t in task.targets]
        for m in task.measures:
            leads = "、".join(d.unit for d in m.duties if d.role != "support")
            supports = "、".join(d.unit for d in m.duties if d.role == "support")
            lines.append(f"  - {m.text} [{leads}] [{supports}]")
            lines += [f"    {written(t)}" for t in m.targets]
    assert lines == expected


def check_findings(text: str, expected: set[str], format: str = "docx", ignore: frozenset[str] = frozenset()) -> None:
    """The ids of what the compiler remarks must be exactly these."""
    assert {f.id for f in compiled(text, format).findings} - ignore == expected
