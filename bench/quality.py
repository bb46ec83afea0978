"""How well sentences are read: `make quality` writes docs/quality.md.

In: the gold corpus beside the repository, where it is at hand, and the texts in our own words under tests/documents/marked. Out: F1 by
kind and layout, strictly; and luoshi, a regular expression of forty lines, jionlp and recognizers-text in one table.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from accuracy import LEVELS, f1
from measure import Engine, once

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "corpus"
PAGE, HEAD = ROOT / "docs" / "quality.md", ROOT / "docs" / "quality.head.md"
ENGINES = (("luoshi", "accuracy:luoshi"), ("regular expression, 40 lines", "accuracy:regex"), ("jionlp 1.5 (money)", "accuracy:jionlp"),
           ("recognizers-text 1.0", "accuracy:recognizers"))
OWN = (("seen", "Own texts, first set"), ("unseen", "Own texts, second set"), ("blind", "Own texts, third set: blind"),
       ("fourth", "Texts by somebody who never saw the program (fourth set), after learning from them"))
KINDS = ("units", "targets", "deadlines")
LAYOUTS = ("suffix", "table", "prose", "hierarchy", "lines")
Row = dict[str, Any]


def main() -> None:
    """Score every set with every engine, and write the page."""
    parts = [HEAD.read_text("utf-8").rstrip()]
    with tempfile.TemporaryDirectory(prefix="luoshi-quality-") as folder:
        for title, path in _sets(Path(folder)):
            rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
            predicted = {name: _predict(name, load, path) for name, load in ENGINES}
            parts += [f"## {title}", _counts(rows), _by_layout(rows, predicted["luoshi"]), _beside(rows, predicted)]
    PAGE.write_text("\n\n".join(part for part in parts if part) + "\n", "utf-8")
    print(f"{PAGE.relative_to(ROOT)} is written")


def _sets(folder: Path) -> list[tuple[str, Path]]:
    sys.path.insert(0, str(ROOT / "tests" / "documents"))
    from gold import read_gold  # type: ignore[import-not-found]  # the tests' own reader of marked texts

    sets = [("The gold corpus: 63 excerpts of real documents (development set)", SHARED / "dev.jsonl")] if (SHARED / "dev.jsonl").exists() else []
    if (SHARED / "dev-authored-lines.jsonl").exists():
        sets.append(("The corpus's own texts for the layout of separate lines", SHARED / "dev-authored-lines.jsonl"))
    for name, title in OWN:
        path = folder / f"{name}.jsonl"
        path.write_text("".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in read_gold(name)), "utf-8")
        sets.append((title, path))
    return sets


def _predict(name: str, load: str, path: Path) -> list[Row] | str:
    found = once(Engine(name, load, {"path": str(path)}))
    return found.failed or list(found.done[0])


def _counts(rows: list[Row]) -> str:
    said = ", ".join(f"{sum(len(row[kind]) for row in rows)} {kind}" for kind in KINDS)
    return f"{len(rows)} texts, {sum(len(row['text']) for row in rows):,} characters; {said}."


def _by_layout(rows: list[Row], predicted: list[Row] | str) -> str:
    """Strict F1, and how many gold items stand behind it."""
    score = _scorer()
    if score is None or isinstance(predicted, str):
        return "Not scored: the corpus's score.py is not here."
    with contextlib.redirect_stdout(io.StringIO()):
        tally = score.score(rows, predicted)
    lines = ["| layout | units | targets | deadlines |", "|---|---|---|---|"]
    for layout in [x for x in LAYOUTS if any(row["layout"] == x for row in rows)] + ["TOTAL"]:
        cells = []
        for kind in KINDS:
            gold = sum(len(row[kind]) for row in rows if layout in (row["layout"], "TOTAL"))
            found = sum(len(p[kind]) for p, row in zip(predicted, rows, strict=True) if layout in (row["layout"], "TOTAL"))
            cells.append(f"{tally[layout, kind, False][2]:.3f} ({gold})" if gold else f"{found} false")
        lines.append(f"| {'all' if layout == 'TOTAL' else layout} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _beside(rows: list[Row], predicted: dict[str, list[Row] | str]) -> str:
    """Everybody's quantities in one text: the texts one behind the other, magnitudes multiplied out."""
    lines = [f"| quantities: precision, recall, F1 | {' | '.join(LEVELS)} |", "|---|---|---|---|"]
    for name, found in predicted.items():
        if isinstance(found, str):
            lines.append(f"| {name} | not run: {found} | | |")
            continue
        scores = f1(_together(rows, rows), _together(rows, found))
        lines.append(f"| {name} | {' | '.join(f'{p:.2f} {r:.2f} **{f:.3f}**' for p, r, f in scores)} |")
    return "\n".join(lines)


def _together(rows: list[Row], of: list[Row]) -> list[Row]:
    items, at = [], 0
    for row, found in zip(rows, of, strict=True):
        free = [x for x in row.get("ignore") or [] if x["kind"] == "targets"]
        for x in found["targets"]:
            end = x["end"] if "end" in x else x["start"] + len(x["quote"])
            if not any(i["start"] < end and x["start"] < i["start"] + len(i["quote"]) for i in free):
                items.append({**x, "start": at + x["start"], "end": at + end})
        at += len(row["text"]) + 1
    return sorted(items, key=lambda x: (x["start"], x["end"]))


def _scorer() -> Any:
    program = SHARED / "score.py"
    if not program.exists():
        return None
    specification = importlib.util.spec_from_file_location("score", program)
    assert specification is not None
    assert specification.loader is not None
    score = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(score)
    return score


if __name__ == "__main__":
    main()
