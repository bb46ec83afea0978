"""Lists of many kinds in our own words (tests/documents/lists): what a person would have written down, and nothing lost on the way."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.compiler.passes import compile_plan
from luoshi.compiler.sentences import read_sentences
from luoshi.plan.plan import Plan, holders_of, plan_to_json
from luoshi.provenance import SourceRef
from luoshi.reading.source import Document, Paragraph
from tests.compiler.documents import document
from tests.compiler.listing import listed

FOLDER = Path(__file__).parents[1] / "documents" / "lists"
LISTS = sorted(path.stem for path in FOLDER.glob("*.txt"))


def read(name: str) -> tuple[Document, Plan]:
    found = document((FOLDER / f"{name}.txt").read_text("utf-8"))
    return found, compile_plan(found)


@pytest.mark.parametrize("name", LISTS)
def test_it_reads_what_a_person_reads(name: str) -> None:
    assert listed(read(name)[1]) == (FOLDER / f"{name}.plan").read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", LISTS)
def test_every_quote_stands_at_its_place(name: str) -> None:
    found, plan = read(name)
    texts = {piece.place: piece.text for block in found.blocks for piece in ((block,) if isinstance(block, Paragraph) else block.cells)}
    for source in sources_of(plan):
        assert texts[source.place][source.start:source.end] == source.quote


@pytest.mark.parametrize("name", LISTS)
def test_nothing_is_dropped_in_silence(name: str) -> None:
    """Every paragraph and every cell is in the plan, or in a finding that says why it is not."""
    found, plan = read(name)
    said = squeezed(json.dumps(plan_to_json(plan), ensure_ascii=False))
    places = {source.place for source in sources_of(plan)} | spanned_by(plan)
    lost = []
    unread = {f.key.removeprefix("table.another:") for f in plan.findings if f.id == "table.another"}
    for block in (b for b in found.blocks if b.place not in unread):
        for piece in (block,) if isinstance(block, Paragraph) else block.cells:
            words = squeezed(piece.text)
            if words and piece.place not in places and words not in said and not stands_in_parts(words, said) and words not in HEADERS:
                lost.append(piece.text)
    assert lost == []


HEADERS = frozenset([
    "序号", "编号", "项次", "重点任务", "任务", "任务名称", "工作任务", "主要任务",
    "具体任务", "具体事项", "具体举措", "主要举措", "工作措施", "工作举措", "工作要求",
    "措施", "年度目标", "目标", "工作目标", "目标任务", "责任单位", "牵头单位",
    "配合单位", "主办单位", "协办单位", "参与单位", "责任部门", "牵头部门", "协同部门",
    "责任领导", "责任单位及责任人", "完成时限", "时间节点", "完成时间", "计划完成时间",
    "备注", "项目名称", "建设内容", "进度安排", "一季度", "二季度", "三季度",
    "四季度", "2024年", "2025年", "2026年", "实事名称", "领域", "类别",
    "指标名称", "单位", "2024年目标", "2025年目标", "重点领域", "改革任务",
    "改革举措", "攻坚任务", "重点工作", "反馈问题", "整改目标", "整改措施", "整改时限",
    "工程名称", "市级", "县级", "总投资", "任务内容", "2020年现状值", "总数",
    "联系电话", "难度系数", "资金渠道", "督导单位",
])



def squeezed(text: str) -> str:
    return re.sub(r"\\n|\s", "", text)


def stands_in_parts(words: str, said: str) -> bool:
    """A cell of units, of persons, of a band with its bracket, a labelled line: its pieces stand in the plan apart."""
    pieces = [p for p in re.split(r"[、，；：（）()|/*~]|牵头单位|配合单位|责任单位|责任领导|完成时限|工作措施|牵头|配合|责任", words) if p]
    return all(p in said or p == "无" for p in pieces)


def sources_of(plan: Plan) -> list[SourceRef]:
    found = [f.source for f in plan.findings if f.source]
    for task in plan.tasks:
        for holder in holders_of(task):
            found += [holder.source, *(x.source for x in (*holder.targets, *holder.milestones, *holder.duties))]
    return found


def spanned_by(plan: Plan) -> set[str]:
    """第3段至第7段 in one finding stands for all of them."""
    spans = [re.search(r"第(\d+)段至第(\d+)段", f.message) for f in plan.findings if f.id == "text.outside-list"]
    return {f"paragraph {n}" for span in spans if span for n in range(int(span[1]), int(span[2]) + 1)}


def test_a_person_chooses_the_running_text_or_another_table() -> None:
    text = document((FOLDER / "实施方案-正文加附表.txt").read_text("utf-8"))
    assert [len(compile_plan(text, table=place).tasks) for place in ("table 1", "表1", "text", "正文")] == [2, 2, 4, 4]
    two = document((FOLDER / "两张清单-可选.txt").read_text("utf-8"))
    assert [t.title for t in compile_plan(two, table="table 2").tasks] == ["示例产业园"]
    question = next(f for f in compile_plan(two).findings if f.id == "table.another")
    assert [a.key for a in question.answers] == ["table 1", "table 2", "table 1,table 2"]


def test_a_list_that_is_not_there_is_said() -> None:
    two = document((FOLDER / "两张清单-可选.txt").read_text("utf-8"))
    assert "table.not-there" in {f.id for f in compile_plan(two, table="table 9").findings}


PIECES = (
    "一、优化环境", "（一）扩大就业。新增就业3万人。（市人社局牵头，市教育局配合）", "1.建成公园5个；", "牵头单位：市园林局", "完成时限：",
    "（1）开工；", "①", "", "序号|任务|责任单位", "1|修桥|市交通局", "^|^|市财政局", "||", "<|<|<", "附件：1.名单", "（", "2024年3月5日",
    "责任领导：张示例；", "注：列第一位的为牵头单位", "合计|2项|", "【责任单位】", "目标：到2025年达到85%", "一是修路；二是修桥；三是修渠。",
    "市交通局", "3",
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_no_order_of_pieces_breaks_it(lines: list[str]) -> None:
    text = "\n".join(lines)
    if not text.strip():
        return
    found = document(text)
    plan = compile_plan(found)
    assert len({f.key for f in plan.findings}) == len(plan.findings)
    ids = [h.id for t in plan.tasks for h in holders_of(t)] + [x.id for t in plan.tasks for h in holders_of(t) for x in (*h.targets, *h.milestones)]
    assert len(set(ids)) == len(ids)
    assert bool(plan.tasks) or {"list.not-found", "list.empty"} & {f.id for f in plan.findings}


def test_cost_grows_with_the_length_of_the_list() -> None:
    """Counted in calls, not in seconds: ten times the list is about ten times the work."""
    def calls(text: str) -> int:
        count = 0

        def seen(frame: object, event: str, arg: object) -> None:
            nonlocal count
            count += event == "call"

        read_sentences.cache_clear()
        found = document(text)
        sys.setprofile(seen)
        try:
            compile_plan(found)
        finally:
            sys.setprofile(None)
        return count

    def table(n: int) -> str:
        return "示例市2024年清单\n序号|任务|措施|责任单位|配合单位\n" + "\n".join(f"{i}|事项{i}|新建{i}座。|市交通局|" for i in range(1, n))

    def running(n: int) -> str:
        return "示例市2024年清单\n" + "\n".join(f"{i}.事项{i}。新建{i}座。（市交通局牵头）" for i in range(1, n))

    for text in (table, running):
        assert calls(text(200)) < 13 * calls(text(20))
