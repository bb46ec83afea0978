"""The command line as a person uses it: what it prints, what it refuses, and with which status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from luoshi.cli.main import app

LIST = "示例市2021年重点工作任务清单\n\n\t序号\n\t工作任务\n\t年度目标\n\t具体措施\n\t牵头单位\n\t配合单位\n\n" \
       "\t1\n\t办好民生实事\n\t新建托位300个以上。\n\t建设示例托育园。\n\t市卫健委\n\t市教育局\n\n"
RUN = ["run", "jiaxing-2019", "--as-of", "2019-09-30"]


def luoshi(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "清单.txt"
    path.write_text(LIST, "utf-8")
    return path


def test_it_prints_a_plan_for_people(listed: Path) -> None:
    status, out, _ = luoshi("compile", str(listed))
    assert status == 0
    assert "1项任务 · 1条举措 · 1个指标" in out
    assert "≥300个" in out


@pytest.mark.parametrize("format", ["json", "yaml"])
def test_it_writes_a_plan_for_programs(listed: Path, tmp_path: Path, format: str) -> None:
    out = tmp_path / "plan"
    assert luoshi("compile", str(listed), "--format", format, "-o", str(out))[0] == 0
    text = out.read_text("utf-8")
    assert "luoshi.plan/1" in text
    assert "办好民生实事" in text
    if format == "json":
        assert json.loads(text)["tasks"][0]["targets"][0]["value"] == 300


def test_the_year_can_be_told(listed: Path) -> None:
    listed.write_text(LIST.replace("2021年", ""), "utf-8")
    _, out, _ = luoshi("compile", str(listed), "--year", "2024")
    assert "2024年12月31日前" in out


def test_a_document_without_a_list_ends_with_status_one(tmp_path: Path) -> None:
    path = tmp_path / "信.txt"
    path.write_text("示例来信。\n", "utf-8")
    status, out, err = luoshi("compile", str(path), "--format", "json")
    assert status == 1
    assert json.loads(out)["tasks"] == []
    assert "没有找到任务清单表" in err


@pytest.mark.parametrize(("name", "content", "words"), [
    ("空.txt", b"", "空"), ("图.docx", b"\x89PNG\r\n\x1a\n" + b"0" * 50, "图片"), ("没有.txt", None, "没有")])
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    status, out, err = luoshi("compile", str(path))
    assert (status, out) == (2, "")
    assert err.startswith("错误：")
    assert words in err


def test_an_unwritable_place_is_said(listed: Path, tmp_path: Path) -> None:
    status, _, err = luoshi("compile", str(listed), "-o", str(tmp_path / "none" / "plan.txt"))
    assert status == 2
    assert "写不了" in err


def test_extract_reads_lines_and_ignores_other_keys(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    rows = [{"id": "a", "text": "新建托位300个以上。", "targets": "gold", "title": "2021年清单"}, {"id": "b", "text": "召开会议。"}]
    source.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), "utf-8")
    status, out, _ = luoshi("extract", "--jsonl", str(source))
    read = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [r["id"] for r in read] == ["a", "b"]
    assert [(t["value"], t["unit"], t["op"]) for t in read[0]["targets"]] == [(300, "个", ">=")]
    assert read[1]["targets"] == []


def test_extract_reads_one_document(listed: Path) -> None:
    status, out, _ = luoshi("extract", str(listed))
    read = json.loads(out)
    assert status == 0
    assert read["targets"][0]["value"] == 300
    span = read["targets"][0]
    assert "300" in read["text"][span["start"]:span["end"]]


@pytest.mark.parametrize("words", [[], ["x.txt", "--jsonl", "y.jsonl"]])
def test_extract_wants_one_of_two(words: list[str]) -> None:
    status, _, err = luoshi("extract", *words)
    assert status == 2
    assert "二者选一" in err


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "a", "text": "好"}\n{"id": 2}\n', "utf-8")
    status, _, err = luoshi("extract", "--jsonl", str(source))
    assert status == 2
    assert "in.jsonl 第2行" in err


def test_run_prints_a_board() -> None:
    status, out, err = luoshi(*RUN)
    assert (status, err) == (0, "")
    assert "截至2019年9月30日" in out
    assert "20 / 21个" in out


def test_run_writes_a_page(tmp_path: Path) -> None:
    out = tmp_path / "board.html"
    assert luoshi(*RUN, "--format", "html", "-o", str(out))[0] == 0
    assert out.read_text("utf-8").startswith("<!doctype html>")


def test_explain_takes_a_number_or_words() -> None:
    by_number = luoshi("explain", "jiaxing-2019", "1.1", "--as-of", "2019-09-30")
    by_words = luoshi("explain", "jiaxing-2019", "高能级平台", "--as-of", "2019-09-30")
    assert by_number == by_words
    assert "没有计入的5行" in by_number[1]


@pytest.mark.parametrize("target", ["没有这个", "企业"])
def test_explain_offers_a_choice_where_it_is_not_one(target: str) -> None:
    status, _, err = luoshi("explain", "jiaxing-2019", target, "--as-of", "2019-09-30")
    assert status == 2
    assert "请用编号指明" in err
    assert "3.3" in err


@pytest.mark.parametrize("words", [["run", "no-such-pack", "--as-of", "2019-09-30"], ["pack", "test", "no-such-pack"]])
def test_an_unknown_pack_is_said(words: list[str]) -> None:
    status, _, err = luoshi(*words)
    assert status == 2
    assert "no-such-pack" in err


def test_a_wrong_date_is_refused() -> None:
    assert luoshi("run", "jiaxing-2019", "--as-of", "2019-13-40")[0] == 2


def test_worked_cases_pass() -> None:
    status, out, _ = luoshi("pack", "test")
    assert status == 0
    assert "  不符  " not in out
    assert "，0个不符" in out


def test_schemas_are_written_for_editors(tmp_path: Path) -> None:
    status, out, _ = luoshi("pack", "schema", "-o", str(tmp_path / "schemas"))
    assert status == 0
    assert len(out.splitlines()) == len(list((tmp_path / "schemas").glob("*.json"))) > 5


def test_the_version_is_printed() -> None:
    assert luoshi("--version")[1].startswith("luoshi 0.")


def test_compiling_for_programs_loads_nothing_heavy(listed: Path) -> None:
    code = ("import sys; from luoshi.cli.main import app; sys.argv[1:] = ['compile', %r, '--format', 'json']\n"
            "try: app()\nexcept SystemExit: pass\n"
            "print(sorted({m.split('.')[0] for m in sys.modules} & {'rich', 'pydantic', 'jsonschema', 'django', 'ibis', 'duckdb'}), file=sys.stderr)")
    result = subprocess.run([sys.executable, "-c", code % str(listed)], capture_output=True, text=True, check=True)
    assert result.stderr.strip() == "[]"


def test_a_reader_that_leaves_early_is_no_error(listed: Path) -> None:
    command = f"{sys.executable} -m luoshi compile '{listed}' --format json | head -1"
    result = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert result.stderr == ""
