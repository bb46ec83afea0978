"""A folder of lists: one result each, a summary, and a second run that does only what is new."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.test_commands import LIST, luoshi


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "清单"
    (made / "县里").mkdir(parents=True)
    (made / "一.txt").write_text(LIST, "utf-8")
    (made / "县里" / "二.txt").write_text(LIST.replace("300", "500"), "utf-8")
    (made / "~$锁.docx").write_bytes(b"")
    return made


def summary(folder: Path) -> dict[str, object]:
    return json.loads((folder.with_name("清单-方案") / "summary.json").read_text("utf-8"))  # type: ignore[no-any-return]


def test_every_file_of_a_folder_gets_a_result(folder: Path) -> None:
    status, out, _ = luoshi("compile", str(folder), "-f", "json", "--jobs", "2")
    assert status == 0
    assert "2份文件：编成2份，读不了0份" in out
    plan = json.loads((folder.with_name("清单-方案") / "县里" / "二.txt.json").read_text("utf-8"))
    assert plan["tasks"][0]["targets"][0]["value"] == 500
    whole = summary(folder)
    assert (whole["files"], whole["tasks"], whole["targets"], whole["complete"]) == (2, 2, 2, True)


def test_a_refused_file_is_named_with_its_reason_and_the_status_says_so(folder: Path) -> None:
    (folder / "空.docx").write_bytes(b"")
    status, out, _ = luoshi("compile", str(folder))
    assert status == 1
    assert "读不了　空.docx：" in out
    assert (folder.with_name("清单-方案") / "一.txt.txt").is_file()


def test_a_second_run_reads_only_what_changed(folder: Path) -> None:
    luoshi("compile", str(folder), "-f", "json")
    log = folder.with_name("清单-方案") / ".luoshi-compile.jsonl"
    assert len(log.read_text("utf-8").splitlines()) == 2
    with log.open("a", encoding="utf-8") as file:
        file.write('{"file": "一.tx')                       # cut off by a crash
    (folder / "县里" / "二.txt").write_text(LIST.replace("300", "600"), "utf-8")
    luoshi("compile", str(folder), "-f", "json")
    assert "二.txt" in log.read_text("utf-8").splitlines()[-1]
    assert len(log.read_text("utf-8").splitlines()) == 4
    assert summary(folder)["targets"] == 2


def test_a_result_that_was_removed_is_made_again(folder: Path) -> None:
    luoshi("compile", str(folder), "-f", "json")
    result = folder.with_name("清单-方案") / "一.txt.json"
    result.unlink()
    luoshi("compile", str(folder), "-f", "json")
    assert result.is_file()


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    status, _, err = luoshi("compile", str(tmp_path))
    assert status == 2
    assert "没有可以读的文件" in err


def test_into_a_pipe_no_bar_is_drawn(folder: Path) -> None:
    assert luoshi("compile", str(folder))[2] == ""


def test_ctrl_c_ends_with_what_is_done_and_the_next_run_goes_on(folder: Path) -> None:
    for n in range(120):
        (folder / f"多{n}.txt").write_text(LIST.replace("300", str(n + 1)), "utf-8")
    run = subprocess.Popen([sys.executable, "-m", "luoshi", "compile", str(folder), "-f", "json"], start_new_session=True,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    log = folder.with_name("清单-方案") / ".luoshi-compile.jsonl"
    while run.poll() is None and not (log.is_file() and log.stat().st_size > 500):
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGINT)
    out, err = run.communicate(timeout=30)
    assert "Traceback" not in err
    if run.returncode == 130:                               # a fast machine may have been done
        assert "份没有做" in out
        assert summary(folder)["complete"] is False
    assert luoshi("compile", str(folder), "-f", "json")[0] == 0
    assert summary(folder)["tasks"] == 122
