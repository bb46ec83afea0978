"""A plan handed on as docx, xlsx, StratML: read again it is the same plan."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from luoshi.compiler.passes import compile_plan
from luoshi.pack.find import SHIPPED
from luoshi.plan.diff import compare_plans
from luoshi.plan.milestone import Milestone
from luoshi.plan.plan import Plan, plan_to_json
from luoshi.plan.stratml import NAMESPACE, stratml_text
from luoshi.plan.stratml_read import NotStratml, read_stratml
from luoshi.plan.target import Due, Target
from luoshi.provenance import Finding, SourceRef
from luoshi.publish.export_plan import export_plan
from luoshi.publish.plan_xlsx import TooLong
from luoshi.reading.read import read_document
from tests.plan.lists import PLANS, listed

OWN = SHIPPED / "jiaxing-2019" / "document.txt"
CORPUS = Path(__file__).parents[3] / "shared" / "input"


def said(value: Any) -> Any:
    """A plan without the places where its words stood, and without remarks on the file."""
    if isinstance(value, dict):
        return {k: said(v) for k, v in value.items() if k not in {"source", "sha256", "format", "name", "findings"}}
    return [said(v) for v in value] if isinstance(value, list) else value


def again(plan: Plan, format: str) -> Plan:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"清单.{format}"
        path.write_bytes(export_plan(plan, format))
        return compile_plan(read_document(path))


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_the_example_list_exported_and_compiled_is_the_same_plan(format: str) -> None:
    plan = compile_plan(read_document(OWN))
    assert said(plan_to_json(again(plan, format))) == said(plan_to_json(plan))


@pytest.mark.skipif(not CORPUS.exists(), reason="the reference list is not on this machine")
@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_the_reference_list_exported_and_compiled_is_the_same_plan(format: str) -> None:
    plan = compile_plan(read_document(CORPUS / "jiaxing-2019-ten-tasks.docx"))
    assert said(plan_to_json(again(plan, format))) == said(plan_to_json(plan))


@settings(max_examples=25, deadline=None)
@given(PLANS, st.sampled_from(("docx", "xlsx")))
def test_any_list_exported_and_compiled_is_the_same_plan(plan: Plan, format: str) -> None:
    assert said(plan_to_json(again(plan, format))) == said(plan_to_json(plan))


def test_the_same_plan_gives_the_same_bytes() -> None:
    plan = listed("1|建设公园|新建公园60个|抓好选址|市园林局|市财政局")
    assert export_plan(plan, "docx") == export_plan(plan, "docx")


def test_what_looks_like_a_formula_is_text_and_stays_text_when_it_is_edited() -> None:
    plan = listed("1|=HYPERLINK(公园)|@新建公园60个|+抓好选址|-市园林局|市财政局")
    with zipfile.ZipFile(io.BytesIO(export_plan(plan, "xlsx"))) as book:
        sheet, styles = book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert 'quotePrefix="1"' in styles


def test_a_text_longer_than_a_cell_is_refused_with_a_way_out() -> None:
    plan = listed("1|建设公园|新建公园60个|抓好选址|市园林局|市财政局")
    task = replace(plan.tasks[0], goal="长" * 40_000)
    with pytest.raises(TooLong, match="请导出 docx"):
        export_plan(replace(plan, tasks=(task,)), "xlsx")


def test_people_dates_remarks_groups_and_years_keep_their_columns() -> None:
    from tests.compiler.documents import compiled

    plan = compiled("""2026年重点工作任务清单（示例）
        序号|领域|工作任务|2026年目标|2027年目标|具体措施|牵头单位|责任领导|完成时限|备注
        1|民生|办夜校|开办40所|开办60所|开设课程300门|市教育局|张示例|9月底|分两批
        ^|^|^|^|^|培训教师80人|^|李示例|持续推进|""")
    for format in ("docx", "xlsx"):
        assert said(plan_to_json(again(plan, format))) == said(plan_to_json(plan))


@settings(max_examples=25, deadline=None)
@given(PLANS)
def test_any_list_as_stratml_and_back_is_equal_to_the_last_character(plan: Plan) -> None:
    assert read_stratml(stratml_text(plan), "清单.xml") == plan


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12).filter(lambda t: t == t.strip())
WORDS = TEXTS.filter(lambda t: bool(t) and "\ufffe" not in t and "\uffff" not in t and all(c >= " " for c in t))
SOURCES = st.builds(SourceRef, TEXTS, st.integers(0, 9), st.integers(0, 9), TEXTS)
DUES = st.none() | st.builds(Due, st.none() | st.dates().map(str), st.none() | TEXTS)
NUMBERS = st.integers(-10**9, 10**9).map(lambda n: Decimal(n) / 100)
TARGETS = st.builds(Target, TEXTS, WORDS, NUMBERS, st.none() | NUMBERS, WORDS, st.sampled_from(("=", ">=", "~", "range")),
                    st.sampled_from(("level", "increase")), st.sampled_from(("committed", "stretch")), DUES, st.none() | TEXTS,
                    st.none() | TEXTS, SOURCES)
MILESTONES = st.builds(Milestone, TEXTS, WORDS, st.sampled_from(("committed", "directional")), DUES, SOURCES)


@settings(max_examples=40, deadline=None)
@given(st.lists(TARGETS, max_size=3), st.lists(MILESTONES, max_size=2),
       st.lists(st.builds(Finding, TEXTS, TEXTS, st.just("info"), TEXTS), max_size=2))
def test_whatever_stands_in_the_nouns_survives_stratml(targets: list[Target], milestones: list[Milestone], findings: list[Finding]) -> None:
    plan = listed("1|建设公园|新建公园60个|抓好选址|市园林局|市财政局")
    task = plan.tasks[0]
    measure = replace(task.measures[0], targets=tuple(targets), milestones=tuple(milestones))
    plan = replace(plan, tasks=(replace(task, targets=tuple(targets), measures=(measure,)),), findings=tuple(findings))
    assert read_stratml(stratml_text(plan), "清单.xml") == plan


def test_stratml_holds_what_the_standard_has_a_place_for() -> None:
    root = etree.fromstring(stratml_text(listed("1|建设公园|新建公园60个以上|抓好选址|市园林局|市财政局")))
    ns = {"s": NAMESPACE}
    assert root.get("Type") == "Performance_Plan"
    assert root.findtext(".//s:Goal/s:Name", None, ns) == "建设公园"
    assert root.findtext(".//s:MeasurementInstance/s:TargetResult/s:NumberOfUnits", None, ns) == "60"
    assert [x.text for x in root.iterfind(".//s:Stakeholder/s:Name", ns)] == ["市园林局", "市财政局"]
    ids = [x.text for x in root.iter(f"{{{NAMESPACE}}}Identifier")]
    assert len(ids) == len(set(ids)) == 3


FOREIGN = f"""<PerformancePlanOrReport xmlns="{NAMESPACE}" Type="Performance_Plan"><Name>Example</Name><StrategicPlanCore>
<Organization><Name>Example City</Name></Organization><Vision><Description>Green</Description></Vision>
<Goal><Name>Parks</Name><Description>More parks</Description><SequenceIndicator>1</SequenceIndicator>
<Objective><Name>Build</Name><Description>Build parks</Description>
<Stakeholder StakeholderTypeType="Organization"><Name>Parks Office</Name></Stakeholder>
<PerformanceIndicator PerformanceIndicatorType="Quantitative"><MeasurementDimension>parks</MeasurementDimension>
<UnitOfMeasurement>park</UnitOfMeasurement>
<MeasurementInstance><TargetResult><EndDate>2026-12-31</EndDate><NumberOfUnits>60</NumberOfUnits></TargetResult>
<ActualResult><NumberOfUnits>5</NumberOfUnits></ActualResult></MeasurementInstance></PerformanceIndicator></Objective></Goal></StrategicPlanCore>
<AdministrativeInformation><StartDate>2026-01-01</StartDate></AdministrativeInformation></PerformancePlanOrReport>"""


def test_a_plan_of_somebody_else_is_read_and_what_has_no_place_is_said() -> None:
    plan = read_stratml(FOREIGN.encode(), "example.xml")
    (_, holder, target), = plan.targets()
    assert (target.value, target.unit, target.due, target.metric) == (Decimal(60), "park", Due("2026-12-31", "2026-12-31"), "parks")
    assert [d.unit for d in holder.duties] == ["Parks Office"]
    assert (plan.document.year, plan.document.issuer, plan.document.format) == (2026, "Example City", "stratml")
    assert {f.key for f in plan.findings} == {"stratml.not-kept:Vision", "stratml.not-kept:ActualResult"}
    assert read_stratml(stratml_text(plan), "example.xml") == plan


@pytest.mark.parametrize("data", [b"<a/>", b"<PerformancePlanOrReport", b"", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_what_is_not_stratml_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(NotStratml, match=r"x\.xml"):
        read_stratml(data, "x.xml")


def test_a_broken_supplement_is_refused_not_guessed() -> None:
    text = stratml_text(listed("1|建设公园|新建公园60个|抓好选址|市园林局|市财政局")).decode()
    with pytest.raises(NotStratml, match="改坏了"):
        read_stratml(text.replace('"sha256"', '"sha255"').encode(), "清单.xml")


def test_nothing_is_lost_between_the_formats() -> None:
    plan = compile_plan(read_document(OWN))
    assert compare_plans(plan, read_stratml(export_plan(plan, "stratml"), "x.xml")).is_empty
    assert json.loads(export_plan(plan, "json"))["schema"] == "luoshi.plan/1"
