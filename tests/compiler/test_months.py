"""三个月内: counted from the day the document bears. City, units and list are invented."""

from __future__ import annotations

from luoshi.plan.plan import Plan
from tests.compiler.documents import compiled

LIST = """
柏州市2025年重点工作任务清单
序号|工作任务|具体措施|牵头单位
1|整治|三个月内完成危桥改造9座|市交通局
2|审批|审批时限压缩到3个月内|市数据局
"""


def dues(plan: Plan) -> list[str | None]:
    return [t.due.date if t.due else None for _, _, t in plan.targets()]


def test_months_count_from_the_day_the_document_bears() -> None:
    plan = compiled(f"{LIST}\n2025年11月30日")
    assert dues(plan) == ["2026-02-28", "2025-12-31"]
    assert "due.counted" in {f.id for f in plan.findings}


def test_a_day_in_chinese_numerals_counts_too() -> None:
    assert dues(compiled(f"{LIST}\n二〇二五年三月一日"))[0] == "2025-06-01"


def test_without_a_day_nothing_is_counted_and_a_finding_says_so() -> None:
    plan = compiled(LIST)
    assert dues(plan)[0] is None
    assert "三个月内" in next(f.message for f in plan.findings if f.id == "due.counted-from-nowhere")


def test_dates_that_hang_on_an_unknown_year_are_named() -> None:
    plan = compiled("一、绿化。6月底前新增绿地2公顷，长期坚持。（市园林局牵头）\n二、道路。三季度末前修路20公里。（市交通局牵头）")
    said = next(f.message for f in plan.findings if f.id == "list.no-year")
    assert "6月底前" in said
    assert "三季度末前" in said
    assert "长期" not in said
