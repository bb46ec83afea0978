"""`luoshi backup`, `luoshi restore`. In: a data folder (and LUOSHI_DATABASE). Out: one file; or the folder and the database as they were.

To upgrade: `luoshi backup`, install the new version, start it. Starting applies migrations, and backs up before it does.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import typer

MOVED = ("luoshi.sqlite3", "luoshi.sqlite3-wal", "luoshi.sqlite3-shm", "files", "journal.head")
"""What a restore replaces; the signing key, static files and older backups stay."""


def backup(
    data: Path = typer.Option(Path("luoshi-data"), "--data", help="数据目录"),
    out: Path = typer.Option(None, "--out", "-o", help="写到哪个文件（.tar.gz）；不写就放在数据目录的 backups 里"),
) -> None:
    """备份：数据库、来文和佐证、日志锚，写成一个文件。服务不必停。"""
    from luoshi.cli.data_folder import enter
    from luoshi.cli.terminal import fail

    enter(data)
    from luoshi.actions.make_backup import make_backup
    from luoshi.store.archive import BackupBroken
    from luoshi.store.clock import now

    at = now()
    target = out or data / "backups" / f"luoshi-{at:%Y%m%d-%H%M%S}.tar.gz"
    try:
        if out is None:
            target.parent.mkdir(exist_ok=True)
        made = make_backup(target.resolve(), at)
    except BackupBroken as refused:
        fail(str(refused))
    except OSError as error:
        fail(f"写不了 {target}：{error.strerror or error}。请换一个可写、空间足够的位置。")
    print(f"已备份：{target}　{made.rows}行、{made.files}个文件，{target.stat().st_size / 1_000_000:.1f}MB。里面有人员和口令的哈希，请妥善保管。")
    for name in made.missing:
        print(f"注意：记录里有“{name}”，数据目录里没有这个文件。")


def restore(
    file: Path = typer.Argument(..., help="备份文件"),
    data: Path = typer.Option(Path("luoshi-data"), "--data", help="数据目录；要恢复到的地方"),
    force: bool = typer.Option(False, "--force", help="目录或数据库里已有数据也恢复；原来的先挪开或先备份"),
) -> None:
    """恢复：先核对每个文件的哈希，再恢复、升级数据库结构、核对日志。先停服务。"""
    from luoshi.cli.data_folder import hold
    from luoshi.cli.terminal import fail

    if not file.is_file():
        fail(f"没有 {file} 这个文件。")
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(f"建不了 {data}：{error.strerror}。请用 --data 另指一个目录。")
    held = hold(data, alone=True)
    if held is None:
        fail(f"{data} 的服务正在运行。请先停下服务，再恢复。")
    with held:
        _restore(file, data.resolve(), force)


def _restore(file: Path, data: Path, force: bool) -> None:
    from luoshi.cli.data_folder import set_up
    from luoshi.cli.terminal import fail
    from luoshi.store.archive import BackupBroken, unpack

    if not force and (there := [name for name in MOVED if (data / name).exists()]):
        fail(f"{data} 里已有数据（{'、'.join(there)}）。请另指一个空目录；确实要换掉，加 --force，原来的会挪到一边。")
    stage = Path(tempfile.mkdtemp(prefix=".restore-", dir=data))
    try:
        manifest = unpack(file, stage)
        if (data / "secret.key").exists():
            shutil.copy2(data / "secret.key", stage / "secret.key")     # what this server sealed is opened by this server's key
        set_up(stage)
        _check_database(data, force)
        restored = _into(stage, manifest)
        aside = _replace(stage, data)
    except BackupBroken as broken:
        fail(str(broken))
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    _tell(manifest, restored, aside)


def _check_database(data: Path, force: bool) -> None:
    """A database on a server is not moved aside: with --force its rows are backed up first."""
    if not os.environ.get("LUOSHI_DATABASE"):
        return
    from luoshi.actions.make_backup import write_backup
    from luoshi.actions.restore_backup import rows_in_database
    from luoshi.cli.terminal import fail
    from luoshi.store.clock import now

    count = rows_in_database()
    if not count:
        return
    if not force:
        fail(f"数据库里已有数据（人员和日志共{count}行）。请换一个空库；确实要换掉，加 --force，原来的会先备份。")
    (data / "backups").mkdir(exist_ok=True)
    path = data / "backups" / f"before-restore-{now():%Y%m%d-%H%M%S}.tar.gz"
    write_backup(path, now())
    print(f"数据库里原来的数据已备份到 {path}（不含文件，文件另行挪开）。")


def _into(stage: Path, manifest: dict[str, Any]) -> Any:
    """The archive's members become the data folder's: rows into the database, the rest stays where it was unpacked."""
    from django.db import connection

    from luoshi.actions.restore_backup import restore_backup
    from luoshi.store.clock import now

    restored = restore_backup(stage, manifest, now())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return restored


def _replace(stage: Path, data: Path) -> Path | None:
    """What was there goes aside, what came back takes its place. Renames only: all on one disk."""
    from luoshi.store.clock import now

    old = [name for name in MOVED if (data / name).exists()]
    aside = data / f"before-restore-{now():%Y%m%d-%H%M%S}" if old else None
    if aside:
        aside.mkdir()
        for name in old:
            (data / name).rename(aside / name)
    for name in (*MOVED, *(["secret.key"] if not (data / "secret.key").exists() else [])):
        if (stage / name).exists():
            (stage / name).rename(data / name)
    return aside


def _tell(manifest: dict[str, Any], restored: Any, aside: Path | None) -> None:
    print(f"已恢复：{manifest['made_at']} 的备份（版本 {manifest['version']}，{manifest['database']}），"
          f"{restored.rows}行、{sum(name.startswith('files/') for name in manifest['members'])}个文件。")
    if restored.migrated_from != restored.migrated_to:
        print(f"数据库结构已从 {restored.migrated_from} 升到 {restored.migrated_to}。")
    if restored.factors_lost:
        print(f"{len(restored.factors_lost)}个人的二次验证是用另一台服务器的密钥加密的，打不开，已取消，请他们重新设置："
              f"{'、'.join(restored.factors_lost)}。要保留，先把原来的 secret.key 放进数据目录，再恢复。")
    if aside:
        print(f"原来的数据挪到了 {aside}，确认无误后可以删掉。")
    for name in manifest["missing"]:
        print(f"注意：备份时就缺“{name}”。")
    if restored.fault:
        print(f"日志不完整：{restored.fault}。备份时就是这样，前{restored.entries}条完好。")
        raise typer.Exit(1)
    print(f"日志完好：{restored.entries}条，另记一条“恢复”。所有人需要重新登录。")
