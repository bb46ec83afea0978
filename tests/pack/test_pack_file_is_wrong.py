"""One file with a mistake → one complaint that names the file, the line, the key, and what is allowed."""
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
        (REGISTER, "title: 桥名, type: text", "title: 桥名, tpye: text", f"{REGISTER} 第6行 fields.1.tpye：没有这个键，是不是 type？"),
        (REGISTER, "title: 桥名, type: text", "title: 桥名, tpye: text", f"{REGISTER} 第6行 fields.1.type：缺这个键，必须写"),
        (REGISTER, "type: date", "type: datum", f"{REGISTER} 第8行 fields.3.type：不能写“datum”，是不是 date？可写：text、integer"),
        (REGISTER, "register: bridge", "register: Bridge", f"{REGISTER} 第1行 register：要用英文小写字母、数字和下划线"),
        (REGISTER, "required: true", "required: 也许", f"{REGISTER} 第6行 fields.1.required：要写 true 或 false，现在是“也许”"),
        (REGISTER, "key: [bridge]", "key: bridge", f"{REGISTER} 第10行 key：要写成清单"),
        (REGISTER, "key: [bridge]", "key: []", f"{REGISTER} 第10行 key：项数不能少于1，现在是0项的清单"),
        (REGISTER, "supply: {unit: 示例局}", "supply: {unit: 示例局, due_day: 31}", f"{REGISTER} 第12行 supply.due_day：不能大于28，现在是“31”"),
        (REGISTER, "supply: {unit: 示例局}", "supply: 示例局", f"{REGISTER} 第12行 supply：要写成“键: 值”，现在是“示例局”"),
        (REGISTER, "title: 桥梁\n", "title:\n", f"{REGISTER} 第2行 title：要写文字，现在是空白"),
        (INDICATORS, "kind: count", "kind: cuont", f"{INDICATORS} 第2行 indicators.1.kind：没有“cuont”这一种，是不是 count？可写：count、sum、ratio"),
        (INDICATORS, "kind: count", "decimals: 0", f"{INDICATORS} 第2行 indicators.1.kind：缺这个键"),
        (INDICATORS, "op: in_year", "op: this_year", f"{INDICATORS} 第12行 indicators.1.where.2.op：不能写“this_year”"),
        (INDICATORS, "{field: opened, op: in_year}", "{feild: opened, op: in_year}", "where.2.feild：没有这个键，是不是 field？"),
        (INDICATORS, "{field: opened, op: in_year}", "{children: bridge, quantifier: some, empty: ask, meet: []}", "where.2.quantifier：不能写“some”"),
        (INDICATORS, "value: 公路桥", "value: {a: 1}", f"{INDICATORS} 第11行 indicators.1.where.1.value：只能写文字、数、true/false"),
        ("bindings.yaml", 'task: "1"', "task: 1", "bindings.yaml 第2行 bindings.1.target.task：要写文字：给“1”加上引号"),
        ("bindings.yaml", "value: 3,", "value: 三,", "bindings.yaml 第2行 bindings.1.target.value：要写数，现在是“三”"),
        ("bindings.yaml", "{6: 1, 12: 3}", "{六月: 1}", "bindings.yaml 第6行 bindings.1.plan.months.六月：键要写整数"),
        ("answers.yaml", "2019-03-01", "2019年3月", "answers.yaml 第2行 answers.1.on：日期要写成 2019-09-30 这样，现在是“2019年3月”"),
        (CASES, 'figure: "1"', "figure: 1", f"{CASES} 第8行 cases.1.figure：要写文字：给“1”加上引号"),
    ],
)
def test_a_wrong_key_or_value_is_named_with_its_line_and_what_is_allowed(
    complaints: Complaints, file: str, old: str, new: str, expected: str
) -> None:
    assert any(expected in message for message in complaints(file, new, old)), expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: 桥梁\n", "title: 桥梁\ntitle: 大桥\n", "第3行 title：这个键写了两次，第2行已有"),
        ("title: 桥梁\n", "title: 桥梁：大桥: 小桥\n", "第2行：YAML写法不对：冒号后面的文字里又有“: ”"),
        ("title: 桥梁\n", "\ttitle: 桥梁\n", "第2行：YAML写法不对：缩进里有制表符"),
        ("title: 桥梁\n", 'title: "桥梁\n', "YAML写法不对：引号没有配对"),
        ("title: 桥梁\n", "title: &a 桥梁\npurpose2: *a\n", "不支持锚点和别名"),
        ("title: 桥梁\n", "title: !python/object 桥梁\n", "不支持标签"),
        ("title: 桥梁\n", "title: @桥梁\n", "以YAML的特殊符号开头，整段加引号"),
    ],
)
def test_broken_yaml_is_named_with_its_line(complaints: Complaints, old: str, new: str, expected: str) -> None:
    messages = complaints(REGISTER, new, old)
    assert len(messages) == 1
    assert messages[0].startswith(REGISTER)
    assert expected in messages[0]


def test_an_empty_file_is_named(complaints: Complaints) -> None:
    assert complaints(REGISTER, "")[0] == f"{REGISTER} 第1行：要写成“键: 值”，现在是空白"


def test_a_file_that_is_not_utf8_is_named(small_pack: Path) -> None:
    (small_pack / REGISTER).write_bytes("register: 桥".encode("gb18030"))
    with pytest.raises(PackBroken, match=f"{REGISTER} 第1行：不是UTF-8编码，请另存为UTF-8"):
        load_pack(small_pack)
