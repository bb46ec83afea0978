"""The backup of every night「每夜备份」. In: the moment. Out: a file in the folder of backups, the oldest ones gone; what was done, in Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils.timezone import get_current_timezone

from luoshi.actions.make_backup import make_backup

NIGHTLY = "nightly-"
DAILY, MONTHLY = 14, 12
"""How many are kept: the newest nights, and the last one of each month for a year."""


@dataclass(frozen=True, slots=True)
class BackupKept:
    """「现有备份」 The newest file there is: of a night, or made by hand."""

    name: str
    at: datetime
    megabytes: float


def newest_backup() -> BackupKept | None:
    """By the files themselves: what a row says does not bring anything back."""
    folder = Path(settings.PLACE.backups)
    newest = max(((path.stat().st_mtime, path) for path in folder.glob("*.tar.gz")), default=None)
    if newest is None:
        return None
    return BackupKept(newest[1].name, datetime.fromtimestamp(newest[0], get_current_timezone()), newest[1].stat().st_size / 1_000_000)


def back_up_nightly(at: datetime, today: date) -> str:
    """Older ones go only after the new one is whole."""
    folder = Path(settings.PLACE.backups)
    folder.mkdir(parents=True, exist_ok=True)
    made = make_backup(folder / f"{NIGHTLY}{at:%Y%m%d-%H%M%S}.tar.gz", at)
    gone = too_old(sorted(path.name for path in folder.glob(f"{NIGHTLY}*.tar.gz")))
    for name in gone:
        (folder / name).unlink()
    size = f"{made.path.stat().st_size / 1_000_000:.1f}MB"
    missing = f"；缺文件：{'、'.join(made.missing[:5])}" if made.missing else ""
    return f"{made.path.name}：{made.rows}行、{made.files}个文件、{size}；清掉{len(gone)}个旧的{missing}"


def too_old(names: list[str]) -> tuple[str, ...]:
    """names in order of time, such as nightly-20190930-023000.tar.gz. The newest DAILY stay, and the last of each of the newest MONTHLY months."""
    last_of_month = {name[:len(NIGHTLY) + 6]: name for name in names}
    kept = {*names[-DAILY:], *list(last_of_month.values())[-MONTHLY:]}
    return tuple(name for name in names if name not in kept)
