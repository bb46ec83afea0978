"""Good packs: found by name or path, merged, and light to import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from luoshi.pack.find import find_pack, shipped_packs
from luoshi.pack.load import PackBroken, load_pack
from luoshi.pack.schema import write_schemas
from luoshi.pack.yaml_place import read_yaml


def test_a_small_pack_loads_from_a_path(small_pack: Path) -> None:
    pack, findings = load_pack(small_pack)
    assert findings == ()
    assert pack.rows == {"bridge": (small_pack / "registers/bridge/rows.example.csv",)}
    assert pack.bindings[0].plan is not None
    assert pack.bindings[0].plan.months == {6: 1, 12: 3}
    assert pack.answers[0].on == "2019-03-01"
    assert [case.case for case in pack.cases] == ["当年通车的算"]


@pytest.mark.parametrize("name", shipped_packs())
def test_a_shipped_pack_loads_by_name_without_any_finding(name: str) -> None:
    pack, findings = load_pack(name)
    assert findings == ()
    assert pack.file.id == name
    assert pack.cases


def test_a_pack_that_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(PackBroken, match="没有数据包“jiaxing-2018”，是不是 jiaxing-2019？"):
        find_pack("jiaxing-2018")


def test_a_folder_without_pack_yaml_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(PackBroken, match=r"里没有 pack\.yaml，这不是数据包"):
        find_pack(tmp_path)


def test_a_file_that_nobody_reads_is_a_warning(small_pack: Path) -> None:
    (small_pack / "registers/bridge/indicator.yaml").write_text("", encoding="utf-8")
    (small_pack / "notes.md").write_text("", encoding="utf-8")
    _, findings = load_pack(small_pack)
    assert [(f.level, f.message) for f in findings] == [
        ("warning", "registers/bridge/indicator.yaml：这个文件不会被读到，是不是 indicators.yaml？")
    ]


def test_dates_and_yes_stay_text() -> None:
    assert read_yaml("on: 2019-09-30\nanswer: yes\ncount: 1_000\n").value == {"on": "2019-09-30", "answer": "yes", "count": 1000}


def test_loading_imports_nothing_heavy() -> None:
    code = "import sys, luoshi.pack.load; print(sorted({'ibis', 'duckdb', 'pandas', 'lxml', 'sqlglot'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_the_shipped_files_fit_the_schemas_that_editors_use() -> None:
    schemas = write_schemas()
    checked = 0
    for path in (path for name in shipped_packs() for path in find_pack(name).rglob("*.yaml")):
        schema = schemas[f"{path.stem}.schema.json"]
        content = read_yaml(path.read_text(encoding="utf-8")).value
        errors = [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(_with_text_keys(content))]
        assert errors == [], path
        checked += 1
    assert checked > 30


def _with_text_keys(value: object) -> object:
    """JSON knows no other keys than texts."""
    if isinstance(value, dict):
        return {str(key): _with_text_keys(each) for key, each in value.items()}
    return [_with_text_keys(each) for each in value] if isinstance(value, list) else value
