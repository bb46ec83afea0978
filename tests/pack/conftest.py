"""A small good pack in a folder of its own, and the ways to break it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from luoshi.pack.load import PackBroken, load_pack

FILES = {
    "pack.yaml": """\
id: small
title: 小包
year: 2019
document: list.txt
""",
    "list.txt": "示例清单\n",
    "lights.yaml": """\
lights:
  - light: by-plan
    title: 照计划
    run: stock
    gap: percent_of_plan
    late: 0
    seriously_late: 10
    reference: 示例
""",
    "bindings.yaml": """\
bindings:
  - target: {task: "1", value: 3, unit: 座, words: [桥]}
    class: A
    indicator: bridges
    run: stock
    plan: {months: {6: 1, 12: 3}}
    light: by-plan
""",
    "answers.yaml": """\
answers:
  - {finding: duty.blank, task: "1", by: 示例员, on: "2019-03-01"}
""",
    "registers/bridge/register.yaml": """\
register: bridge
title: 桥梁
counted_as: 座
purpose: 示例
fields:
  - {name: bridge, title: 桥名, type: text, required: true}
  - {name: kind, title: 类型, type: choice, choices: [公路桥, 人行桥]}
  - {name: opened, title: 通车日期, type: date}
  - {name: cost, title: 造价, type: money, unit: 万元}
key: [bridge]
row_title: bridge
supply: {unit: 示例局}
""",
    "registers/bridge/indicators.yaml": """\
indicators:
  - kind: count
    indicator: bridges
    title: 通车桥梁
    unit: 座
    class: A
    nature: flow
    scope: 当年通车的
    register: bridge
    where:
      - {field: kind, op: "=", value: 公路桥}
      - {field: opened, op: in_year}
""",
    "registers/bridge/rows.example.csv": "桥名,类型,通车日期\n示例一桥,公路桥,2019-05-01\n",
    "registers/bridge/cases.yaml": """\
cases:
  - case: 当年通车的算
    indicator: bridges
    as_of: "2019-12-31"
    given:
      bridge:
        - {桥名: 示例一桥, 类型: 公路桥, 通车日期: "2019-05-01"}
    figure: "1"
""",
}


@pytest.fixture
def small_pack(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def complaints(small_pack: Path) -> Callable[..., list[str]]:
    """What is said of the small pack after `old` was replaced by `new` in one file (or the file was written anew)."""

    def broken(name: str, new: str, old: str | None = None) -> list[str]:
        path = small_pack / name
        if old is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(new, encoding="utf-8")
        else:
            text = path.read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{old!r} must stand once in {name}"
            path.write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(PackBroken) as raised:
            load_pack(small_pack)
        return [finding.message for finding in raised.value.findings if finding.level == "error"]

    return broken
