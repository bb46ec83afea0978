"""On random rows, what DuckDB computes is what ten lines of plain Python compute."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.indicator.condition import OPERATORS
from luoshi.indicator.evaluate import evaluate_all
from luoshi.indicator.kinds import KINDS
from luoshi.pack import indicator_spec
from luoshi.pack.case_spec import Case
from luoshi.pack.indicator_spec import Condition
from luoshi.register.compiled import Compiled
from luoshi.register.facts import facts_of_case
from luoshi.register.record import Facts, Record, field_of, fields_of, value_of
from luoshi.register.warehouse import open_warehouse
from tests.indicator.small_packs import field, indicator, pack_of, register

AS_OF, YEAR, KNOWN_AT = date(2019, 9, 30), 2019, date(2019, 10, 15)
THING = register(
    "thing", "东西", "id", field("id", "编号"), field("firm", "企业"), field("size", "面积", "area"), field("paid", "金额", "money"),
    field("state", "状态", "choice", choices=["一", "二", "三"]), field("good", "好", "boolean"), field("due", "到期", "date"),
)
PART = register("part", "零件", "id", field("id", "零件号"), field("thing", "编号"), field("good", "好", "boolean"),
                parent={"register": "thing", "field": "thing"})
BIG: dict[str, Any] = {"field": "size", "op": ">=", "value": 50}
GOOD_PARTS = {"children": "part", "quantifier": "all", "empty": "ask", "meet": [{"field": "good", "op": "=", "value": True}]}
INDICATORS = (
    indicator("count", indicator="counted", register="thing", where=[BIG, {"field": "state", "op": "!=", "value": "三"}]),
    indicator("count", indicator="once", register="thing", distinct=["firm"], where=[{"field": "due", "op": "in_year"}]),
    indicator("sum", indicator="total", register="thing", field="paid", unit="元", where=[BIG]),
    indicator("ratio", indicator="share", register="thing", unit="元/亩", where=[BIG], top={"field": "paid"}, bottom={"field": "size"}),
    indicator("ratio", indicator="children", register="thing", unit="%", where=[BIG], top={"where": [GOOD_PARTS]}, bottom={}),
)
PACK = pack_of(THING, PART, *INDICATORS)
COMPILED: Compiled = {}

days = st.none() | st.integers(-400, 60).map(lambda n: AS_OF + timedelta(days=n))
numbers = st.none() | st.decimals(0, 100, places=2)
levels = st.sampled_from([-1, 0, 2, 2, 3])


@dataclass(frozen=True)
class Thing:
    id: str
    firm: str | None
    size: Decimal | None
    paid: Decimal | None
    state: str | None
    good: bool | None
    due: date | None
    happened: date | None
    recorded: date | None
    level: int


@dataclass(frozen=True)
class Part:
    thing: str
    good: bool | None
    level: int


things = st.lists(
    st.builds(Thing, st.sampled_from("ABCDEFGH"), st.sampled_from([None, "甲", "乙", "丙"]), numbers, numbers,
              st.sampled_from([None, "一", "二", "三"]), st.sampled_from([None, True, False]), days, days, days, levels),
    max_size=14,
)
parts = st.lists(st.builds(Part, st.sampled_from("ABCDEFGH"), st.sampled_from([True, True, None, False]), levels), max_size=10)


def facts_of(rows: list[Thing], children: list[Part]) -> Facts:
    words = {"district": None, "supplier": None, "evidence": None, "verification": None}
    records = []
    for row in rows:
        cells = {**words, **{n: getattr(row, n) for n in ("id", "firm", "size", "paid", "state", "good", "due")}}
        values = tuple(cells.get(f.name) for f in fields_of(THING))
        records.append(Record(row.id, row.id, values, row.happened, row.recorded, row.level, (), "测试"))
    made = tuple(
        Record(str(n), str(n), tuple({"id": str(n), "thing": p.thing, "good": p.good}.get(f.name) for f in fields_of(PART)), None, None,
               p.level, (), "测试")
        for n, p in enumerate(children)
    )
    return Facts({"thing": tuple(records), "part": made})


def in_force(rows: list[Thing]) -> list[Thing]:
    known = [r for r in rows if (r.recorded or date.min) <= KNOWN_AT and (r.happened or date.min) <= AS_OF]
    newest: dict[str, Thing] = {}
    decided = {row.id for row in known if row.level != 0}
    for row in sorted(known, key=lambda r: (r.happened or date.min, r.recorded or date.min)):
        if row.level != 0 or row.id not in decided:     # what waits to be verified hides nothing that is
            newest[row.id] = row
    return [row for row in newest.values() if row.level >= 2]


def big(rows: list[Thing]) -> list[Thing]:
    return [row for row in in_force(rows) if row.size is not None and row.size >= 50]


def oracle(rows: list[Thing], children: list[Part]) -> dict[str, Decimal | None]:
    once = {r.firm for r in in_force(rows) if r.firm and r.due and r.due.year == YEAR and r.due <= AS_OF}
    paid = [r for r in big(rows) if r.paid is not None]
    of = {r.id: [p.good for p in children if p.thing == r.id and p.level >= 0] for r in big(rows)}
    good = [goods for goods in of.values() if goods and all(goods)]
    return {
        "counted": Decimal(sum(r.state != "三" for r in big(rows))), "once": Decimal(len(once)),
        "total": sum((r.paid or Decimal(0) for r in paid), Decimal(0)),
        "share": sum(r.paid or 0 for r in paid) / sum(r.size or Decimal(0) for r in paid) if paid else None,
        "children": Decimal(100 * len(good)) / len(of) if of else None,
    }


@settings(max_examples=40, deadline=None)
@given(things, parts)
def test_every_kind_over_rows_agrees_with_plain_python(rows: list[Thing], children: list[Part]) -> None:
    with open_warehouse(PACK, facts_of(rows, children), COMPILED) as warehouse:
        figures = evaluate_all(PACK, warehouse, AS_OF, YEAR, KNOWN_AT)
    expected = oracle(rows, children)
    known = {row.id for row in rows if (row.recorded or date.min) <= KNOWN_AT}
    for name, figure in figures.items():
        assert figure.because.counted_total + figure.because.excluded_total == len(known)
        assert (len(figure.because.counted), len(figure.because.excluded)) == (figure.because.counted_total, figure.because.excluded_total)
        assert all(row.reason for row in figure.because.excluded)
        if not known:
            assert figure.state == "no_facts"
        elif expected[name] is None:
            assert figure.value is None
        else:
            assert figure.value is not None
            assert abs(figure.value - (expected[name] or 0)) < Decimal("1e-20"), name


PYTHON: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, v: a == v, "!=": lambda a, v: a != v, "in": lambda a, v: a in v, "not_in": lambda a, v: a not in v,
    ">=": lambda a, v: a is not None and a >= v, ">": lambda a, v: a is not None and a > v,
    "<=": lambda a, v: a is not None and a <= v, "<": lambda a, v: a is not None and a < v,
    "is_set": lambda a, v: a is not None, "is_blank": lambda a, v: a is None,
    "in_year": lambda a, v: a is not None and a.year == YEAR and a <= AS_OF,
    "by_as_of": lambda a, v: a is not None and a <= AS_OF, "after_as_of": lambda a, v: a is not None and a > AS_OF,
    "before_year": lambda a, v: a is not None and a.year < YEAR, "not_by_as_of": lambda a, v: a is None or a > AS_OF,
    "lapsed": lambda a, v: a is None or a < AS_OF,
}
ASKED: dict[str, list[tuple[str, Any, Any]]] = {
    "=": [("size", 50, Decimal(50)), ("state", "一", "一"), ("good", True, True), ("due", "2019-09-30", AS_OF)],
    "!=": [("state", "一", "一"), ("good", True, True)], "in": [("state", ["一", "三"], ("一", "三"))],
    "not_in": [("state", ["一", "三"], ("一", "三"))], "is_set": [("firm", None, None)], "is_blank": [("firm", None, None)],
    "in_year": [("due", None, None)], "by_as_of": [("due", None, None)], "after_as_of": [("due", None, None)],
    "before_year": [("due", None, None)], "not_by_as_of": [("due", None, None)], "lapsed": [("due", None, None)],
    **{op: [("size", 50, Decimal(50)), ("due", "2019-03-01", date(2019, 3, 1))] for op in (">=", ">", "<=", "<")},
}
ROWS = [
    Thing(str(n), firm, size, None, state, good, due, None, None, 3)
    for n, (firm, size, state, good, due) in enumerate([
        ("甲", Decimal("49.99"), "一", True, date(2018, 12, 31)), (None, Decimal(50), "二", False, date(2019, 1, 1)),
        ("乙", Decimal("50.01"), "三", None, AS_OF), (None, None, None, None, None), ("丙", Decimal(0), "一", True, date(2019, 10, 1)),
        ("丁", Decimal(50), "二", False, date(2019, 3, 1)), ("戊", Decimal(99), "三", True, date(2020, 1, 1)),
    ])
]


def test_every_operator_agrees_with_plain_python() -> None:
    asked = [(op, *one) for op in indicator_spec.OPERATORS for one in ASKED[op]]
    made = [indicator("count", indicator=f"i{n}", register="thing", where=[{"field": name, "op": op, "value": value}])
            for n, (op, name, value, _) in enumerate(asked)]
    pack = pack_of(THING, *made)
    facts = facts_of(ROWS, [])
    with open_warehouse(pack, facts) as warehouse:
        figures = evaluate_all(pack, warehouse, AS_OF, YEAR)
    for n, (op, name, _, typed) in enumerate(asked):
        meets = {r.key for r in facts.records["thing"] if PYTHON[op](value_of(r, THING, name), typed)}
        assert {row.key for row in figures[f"i{n}"].because.counted} == meets, (op, name)


def test_choices_and_stages_stand_in_their_order() -> None:
    staged = register("thing", "项目", "id", field("id", "编号"), stages=["签约", "注册", "开工"])
    reached = indicator("count", register="thing", where=[{"field": "stage", "op": ">=", "value": "注册"}])
    pack = pack_of(staged, reached)
    rows = tuple({"编号": stage, "阶段": stage, "核验": "牵头单位核验"} for stage in ("签约", "注册", "开工"))
    facts, _ = facts_of_case(pack, Case(case="", indicator="figure", as_of="2019-09-30", given={"thing": rows}, figure=None))
    with open_warehouse(pack, facts) as warehouse:
        because = evaluate_all(pack, warehouse, AS_OF, YEAR)["figure"].because
    assert [row.key for row in because.counted] == ["开工", "注册"]
    assert because.excluded[0].reason == "阶段为“签约”，还没到“注册”"


def test_the_rooms_implement_exactly_what_packs_may_say() -> None:
    assert set(KINDS) == set(indicator_spec.KINDS)
    assert set(OPERATORS) == set(indicator_spec.OPERATORS) == set(PYTHON) == set(ASKED)
    assert set(Condition.model_fields["op"].annotation.__args__) == set(OPERATORS)  # type: ignore[union-attr]
    assert field_of(THING, "size").type == "area"
    assert Path(indicator_spec.__file__).exists()
