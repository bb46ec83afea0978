"""Section B: reading files. CPU and peak memory of `luoshi` beside the usual libraries and the bare parsers, format by format."""

from __future__ import annotations

from pathlib import Path

from measure import Engine, Measured, each, interleave, ratio
from report import Goal, head, met, table, times

from documents import COLUMNS, MERGED, PDF_ROWS, ROWS, write_docx, write_html, write_pdf, write_xlsx

LUOSHI = "luoshi"
READERS: dict[str, dict[str, str]] = {
    "docx": {LUOSHI: "luoshi", "python-docx row.cells": "python_docx", "unzip + lxml parse only": "lxml_docx"},
    "xlsx": {LUOSHI: "luoshi", "calamine with merges": "calamine", "openpyxl with merges": "openpyxl"},
    "pdf": {LUOSHI: "luoshi_pdf", "pdfplumber extract_tables": "pdfplumber", "pdfium text only": "pdfium_text"},
    "html": {LUOSHI: "luoshi", "lxml.html": "lxml_html", "lxml.html parse only": "lxml_html_parse"},
}
WRITERS = {"docx": write_docx, "xlsx": write_xlsx, "pdf": write_pdf, "html": write_html}


def run(folder: Path) -> list[Goal]:
    """Print the tables of the section."""
    head("B. Reading documents")
    print(f"One table of {ROWS:,} x {COLUMNS} and a header, {MERGED} columns merged downwards. The text of every position is given,\n"
          "merged ones filled (luoshi gives spans, and an address for each cell). Median CPU-s of a warm process.\n"
          f"The pdf has {PDF_ROWS:,} rows; its cells are counted once, without white space.")
    found = {}
    for format, readers in READERS.items():
        try:
            path = WRITERS[format](folder / f"table.{format}")
        except ImportError as error:
            print(f"\n{format}: skipped, cannot write the file ({error})")
            continue
        engines = [Engine(name, f"readers:{load}", {"path": str(path)}) for name, load in readers.items()]
        found[format] = interleave(engines)
        _table(f"{format}, {path.stat().st_size / 1024:,.0f} kB", found[format])
    return _goals(found)


def _table(title: str, found: dict[str, Measured]) -> None:
    ours = found[LUOSHI]

    def cells(m: Measured) -> list[str]:
        return [f"{m.seconds:.3f}", times(ratio(ours.cpu, m.cpu)), f"{m.peak:.0f}", f"{m.done[0]:,}" if m.done[0] is not None else "-"]

    amounts = {m.done[0] for m in found.values() if not m.failed and m.done[0] is not None}
    note = () if len(amounts) == 1 else ("They do not agree on the text of the table!",)
    table(title, ("reader", "CPU-s", "luoshi takes", "peak MB", "characters"), each(found, cells), note)


def _goals(found: dict[str, dict[str, Measured]]) -> list[Goal]:
    asked = (("docx", "python-docx row.cells", 1 / 8, "1/8 (stretch 1/14)"), ("docx", "unzip + lxml parse only", 2, "2x"),
             ("xlsx", "calamine with merges", 1.3, "1.3x"), ("html", "lxml.html", 1.5, "1.5x"))
    goals = []
    for format, peer, most, words in asked:
        rows = found.get(format, {})
        value = ratio(rows[LUOSHI].cpu, rows[peer].cpu) if rows else float("nan")
        beyond = value <= 1 / 14 if "stretch" in words else False
        goals.append(Goal("B", f"{format} <= {words} of {peer}", met(value, value <= most), times(value), beyond))
    peak = found["docx"][LUOSHI].peak if "docx" in found and not found["docx"][LUOSHI].failed else float("nan")
    goals.append(Goal("B", "docx <= 40 MB", met(peak, peak <= 40), f"{peak:.0f} MB"))
    pdf = found.get("pdf", {})
    value = ratio(pdf["pdfplumber extract_tables"].cpu, pdf[LUOSHI].cpu) if pdf else float("nan")
    goals.append(Goal("B", "pdf tables >= 3x faster than pdfplumber (stretch 20x)", met(value, value >= 3), times(value), value >= 20))
    return goals
