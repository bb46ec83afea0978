"""`luoshi demo`: the server with the example, for trying every role. In: a folder of its own. Out: pages, until Ctrl-C.

The folder is kept and reused; passwords are generated when it is filled, shown once, and stored nowhere in clear. Loopback only.
The day is 30 September 2019, the day that the example is about.
"""

from __future__ import annotations

import os
import shutil
import unicodedata
from datetime import datetime, timedelta, timezone
from pathlib import Path

import typer

LOOPBACK = "127.0.0.1"
SEEDED_AT = datetime(2019, 9, 30, 9, 0, tzinfo=timezone(timedelta(hours=8)))
MARK = "luoshi-demo.txt"
"""Stands in a folder that a demo made: nothing else is ever thrown away by --fresh."""


def demo(
    port: int = typer.Option(8000, "--port", min=1, max=65535, help="端口；占用时顺次往后找"),
    data: Path = typer.Option(Path("luoshi-demo"), "--data", help="示例的数据目录；已有的接着用"),
    fresh: bool = typer.Option(False, "--fresh", help="丢掉原来的示例，重新建一份，换新密码"),
) -> None:
    """启动示例：清单、人员、台账都已备好，只在本机打开。"""
    from luoshi.cli.kept_folder import kept_folder
    from luoshi.cli.serve import TRIES, free_port, prepare, run_server
    from luoshi.cli.terminal import fail

    _make_way(data, fresh)
    os.environ["LUOSHI_TODAY"] = SEEDED_AT.date().isoformat()
    os.environ.pop("LUOSHI_DATABASE", None)
    if kept := kept_folder():
        os.environ["LUOSHI_CACHE"] = str(kept)      # a fresh example need not compile the same queries again
    chosen = free_port(LOOPBACK, port)
    if chosen is None:
        fail(f"{port} 到 {port + TRIES - 1} 的端口都被占用。请用 --port 另指一个。")
    prepare(data)
    _fill(data)
    print(f"示例已启动：http://{LOOPBACK}:{chosen}/　页面停在2019年9月30日，数据在 {data.resolve()}。按 Ctrl-C 结束。", flush=True)
    run_server(LOOPBACK, chosen, 1, data)


def _make_way(data: Path, fresh: bool) -> None:
    """Refuse a folder that holds something else; empty our own where a fresh start is asked for and no server stands on it."""
    from luoshi.cli.data_folder import hold
    from luoshi.cli.terminal import fail

    if data.exists() and not data.is_dir():
        fail(f"{data} 是一个文件，不是目录。请用 --data 另指一个。")
    if not data.exists() or not any(data.iterdir()):
        data.mkdir(parents=True, exist_ok=True)
    elif not (data / MARK).exists():
        fail(f"{data} 里有别的东西，不是示例的数据目录。请用 --data 另指一个空目录。")
    elif fresh:
        held = hold(data, alone=True)
        if held is None:
            fail(f"{data} 里的示例正在运行。请先停掉它，再用 --fresh 重新建。")
        held.close()
        shutil.rmtree(data)
        data.mkdir(parents=True)
    (data / MARK).write_text("落实的示例数据，由 luoshi demo 建立，可以整个删掉。\n", "utf-8")


def _fill(data: Path) -> None:
    from django.db import transaction

    from luoshi.actions.seed_example import seed_example
    from luoshi.actions.seed_loop import seed_loop
    from luoshi.actions.seed_reports import seed_reports
    from luoshi.actions.seed_slips import seed_slips
    from luoshi.actions.seed_solving import seed_solving
    from luoshi.actions.seed_windows import seed_windows
    from luoshi.store.queries.people import is_set_up
    from luoshi.store.roles import ROLE_WORDS

    if is_set_up():
        print(f"接着用 {data} 里的示例。密码只在建立时显示过一次；忘了就加 --fresh 重新建。", flush=True)
        return
    print("正在建立示例：清单、方案、单位、人员、填报……", flush=True)
    with transaction.atomic():
        seeded = seed_example(SEEDED_AT)
        seed_windows(SEEDED_AT, SEEDED_AT.date(), seeded.list_id)
        seed_reports(SEEDED_AT, SEEDED_AT.date(), seeded.list_id)
        seed_slips(SEEDED_AT, SEEDED_AT.date(), seeded.list_id)
        seed_loop(SEEDED_AT, seeded.list_id)
        seed_solving(SEEDED_AT, SEEDED_AT.date(), seeded.list_id)
    rows: list[tuple[str, ...]] = [("登录名", "密码", "角色", "姓名", "单位")]
    rows += [(p.username, p.password, ROLE_WORDS[p.role], p.name, p.organ or "—") for p in seeded.people]
    print("登录名和密码（只显示这一次，人名均为虚构）：\n\n" + _columns(rows) + "\n", flush=True)


def _columns(rows: list[tuple[str, ...]]) -> str:
    widths = [max(_width(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  " + "  ".join(cell + " " * (widths[i] - _width(cell)) for i, cell in enumerate(row)).rstrip() for row in rows)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
