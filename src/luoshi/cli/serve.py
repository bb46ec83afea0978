"""`luoshi serve`: the server on this machine. In: address, data folder (environment). Out: pages, until Ctrl-C.

Creates what is missing (data folder, secret, database), applies migrations, prints the address, and, while there is nobody who could
sign in, a one-time set-up link. A busy port moves to the next.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import TextIO

import typer

TRIES = 20
_held: list[TextIO] = []
"""The lock on the data folder: open as long as this process lives."""


def serve(
    host: str = typer.Option("127.0.0.1", "--host", help="监听地址；对外服务时放在反向代理后面"),
    port: int = typer.Option(8000, "--port", min=1, max=65535, help="端口；占用时顺次往后找"),
    data: Path = typer.Option(Path("luoshi-data"), "--data", help="数据目录：数据库、文件、密钥"),
    jobs: bool = typer.Option(True, "--jobs/--no-jobs", help="同时做定时任务；另外用 luoshi work 做时写 --no-jobs"),
    workers: int = typer.Option(1, "--workers", min=1, max=16, help="工作进程数；SQLite 用 1，PostgreSQL 可多"),
) -> None:
    """启动服务：没有的都会建好，打印地址。"""
    from luoshi.cli.terminal import fail

    prepare(data)
    chosen = free_port(host, port)
    if chosen is None:
        fail(f"{port} 到 {port + TRIES - 1} 的端口都被占用。请用 --port 另指一个。")
    print(f"落实已启动：http://{host}:{chosen}/　数据在 {data.resolve()}", flush=True)
    _print_setup(host, chosen)
    run_server(host, chosen, workers, data if jobs else None)


def prepare(data: Path) -> None:
    """Django with its data folder, held against a restore; migrated, after a backup where there is something to lose."""
    from luoshi.cli.data_folder import hold, set_up
    from luoshi.cli.terminal import fail

    data.mkdir(parents=True, exist_ok=True)
    held = hold(data, alone=False)
    if held is None:
        fail(f"{data} 正在恢复备份。请等它结束。")
    _held.append(held)
    set_up(data)
    from django.core.management import call_command

    from luoshi.actions.make_backup import backup_before_migrating
    from luoshi.store.clock import now

    kept = backup_before_migrating(now())
    if kept:
        print(f"数据库结构要升级，已先备份到 {kept}。", flush=True)
    call_command("migrate", verbosity=0, interactive=False)


def _print_setup(host: str, port: int) -> None:
    from luoshi.actions.make_person import open_setup
    from luoshi.store.clock import now

    token = open_setup(now())
    if token:
        print(f"还没有人能登录。请打开这个链接建立系统管理员（只能用一次）：http://{host}:{port}/set-up/{token}/", flush=True)


def free_port(host: str, port: int) -> int | None:
    """The first port from here that nobody listens on; None after TRIES."""
    for candidate in range(port, min(port + TRIES, 65536)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    return None


def run_server(host: str, port: int, workers: int, jobs: Path | None) -> None:
    """Granian, WSGI; ends quietly on Ctrl-C. jobs: the data folder whose scheduled jobs are done beside."""
    from granian.constants import Interfaces
    from granian.server import Server

    from luoshi.cli.work import start_worker

    worker = start_worker(jobs) if jobs else None
    server = Server("luoshi.project.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers,
                    blocking_threads=4, log_access=False, websockets=False)
    try:
        server.serve()
    except KeyboardInterrupt:
        sys.exit(0)
    finally:
        if worker:
            worker.terminate()
            worker.wait(30)
