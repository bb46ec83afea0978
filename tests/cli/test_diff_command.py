"""`luoshi diff` and `luoshi export` as a person uses them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_commands import LIST, luoshi

REISSUE = Path(__file__).parents[1] / "documents" / "reissue"
OLD, NEW = str(REISSUE / "示例清单（原）.txt"), str(REISSUE / "示例清单（新）.txt")


def test_it_says_first_what_asks_for_a_reason() -> None:
    status, out, _ = luoshi("diff", OLD, NEW)
    assert status == 0
    assert "5项要求放松、1项删去，要说明理由。" in out
    assert out.index("要说明理由的") < out.index("其他变动")


def test_json_and_page_carry_the_same_changes(tmp_path: Path) -> None:
    page = tmp_path / "对照.html"
    tree = json.loads(luoshi("diff", OLD, NEW, "-f", "json")[1])
    assert luoshi("diff", OLD, NEW, "-f", "html", "-o", str(page))[0] == 0
    assert sum(change["asks_for_reason"] for change in tree["changes"]) == 6
    html = page.read_text("utf-8")
    assert "<del>60</del>" in html
    assert "<script" not in html


def test_plans_and_documents_can_be_compared_with_each_other(tmp_path: Path) -> None:
    plan = tmp_path / "原.json"
    luoshi("compile", OLD, "-f", "json", "-o", str(plan))
    assert "没有变动" in luoshi("diff", str(plan), OLD)[1]


def test_what_is_no_plan_is_refused_with_what_to_do(tmp_path: Path) -> None:
    wrong = tmp_path / "x.json"
    wrong.write_text("[]", "utf-8")
    for words in (("diff", str(wrong), NEW), ("diff", OLD, str(tmp_path / "none.json")), ("diff", OLD, str(tmp_path / "none.txt"))):
        status, _, err = luoshi(*words)
        assert status == 2
        assert "Traceback" not in err


def test_an_export_stands_beside_its_source_and_is_not_written_over(tmp_path: Path) -> None:
    source = tmp_path / "清单.txt"
    source.write_text(LIST, "utf-8")
    for format, suffix in (("docx", "docx"), ("xlsx", "xlsx"), ("json", "json"), ("stratml", "xml")):
        status, out, err = luoshi("export", str(source), "--to", format)
        made = tmp_path / f"清单-方案.{suffix}"
        assert (status, err) == (0, "")
        assert str(made) in out
        assert "没有变动" in luoshi("diff", str(source), str(made))[1]
    status, _, err = luoshi("export", str(source), "--to", "docx")
    assert status == 2
    assert "没有覆盖" in err


def test_what_the_words_of_a_table_do_not_carry_is_said(tmp_path: Path) -> None:
    plan = tmp_path / "方案.json"
    luoshi("compile", OLD, "-f", "json", "-o", str(plan))
    tree = json.loads(plan.read_text("utf-8"))
    target = next(t for task in tree["tasks"] for t in task["targets"])
    target["metric"], target["value"] = "有人补的指标", 7
    plan.write_text(json.dumps(tree), "utf-8")
    assert "有人补的指标" in luoshi("export", str(plan), "--to", "docx", "-o", str(tmp_path / "x.docx"))[2]


def test_stratml_is_compiled_like_a_list(tmp_path: Path) -> None:
    out = tmp_path / "x.xml"
    luoshi("export", OLD, "--to", "stratml", "-o", str(out))
    assert "6项任务" in luoshi("compile", str(out))[1]
