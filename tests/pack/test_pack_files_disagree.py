"""Whatever one file names, another must hold: each mismatch is named with its file, line and key."""
# ruff: noqa: E501  (tables with one mistake a line; Chinese counts double)

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from luoshi.pack.load import PackBroken, load_pack

Complaints = Callable[..., list[str]]
REGISTER, INDICATORS, CASES = (f"registers/bridge/{name}.yaml" for name in ("register", "indicators", "cases"))


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (REGISTER, "key: [bridge]", "key: [brigde]", f"{REGISTER} 第10行 key.1：没有字段“brigde”，是不是 bridge？"),
        (REGISTER, "row_title: bridge", "row_title: name", f"{REGISTER} 第11行 row_title：没有字段“name”"),
        (REGISTER, "row_title: bridge", "row_title: bridge\nhappened: kind", f"{REGISTER} 第12行 happened：“kind”不是日期字段"),
        (REGISTER, "unit: 万元", "unit: 亩", f"{REGISTER} 第9行 fields.4.unit：单位不能写“亩”；可写：元、万元、亿元"),
        (REGISTER, ", choices: [公路桥, 人行桥]", "", f"{REGISTER} 第7行 fields.2.choices：choice 字段要列出 choices"),
        (REGISTER, "type: text,", "type: text, references: bridges,", f"{REGISTER} 第6行 fields.1.references：没有台账“bridges”，是不是 bridge？"),
        (REGISTER, "type: text,", 'type: text, pattern: "[",', f"{REGISTER} 第6行 fields.1.pattern：正则表达式写法不对"),
        (REGISTER, "type: money, unit: 万元", "type: money, difference: {of: price, minus: []}", "fields.4.difference：没有字段“price”"),
        (REGISTER, "type: money, unit: 万元", "type: date, years_after: {date: kind, years: 1}", "fields.4.years_after：“kind”的类型是 choice，这里要 date"),
        (REGISTER, "register: bridge", "register: bridges", f"{REGISTER} 第1行 register：“bridges”要和文件夹名“bridge”一样"),
        (REGISTER, "row_title: bridge", "row_title: bridge\nparent: {register: road, field: road}", f"{REGISTER} 第12行 parent.register：没有台账“road”"),
        (
            REGISTER,
            "row_title: bridge",
            "row_title: bridge\nstages: [在建]\ntransitions: [{from: 在建, action: 验收, to: 建成, who: 局}]",
            f"{REGISTER} 第13行 transitions.1.to：没有阶段“建成”",
        ),
        (INDICATORS, "register: bridge", "register: brige", f"{INDICATORS} 第9行 indicators.1.register：没有台账“brige”，是不是 bridge？"),
        (INDICATORS, "field: opened", "field: open", f"{INDICATORS} 第12行 indicators.1.where.2.field：台账“bridge”没有字段“open”，是不是 opened？"),
        (INDICATORS, "field: opened, op: in_year", "field: kind, op: in_year", "where.2.op：“类型”的类型是 choice，不能用 in_year；可用："),
        (INDICATORS, 'field: kind, op: "="', 'field: bridge, op: ">="', "where.1.op：“桥名”的类型是 text，不能用 >="),
        (INDICATORS, "value: 公路桥", "value: 铁路桥", f"{INDICATORS} 第11行 indicators.1.where.1.value：“类型”没有“铁路桥”这一项，是不是 公路桥？"),
        (INDICATORS, 'op: "=", value: 公路桥', "op: in, value: 公路桥", "where.1.value：in、not_in 的 value 要写成清单"),
        (INDICATORS, "op: in_year", 'op: ">=", value: "2019-02-30"', "where.2.value：“通车日期”是日期，“2019-02-30”不是日期"),
        (INDICATORS, "op: in_year", "op: in_year, value: 2019", "where.2.value：in_year 不需要写 value"),
        (INDICATORS, "field: kind, op", "field: cost, op", "where.1.value：“造价”是数，要写数"),
        (INDICATORS, "scope: 当年通车的", 'scope: ""', f"{INDICATORS} 第8行 indicators.1.scope：口径空着，就要在 scope_question 里写明问什么"),
        (INDICATORS, "class: A", "class: B", f"{INDICATORS} 第6行 indicators.1.class：count 的类别是 A，不是 B"),
        (INDICATORS, "class: A", "class: A\n    shadows: [bridge_net]", "shadows.1：没有可作参照的测算“bridge_net”"),
        (INDICATORS, "class: A", "class: A\n    distinct: [bride]", "distinct.1：台账“bridge”没有字段“bride”，是不是 bridge？"),
        ("bindings.yaml", "indicator: bridges", "indicator: bridgs", "bindings.yaml 第4行 bindings.1.indicator：没有测算“bridgs”，是不是 bridges？"),
        ("bindings.yaml", "light: by-plan", "light: by-plans", "bindings.yaml 第7行 bindings.1.light：没有灯规则“by-plans”，是不是 by-plan？"),
        ("bindings.yaml", "run: stock", "run: cumulative", "bindings.yaml 第7行 bindings.1.light：灯规则“by-plan”用于 stock，这里是 cumulative"),
        ("bindings.yaml", "{6: 1, 12: 3}", "{6: 1, 13: 3}", "bindings.yaml 第6行 bindings.1.plan.months.13：没有13月，月份写 1 到 12"),
        ("bindings.yaml", "class: A", "milestone: {task: '1', words: [桥]}\n    class: A", "bindings.1：target 和 milestone 要写一个，只能写一个"),
        ("bindings.yaml", 'target: {task: "1", value: 3, unit: 座, words: [桥]}', "note: 无", "bindings.1：target 和 milestone 要写一个"),
        ("bindings.yaml", "run: stock", "run: stock\n    judged: band", "bindings.1.tolerance：judged: band 与 tolerance"),
        ("bindings.yaml", "class: A", "class: C", "bindings.yaml 第3行 bindings.1.class：测算“bridges”的类别是 A"),
        ("lights.yaml", "late: 0", "late: 10", "lights.yaml 第7行 lights.1.seriously_late：seriously_late 要大于 late"),
        ("lights.yaml", "gap: percent_of_plan", "gap: days_late", "lights.yaml 第5行 lights.1.gap：days_late 与 run: event 要一起用"),
        ("answers.yaml", "2019-03-01", "2019-02-29", "answers.yaml 第2行 answers.1.on：没有“2019-02-29”这一天"),
        (CASES, "indicator: bridges", "indicator: tunnels", f"{CASES} 第3行 cases.1.indicator：没有测算“tunnels”"),
        (CASES, "2019-12-31", "2019-13-01", f"{CASES} 第4行 cases.1.as_of：没有“2019-13-01”这一天"),
        (CASES, "      bridge:", "      bridges:", f"{CASES} 第6行 cases.1.given.bridges：没有台账、序列或成果清单“bridges”，是不是 bridge？"),
        (CASES, "桥名: 示例一桥", "桥: 示例一桥", f"{CASES} 第7行 cases.1.given.bridge.1.桥：台账“桥梁”没有这一列，是不是 桥名？"),
        (CASES, "类型: 公路桥", "类型: 铁桥", f"{CASES} 第7行 cases.1.given.bridge.1.类型：没有“铁桥”这一项"),
        ("pack.yaml", "id: small", "id: large", "pack.yaml 第1行 id：“large”要和文件夹名“small”一样"),
        ("pack.yaml", "list.txt", "lst.txt", "pack.yaml 第4行 document：没有清单文件“lst.txt”"),
        ("pack.yaml", "year: 2019", "uses: [bsae]", "pack.yaml 第3行 uses.1：没有数据包“bsae”，是不是 base？"),
        ("pack.yaml", "year: 2019\n", "", "pack.yaml 第1行 year：有绑定就要写年份"),
    ],
)
def test_a_name_that_nothing_holds_is_complained_of(complaints: Complaints, file: str, old: str, new: str, expected: str) -> None:
    messages = complaints(file, new, old)
    assert any(expected in message for message in messages), messages


