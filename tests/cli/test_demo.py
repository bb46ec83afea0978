"""`luoshi demo`: a folder of its own, passwords shown once, loopback only."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from luoshi.cli.demo import MARK, _columns, _make_way
from luoshi.cli.main import app
from tests.environment import of_a_person

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")  # http://127.0.0.1:8000/
SEEDED = re.compile(r"^  ([a-z-]+) +(\w{4}-\w{4}-\w{4})", re.MULTILINE)  # "  admin         w8g8-xdzk-jaxj"


@contextmanager
def demo(data: Path, *more: str) -> Iterator[str]:
    """What it printed until its address; it still runs then."""
    command = [sys.executable, "-m", "luoshi", "demo", "--data", str(data), "--port", "8710", *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=of_a_person()) as running:
        assert running.stdout is not None
        lines = []
        for line in running.stdout:
            lines.append(line)
            if ADDRESS.search(line):
                break
        _await(int(ADDRESS.findall(lines[-1])[0]))
        try:
            yield "".join(lines)
        finally:
            running.send_signal(signal.SIGINT)
            running.communicate(timeout=30)


def _await(port: int) -> None:
    """The address is printed just before somebody listens on it."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def test_it_fills_a_folder_once_and_moves_on_from_a_busy_port(tmp_path: Path) -> None:
    data = tmp_path / "示例"
    with demo(data) as first:
        people = dict(SEEDED.findall(first))
        assert len(people) == len(set(people.values())) == 13
        assert "系统管理员" in first
        refused = CliRunner().invoke(app, ["demo", "--data", str(data), "--fresh"])
        assert refused.exit_code == 2
        assert "正在运行" in refused.output
        with socket.create_server(("127.0.0.1", int(ADDRESS.findall(first)[0]) + 1)), demo(data) as second:
            assert "密码只在建立时显示过一次" in second
            assert not SEEDED.findall(second)
            assert int(ADDRESS.findall(second)[0]) > int(ADDRESS.findall(first)[0]) + 1
    stored = (data / "luoshi.sqlite3").read_bytes()
    assert not any(password.encode() in stored for password in people.values())
    with demo(data, "--fresh") as third:
        assert set(people.values()).isdisjoint(dict(SEEDED.findall(third)).values())


def test_it_never_empties_a_folder_that_holds_something_else(tmp_path: Path) -> None:
    (tmp_path / "重要.txt").write_text("不能丢")
    result = CliRunner().invoke(app, ["demo", "--data", str(tmp_path), "--fresh"])
    assert result.exit_code == 2
    assert "不是示例的数据目录" in result.output
    assert (tmp_path / "重要.txt").exists()
    result = CliRunner().invoke(app, ["demo", "--data", str(tmp_path / "重要.txt")])
    assert "是一个文件，不是目录" in result.output


def test_it_empties_only_its_own(tmp_path: Path) -> None:
    _make_way(tmp_path / "new", fresh=False)
    (tmp_path / "new" / "rest").write_text("x")
    _make_way(tmp_path / "new", fresh=False)
    assert (tmp_path / "new" / "rest").exists()
    _make_way(tmp_path / "new", fresh=True)
    assert [each.name for each in (tmp_path / "new").iterdir()] == [MARK]


def test_it_takes_no_address_to_listen_on() -> None:
    result = CliRunner().invoke(app, ["demo", "--host", "0.0.0.0"])
    assert result.exit_code == 2


@pytest.mark.parametrize(("rows", "text"), [([("登录名", "a"), ("x", "密码")], "  登录名  a\n  x       密码")])
def test_columns_stand_under_each_other_where_a_chinese_letter_is_two_wide(rows: list[tuple[str, ...]], text: str) -> None:
    assert _columns(rows) == text
