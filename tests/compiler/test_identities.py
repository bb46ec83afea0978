"""Units that a city's directory knows or does not. City, units and list are invented."""

from __future__ import annotations

from datetime import date

from luoshi.compiler.passes import compile_plan
from luoshi.lexicon.directory import Directory, Naming
from luoshi.plan.answer import answer_questions
from tests.compiler.documents import document

LIST = """
2021年重点工作任务清单
序号|工作任务|年度目标|具体措施|牵头单位|配合单位
1|招商|签约30个|办好大会|市投促局|市发改委、市国土局
2|绿化|新增绿地2公顷|新建公园|市投促局|各县（市、区）政府
"""
NAMINGS = (Naming("发展和改革委员会", ("发改委",)), Naming("国土资源局", ("国土局",), date(2019, 3, 31), ("自然资源和规划局",)))
GENERAL = Directory(NAMINGS)
CITY = GENERAL.with_units(("柏州市发展和改革委员会", "柏州市投资促进局", "柏州市自然资源和规划局"))


def asked(directory: Directory | None) -> dict[str, list[str]]:
    plan = compile_plan(document(LIST), directory=directory)
    return {f"{f.id} {f.message[:12]}": [a.text for a in f.answers] for f in plan.findings if f.id in {"duty.unknown-unit", "duty.former-name"}}


def test_without_a_directory_nothing_is_asked() -> None:
    assert asked(None) == {}


def test_without_the_citys_units_only_former_names_are_spoken_of() -> None:
    assert [key.split()[0] for key in asked(GENERAL)] == ["duty.former-name"]


def test_a_name_is_asked_about_once_with_the_nearest_names() -> None:
    found = asked(CITY)
    assert [key.split()[0] for key in found] == ["duty.unknown-unit", "duty.former-name"]
    assert next(iter(found.values())) == ["是柏州市投资促进局", "照原文，就是“市投促局”"]


def test_the_answer_names_the_unit_wherever_it_was_written() -> None:
    plan = compile_plan(document(LIST), directory=CITY)
    question = next(f for f in plan.findings if f.id == "duty.unknown-unit")
    answered = answer_questions(plan, {question.key: question.answers[0].key})
    leads = [d.unit for task in answered.tasks for m in task.measures for d in m.duties if d.role == "lead"]
    assert leads == ["柏州市投资促进局", "柏州市投资促进局"]


def test_questions_come_in_the_order_of_what_they_would_change() -> None:
    plan = compile_plan(document(LIST.replace("新增绿地2公顷", "新增绿地100亩左右，三分之二的村达标")), directory=CITY)
    ids = [f.id for f in plan.findings if f.level == "question"]
    assert ids.index("duty.unknown-unit") < ids.index("quantity.inexact") < ids.index("target.band")