def test_registers_that_point_at_each_other_in_a_ring_are_refused(small_pack: Path, complaints: Complaints) -> None:
    road = (small_pack / REGISTER).read_text(encoding="utf-8").replace("register: bridge", "register: road")
    (small_pack / "registers/road").mkdir()
    (small_pack / "registers/road/register.yaml").write_text(road.replace("type: text,", "type: text, references: bridge,"), encoding="utf-8")
    messages = complaints(REGISTER, "type: text, references: road,", "type: text,")
    assert messages == [f"{REGISTER} 第6行 fields.1.references：台账互相引用成了圈：bridge→road→bridge"]


def test_a_register_may_point_at_itself(small_pack: Path) -> None:
    path = small_pack / REGISTER
    path.write_text(path.read_text(encoding="utf-8").replace("type: text,", "type: text, references: bridge,"), encoding="utf-8")
    assert load_pack(small_pack)[0].registers["bridge"].fields[0].references == "bridge"


def test_a_query_without_its_file_is_refused(complaints: Complaints) -> None:
    query = (
        "indicators:\n  - {kind: sql, indicator: bridges, title: 桥, unit: 座, class: A, nature: stock, scope: 全部,"
        " file: bridges.sql, tables: [brige], rule: 数一数}\n"
    )
    messages = complaints(INDICATORS, query)
    assert f"{INDICATORS} 第2行 indicators.1.file：没有文件“bridges.sql”；现在一个都没有" in messages
    assert f"{INDICATORS} 第2行 indicators.1.tables.1：没有台账“brige”，是不是 bridge？" in messages


