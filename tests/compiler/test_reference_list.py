"""The reference list compiles to its gold reading, in every format. Skipped where the real texts are not at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from luoshi.compiler.extract import extract
from luoshi.compiler.passes import compile_plan
from luoshi.plan.answer import answer_questions
from luoshi.plan.plan import plan_to_json
from luoshi.reading.read import read_document

SHARED = Path(__file__).parents[2].parent / "shared"
LIST = SHARED / "input" / "jiaxing-2019-ten-tasks"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here: the real texts are no part of the product")


@pytest.mark.parametrize("format", ["txt", "docx", "xlsx", "html", "pdf"])
def test_it_reads_as_its_gold_reading(format: str, tmp_path: Path) -> None:
    tree = plan_to_json(compile_plan(read_document(LIST.with_suffix(f".{format}"))))
    jsonschema.validate(tree, json.loads((SHARED / "contracts/plan.schema.json").read_text("utf-8")))
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
    text = [str(LIST.with_suffix(".txt"))] if format == "txt" else []
    result = subprocess.run([sys.executable, str(SHARED / "contracts/check_compile.py"), f"{LIST}.gold.json", str(plan), *text],
                            capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_all_formats_give_the_same_ids() -> None:
    plans = [compile_plan(read_document(LIST.with_suffix(f".{format}"))) for format in ("txt", "docx", "xlsx", "html", "pdf")]
    assert len({tuple(t.id for _, _, t in plan.targets()) for plan in plans}) == 1


def test_answering_the_coverage_questions_makes_the_27_figures() -> None:
    plan = compile_plan(read_document(LIST.with_suffix(".txt")))
    coverage = {f.key: f.answers[0].key for f in plan.findings if f.id == "target.coverage-without-number"}
    assert len(coverage) == 4
    assert len(list(answer_questions(plan, coverage).targets())) == 27


@pytest.mark.parametrize(("kind", "least"), [("units", 0.85), ("targets", 0.85), ("deadlines", 0.85)])
def test_extraction_does_not_fall_back(kind: str, least: float) -> None:
    """F1, strict, on the development corpus: a floor under what was reached, so that a change cannot lose it unseen."""
    sys.path.insert(0, str(SHARED / "corpus"))
    try:
        import score  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    gold = score.read(str(SHARED / "corpus/dev.jsonl"))
    found = [{"id": d["id"], **extract(d["text"], d["title"]).to_json()} for d in gold]
    assert score.score(gold, found)["TOTAL", kind, False][2] >= least
