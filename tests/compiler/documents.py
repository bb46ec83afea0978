"""Document tests: the text in the test, the expected plan under it."""

from __future__ import annotations

from luoshi.compiler.passes import compile_plan
from luoshi.plan.plan import Plan
from luoshi.plan.target import Target
from luoshi.reading.source import Cell, Document, Paragraph, Table

HEADER = "序号|工作任务|年度目标|具体措施|牵头单位|配合单位"


def document(text: str, format: str = "docx") -> Document:
    """A table written with | between cells and a line for each row; `^` means merged with the cell above, a line without |
    above the table is a paragraph, `~` breaks a line inside a cell."""
    lines = [line.strip() for line in text.strip().splitlines()]
    above = [line for line in lines if "|" not in line]
    rows = [[c.strip().replace("~", "\n") for c in line.split("|")] for line in lines if "|" in line]
    cells = []
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            if words == "^":
                continue
            span = 1
            while r + span < len(rows) and rows[r + span][c] == "^":
                span += 1
            cells.append(Cell(words, f"table 1 row {r + 1} column {c + 1}", r, c, span, 1, continued=format == "text" and not words))
    table = Table(tuple(cells), "table 1", len(rows), max(len(r) for r in rows))
    paragraphs = tuple(Paragraph(line, f"paragraph {i}") for i, line in enumerate(above, 1))
    return Document("清单.docx", "0" * 64, format, (*paragraphs, table))  # type: ignore[arg-type]


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