def test_a_query_outside_its_folder_is_refused(complaints: Complaints) -> None:
    query = (
        "indicators:\n  - {kind: sql, indicator: bridges, title: 桥, unit: 座, class: A, nature: stock, scope: 全部,"
        " file: ../../x.sql, tables: [bridge], rule: 数一数}\n"
    )
    assert any("indicators.1.file：只写同一文件夹里的 .sql 文件名" in message for message in complaints(INDICATORS, query))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("kind: latest, class: B, series: gdp", "series：没有序列“gdp”"),
        ("kind: exists, class: C, deliverables: plans, stage: 印发", "deliverables：没有成果清单“plans”"),
        ("kind: sum, class: A, register: bridge, field: kind", "field：“类型”的类型是 choice，不能相加"),
        ("kind: ratio, class: A, register: bridge, top: {field: cots}, bottom: {}", "top.field：台账“bridge”没有字段“cots”，是不是 cost？"),
        ("kind: latest, class: A, series: gdp", "class：latest 的类别是 B，不是 A"),
    ],
)
def test_every_kind_is_checked_for_what_it_names(complaints: Complaints, kind: str, expected: str) -> None:
    text = f"indicators:\n  - {{indicator: bridges, title: 桥, unit: 座, nature: stock, scope: 全部, {kind}}}\n"
    messages = complaints(INDICATORS, text)
    assert any(f"{INDICATORS} 第2行 indicators.1.{expected}" in message for message in messages), messages


def test_a_pack_may_not_redefine_what_another_says(tmp_path: Path, small_pack: Path) -> None:
    city = tmp_path / "city"
    (city / "registers/bridge").mkdir(parents=True)
    (city / "pack.yaml").write_text("id: city\ntitle: 市\nuses: [small]\n", encoding="utf-8")
    (city / INDICATORS).write_text((small_pack / INDICATORS).read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(PackBroken, match=r"registers/bridge/indicators\.yaml 第2行 indicators\.1：测算“bridges”已在 small/\S+ 第2行 写过；可以增加"):
        load_pack(city)


def test_a_pack_may_add_to_a_register_of_another(tmp_path: Path, small_pack: Path) -> None:
    city = tmp_path / "city"
    (city / "registers/bridge").mkdir(parents=True)
    (city / "pack.yaml").write_text("id: city\ntitle: 市\nuses: [small]\n", encoding="utf-8")
    added = (small_pack / INDICATORS).read_text(encoding="utf-8").replace("indicator: bridges", "indicator: city_bridges")
    (city / INDICATORS).write_text(added, encoding="utf-8")
    pack, _ = load_pack(city)
    assert set(pack.indicators) == {"bridges", "city_bridges"}
    assert pack.rows == {}, "another pack's invented rows must not be counted"
    assert pack.bindings == (), "another list's bindings say nothing about this one"


def test_packs_that_use_each_other_are_refused(tmp_path: Path, small_pack: Path) -> None:
    city = tmp_path / "city"
    city.mkdir()
    (city / "pack.yaml").write_text("id: city\ntitle: 市\nuses: [small]\n", encoding="utf-8")
    pack = small_pack / "pack.yaml"
    pack.write_text(pack.read_text(encoding="utf-8") + "uses: [city]\n", encoding="utf-8")
    with pytest.raises(PackBroken, match=r"small/pack\.yaml 第5行 uses\.1：数据包互相引用成了圈：city→small→city"):
        load_pack(city)


def test_every_mistake_is_named_in_one_run(complaints: Complaints) -> None:
    old = '    where:\n      - {field: kind, op: "=", value: 公路桥}\n      - {field: opened, op: in_year}\n'
    assert len(complaints(INDICATORS, "    where: [{field: kand, op: is_set}, {field: open, op: is_set}]\n", old)) == 2
