"""The plan and its findings for a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luoshi.compiler.passes import compile_plan
from luoshi.publish.line import cut, pad, width_of
from luoshi.publish.plan_text import finding_lines, plan_lines
from tests.compiler.documents import document
from tests.compiler.test_tables import MERGED


def test_a_finding_shows_its_place_its_quote_and_what_may_be_answered() -> None:
    doc = document(MERGED)
    lines = [line.text for line in plan_lines(compile_plan(doc), doc)]
    at = next(i for i, line in enumerate(lines) if line.startswith("待确认[target.scope]"))
    assert lines[at + 1] == "  --> 清单.docx 表1第2行第3列"
    assert lines[at + 2].endswith("全年新增托位300个")
    assert width_of(lines[at + 3]) == width_of(lines[at + 2])
    assert lines[at + 3].strip("| ^") == ""
    assert lines[at + 4].startswith("   = 可答：")


def test_no_findings_says_so() -> None:
    assert [line.text for line in finding_lines(())] == ["没有要说明的"]


def test_every_task_measure_and_unit_is_printed() -> None:
    doc = document(MERGED)
    plan = compile_plan(doc)
    text = "\n".join(line.text for line in plan_lines(plan, doc))
    for _, holder in plan.holders():
        assert all(duty.unit in text for duty in holder.duties)
        assert all(target.metric in text for target in holder.targets)
    assert all(m.text in text for t in plan.tasks for m in t.measures)


@given(st.text(alphabet="落实ab1，…"), st.integers(2, 30))
def test_cut_and_padded_text_fits_its_column(text: str, width: int) -> None:
    assert width_of(pad(cut(text, width), width)) == width
