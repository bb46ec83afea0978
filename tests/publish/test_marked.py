"""A document marked: every span stands where the file has it, and what nothing was read from is listed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luoshi.compiler.passes import compile_plan
from luoshi.pack.find import SHIPPED
from luoshi.publish.marked import Mark, MarkedDocument, cut, mark_document
from luoshi.publish.plan_draft import number_leaves, show_plan
from luoshi.reading.read import read_document
from luoshi.reading.source import Document, Paragraph

OWN = SHIPPED / "jiaxing-2019" / "document.txt"


def own() -> tuple[Document, MarkedDocument, set[str]]:
    document = read_document(OWN)
    plan = compile_plan(document, 2019)
    questions = tuple(f for f in plan.findings if f.level == "question")
    return document, mark_document(document, plan, questions), {*number_leaves(plan)}


def pieces(marked: MarkedDocument) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(p.text, p.kind, p.anchors) for block in marked.blocks for row in block.rows for one in row for p in one.pieces]


def test_no_character_of_the_document_is_lost_or_added() -> None:
    document, marked, _ = own()
    written = [x.text for block in document.blocks for x in ((block,) if isinstance(block, Paragraph) else block.cells)]
    assert "".join(text for text, *_ in pieces(marked)).replace("（空白）", "") == "".join(written)


def test_every_promise_and_measure_has_its_place_in_the_document() -> None:
    _, marked, ids = own()
    anchors = {a for *_, found in pieces(marked) for a in found}
    assert {f"at-{id}" for id in ids if not id.startswith("task")} <= anchors


def test_every_link_of_the_plan_leads_to_a_place_of_the_document_and_back() -> None:
    document, marked, _ = own()
    plan = compile_plan(document, 2019)
    anchors = {a for *_, found in pieces(marked) for a in found}
    shown = show_plan(plan, ())
    units = {unit.anchor for task in shown.tasks for branch in (task.goal, *task.measures) for unit in (*branch.leads, *branch.supports)}
    assert units
    assert units <= anchors
    links = {href for block in marked.blocks for row in block.rows for one in row for p in one.pieces for _, href in p.links}
    known = {f"p-{id}" for id in number_leaves(plan)} | {f"q{n}" for n in range(1, 99)}
    assert links <= known


def test_a_condition_and_a_deadline_are_marked_beside_their_target() -> None:
    kinds = {text: kind for text, kind, _ in pieces(own()[1])}
    assert kinds["可开发空间在1万亩以上"] == "p"
    assert kinds["年底"] == "p"
    assert kinds["市发展改革委"] == "u"
    assert kinds["（空白）"] == "ask"


def test_text_that_nothing_came_from_is_listed_with_its_place() -> None:
    marked = own()[1]
    assert ("附件1", "第1行") in {(s.text, s.place) for s in marked.strays}
    assert any("人才强市" in s.text for s in marked.strays)
    assert marked.share == 92


marks = st.builds(lambda a, b, kind: Mark(min(a, b), max(a, b), kind, "1", "p", f"at-{a}-{b}"), st.integers(0, 9), st.integers(0, 9),
                  st.sampled_from(("q", "m", "p", "u", "ask", "")))


@given(st.lists(marks, max_size=8))
def test_cutting_keeps_the_text_and_every_link_and_anchor(found: list[Mark]) -> None:
    got = cut("一二三四五六七八九", found)
    assert "".join(p.text for p in got) == "一二三四五六七八九"
    assert {a for p in got for a in p.anchors} == {m.anchor for m in found}
    assert bool([link for p in got for link in p.links]) == bool(found)
