"""`luoshi work`, `luoshi journal verify --anchor`, `luoshi sample redraw`: as an operator or an auditor runs them, on a data folder of their own."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from luoshi.cli.main import app
from tests.cli.places import Place, fill, new_place

DRAW = """
from datetime import date, datetime, UTC
from luoshi.actions.draw_sample import SampleText, draw_sample
from luoshi.store.clock import now
from luoshi.store.models import ListRecord, PersonRecord, ScheduleRecord
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.samples import proof_of, the_sample
from luoshi.store.who import who_is
import json
import re
office = who_is(PersonRecord.objects.get(username='ducha'))
made = draw_sample(office, now(), date(2019, 9, 30), 1, SampleText('9月抽查（示例）', date(2019, 9, 30), 3, 3, '示例种子'))
print(json.dumps(proof_of(the_sample(office, the_list(office, 1), made.pk)), ensure_ascii=False))
"""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, str]:
    """The example with one spot check, and the file that its page gives."""
    place = fill(new_place(tmp_path_factory.mktemp("proofs") / "data", "sqlite"))
    return place, place.django(DRAW).stdout


def test_one_round_of_the_worker_anchors_the_journal_and_the_anchor_proves_it(drawn: tuple[Place, str], tmp_path: Path) -> None:
    place = Place(tmp_path / "data")
    shutil.copytree(drawn[0].data, place.data)
    assert place.luoshi("work", "--once").returncode == 0     # the jobs have their rows now; nothing was due yet
    with sqlite3.connect(place.data / "luoshi.sqlite3") as base:
        base.execute("UPDATE schedule SET is_on = job = 'anchor', due_at = '2019-01-01 00:00:00'")
    assert place.luoshi("work", "--once").returncode == 0
    with sqlite3.connect(place.data / "luoshi.sqlite3") as base:
        assert base.execute("SELECT failures, succeeded_at IS NOT NULL FROM schedule WHERE job = 'anchor'").fetchone() == (0, 1)
    anchor = next((place.data / "anchors").iterdir())
    done = place.luoshi("journal", "verify", "--anchor", anchor)
    assert done.returncode == 0, done.stderr
    assert f"和 {anchor.name} 一致" in done.stdout
    (tmp_path / "other.json").write_text(anchor.read_text().replace(json.loads(anchor.read_text())["hash"], "0" * 64))
    broken = place.luoshi("journal", "verify", "--anchor", tmp_path / "other.json")
    assert broken.returncode == 1
    assert "对不上" in broken.stdout
    assert place.luoshi("journal", "verify", "--anchor", tmp_path / "nothing.json").returncode == 2


def test_a_folder_without_data_has_no_work(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["work", "--once", "--data", str(tmp_path)])
    assert result.exit_code == 2
    assert "里没有数据" in result.stderr


def test_a_spot_check_is_drawn_again_from_the_data_folder_and_one_that_was_changed_is_told(drawn: tuple[Place, str], tmp_path: Path) -> None:
    place = Place(tmp_path / "data")
    shutil.copytree(drawn[0].data, place.data)
    done = place.luoshi("sample", "redraw", "1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("一样　") == 6
    assert "重抽和当时一样。" in done.stdout
    with sqlite3.connect(place.data / "luoshi.sqlite3") as base:
        base.execute("UPDATE sample SET seed = '别的种子'")
    changed = place.luoshi("sample", "redraw")
    assert changed.returncode == 1
    assert "不一样" in changed.stdout
    assert place.luoshi("sample", "redraw", "99").returncode == 2


def test_the_file_of_the_page_is_enough_to_draw_it_again(drawn: tuple[Place, str], tmp_path: Path) -> None:
    file = tmp_path / "sample-1.json"
    file.write_text(drawn[1], "utf-8")
    result = CliRunner().invoke(app, ["sample", "redraw", "--file", str(file)])
    assert result.exit_code == 0, result.output
    assert "种子 示例种子" in result.stdout
    kept = json.loads(drawn[1])
    kept["claims"][0]["risks"] = ["jump", "evidence_reused"]
    file.write_text(json.dumps(kept | {"drawn": kept["drawn"][1:]}), "utf-8")
    assert CliRunner().invoke(app, ["sample", "redraw", "--file", str(file)]).exit_code == 1
    file.write_text("{}", "utf-8")
    broken = CliRunner().invoke(app, ["sample", "redraw", "--file", str(file)])
    assert broken.exit_code == 2
    assert "不是从抽查页下载的文件" in broken.stderr
