"""`luoshi work`: the worker. In: a data folder. Out: due jobs and queued tasks, run until Ctrl-C; `luoshi serve` starts one of its own.

A process beside the server, never a thread in it: the server forks its workers, and a fork may not find a thread in the middle of something.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import typer

EVERY = 10.0
"""Seconds between two rounds where nothing waits."""


def work(
    data: Path = typer.Option(Path("luoshi-data"), "--data", help="数据目录：数据库、文件、密钥"),
    once: bool = typer.Option(False, "--once", help="只做一轮：到点的任务和排队的任务做完就结束"),
    with_parent: bool = typer.Option(False, "--with-parent", hidden=True, help="启动它的服务结束时，一起结束"),
) -> None:
    """做定时任务：提醒、发送、日志锚、备份……。luoshi serve 自带一个；想多开，或者和服务分开，用这个。"""
    from luoshi.cli.data_folder import enter, hold
    from luoshi.cli.terminal import fail

    enter(data)
    held = hold(data, alone=False)
    if held is None:
        fail(f"{data} 正在恢复备份。请等它结束。")
    with held:
        _work(once, os.getppid() if with_parent else None)


def _work(once: bool, parent: int | None) -> None:
    from django.db import close_old_connections

    from luoshi.actions.schedules import settle_schedules
    from luoshi.actions.work_once import work_once
    from luoshi.store.clock import now

    settle_schedules(now())
    name, stop = f"{socket.gethostname()[:40]}-{os.getpid()}", _stopped()
    while not stop.is_set() and (parent is None or os.getppid() == parent):
        close_old_connections()
        try:
            work_once(now(), name)
        except Exception:     # a database that is away for a minute must not end the worker
            logging.getLogger("luoshi").exception("这一轮任务没有做完，稍后再试")
            if once:
                raise
        if once:
            return
        stop.wait(EVERY)


def _stopped() -> threading.Event:
    """Set by Ctrl-C and by the operating system's request to end: what runs is run to its end."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def start_worker(data: Path) -> subprocess.Popen[Any]:
    """A worker of our own, which ends with us."""
    return subprocess.Popen([sys.executable, "-m", "luoshi", "work", "--data", str(data.resolve()), "--with-parent"], stdin=subprocess.DEVNULL,
                            start_new_session=True)
