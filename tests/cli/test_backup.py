"""Backup and restore, as an operator does them: while the server runs, onto another machine, onto the other database."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.cli.places import Place, fill, members, new_place, rows_of

KINDS = ["sqlite", "postgresql"]
Filled = tuple[Place, Path]


@pytest.fixture(scope="module", params=KINDS)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """The example in a place of its own, and a backup of it."""
    folder = tmp_path_factory.mktemp(request.param)
    place = fill(new_place(folder / "data", request.param))
    done = place.luoshi("backup", "-o", folder / "a.tar.gz")
    assert done.returncode == 0, done.stderr
    return place, folder / "a.tar.gz"


def repack(source: Path, target: Path, change: dict[str, bytes | None], more: list[tarfile.TarInfo] | None = None) -> Path:
    """The archive with members changed, left out, or added."""
    with tarfile.open(target, "w:gz") as tar:
        for name, content in ({**members(source), **change}).items():
            if content is not None:
                info = tarfile.TarInfo(name)
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
        for info in more or ():
            tar.addfile(info)
    return target


@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_back_is_what_was_there(filled: Filled, kind: str, tmp_path: Path) -> None:
    source, archive = filled
    target = new_place(tmp_path / "data", kind)
    done = target.luoshi("restore", archive)
    assert done.returncode == 0, done.stderr
    assert "已恢复" in done.stdout
    assert "日志完好" in target.luoshi("journal", "verify").stdout
    assert target.luoshi("backup", "-o", tmp_path / "b.tar.gz").returncode == 0
    assert rows_of(tmp_path / "b.tar.gz") == rows_of(archive)
    files = {p.relative_to(source.data): p.read_bytes() for p in (source.data / "files").rglob("*") if p.is_file()}
    assert files
    assert files == {p.relative_to(target.data): p.read_bytes() for p in (target.data / "files").rglob("*") if p.is_file()}


def test_after_a_restore_new_rows_get_new_keys(filled: Filled, tmp_path: Path) -> None:
    target = new_place(tmp_path / "data", "postgresql" if filled[0].url else "sqlite")
    assert target.luoshi("restore", filled[1]).returncode == 0
    target.django("from luoshi.actions.make_person import make_person\nfrom luoshi.store.clock import now\n"
                  "make_person(None, now(), 'new', '新人（示例）', 'long-enough-word')")
    assert "日志完好" in target.luoshi("journal", "verify").stdout


def test_a_backup_taken_while_others_write_holds_together(filled: Filled, tmp_path: Path) -> None:
    place = filled[0]
    code = ("import sys, time; from pathlib import Path; from luoshi.cli.data_folder import set_up; set_up(Path(sys.argv[1]))\n"
            "from luoshi.actions.writing import writing\nfrom luoshi.store.clock import now\nprint('on', flush=True)\n"
            "while True:\n    with writing(None, 'test.act', now(), right=None) as entry: entry.about = 'x'")
    with subprocess.Popen([sys.executable, "-c", code, str(place.data)], env=place.environment(), stdout=subprocess.PIPE) as writer:
        try:
            assert writer.stdout is not None
            writer.stdout.readline()
            done = place.luoshi("backup", "-o", tmp_path / "busy.tar.gz")
        finally:
            writer.kill()
    assert done.returncode == 0, done.stderr
    target = new_place(tmp_path / "data", "sqlite")
    assert "日志完好" in target.luoshi("restore", tmp_path / "busy.tar.gz").stdout


def test_a_place_that_holds_something_is_refused_and_with_force_moved_aside(filled: Filled, tmp_path: Path) -> None:
    target = fill(new_place(tmp_path / "data", "postgresql" if filled[0].url else "sqlite"))
    (target.data / "files" / "mine.txt").write_text("原来的")
    refused = target.luoshi("restore", filled[1])
    assert refused.returncode == 2
    assert "已有数据" in refused.stderr
    assert (target.data / "files" / "mine.txt").exists()
    done = target.luoshi("restore", filled[1], "--force")
    assert done.returncode == 0, done.stderr
    assert next(target.data.glob("before-restore-*/files/mine.txt")).read_text() == "原来的"
    assert not (target.data / "files" / "mine.txt").exists()
    if target.url:
        assert list((target.data / "backups").glob("before-restore-*.tar.gz"))


FACTOR = """
from luoshi.actions.second_factor import begin_factor
from luoshi.store.clock import now
from luoshi.store.models import PersonRecord
from luoshi.store.who import who_is
begin_factor(who_is(PersonRecord.objects.get(username='lingdao')), now())
"""


def test_a_second_factor_comes_back_where_the_servers_key_is_there_and_is_told_where_not(tmp_path: Path) -> None:
    source = fill(new_place(tmp_path / "data", "sqlite"))
    source.django(FACTOR)
    assert source.luoshi("backup", "-o", tmp_path / "a.tar.gz").returncode == 0
    with_key, without = new_place(tmp_path / "same", "sqlite"), new_place(tmp_path / "other", "sqlite")
    with_key.data.mkdir()
    (with_key.data / "secret.key").write_text((source.data / "secret.key").read_text())
    assert "二次验证" not in with_key.luoshi("restore", tmp_path / "a.tar.gz").stdout
    said = without.luoshi("restore", tmp_path / "a.tar.gz").stdout
    assert "1个人的二次验证" in said
    assert "lingdao" in said


def test_a_server_that_runs_is_not_restored_underneath(filled: Filled) -> None:
    place, archive = filled
    code = ("import sys; from pathlib import Path; from luoshi.cli.data_folder import hold; held = hold(Path(sys.argv[1]), alone=False)\n"
            "print('on', flush=True); sys.stdin.read()")
    with subprocess.Popen([sys.executable, "-c", code, str(place.data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        server.stdout.readline()
        refused = place.luoshi("restore", archive, "--force")
        server.communicate(b"")
    assert refused.returncode == 2
    assert "正在运行" in refused.stderr


# What is wrong with a file is found before a database is touched: once, on SQLite, is enough.

@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad")
    fill(Place(folder / "data")).luoshi("backup", "-o", folder / "a.tar.gz")
    return folder / "a.tar.gz"


def refused(archive: Path, tmp_path: Path) -> str:
    target = Place(tmp_path / "data")
    done = target.luoshi("restore", archive)
    assert done.returncode == 2, done.stdout + done.stderr
    assert {p.name for p in target.data.iterdir()} <= {"serve.lock"}
    return done.stderr


def test_a_changed_row_is_found_by_its_hash(archive: Path, tmp_path: Path) -> None:
    changed = members(archive)["rows/person.jsonl"].replace(b"admin", b"nimda", 1)
    assert "rows/person.jsonl" in refused(repack(archive, tmp_path / "b.tar.gz", {"rows/person.jsonl": changed}), tmp_path)


def test_a_member_that_was_taken_out_or_put_in_is_found(archive: Path, tmp_path: Path) -> None:
    assert "缺了" in refused(repack(archive, tmp_path / "b.tar.gz", {"rows/duty.jsonl": None}), tmp_path)
    assert "多出" in refused(repack(archive, tmp_path / "c.tar.gz", {"files/more.txt": b"x"}), tmp_path)


ELSEWHERE = ["../out.txt", "/tmp/luoshi-out.txt", "files/../../out.txt", "files/./a", "files/.hidden", "rows/../x.jsonl", "luoshi.sqlite3",
             "secret.key", "files//a", "files\\..\\a"]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_member_that_would_lie_elsewhere_is_refused(archive: Path, tmp_path: Path, name: str) -> None:
    assert "不该有" in refused(repack(archive, tmp_path / "b.tar.gz", {name: b"x"}), tmp_path)
    assert not (tmp_path / "out.txt").exists()
    assert not Path("/tmp/luoshi-out.txt").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_only_regular_files_are_taken_out(archive: Path, tmp_path: Path, kind: bytes) -> None:
    info = tarfile.TarInfo("files/link")
    info.type, info.linkname = kind, "/etc/passwd"
    assert "不该有" in refused(repack(archive, tmp_path / "b.tar.gz", {}, [info]), tmp_path)


def test_half_a_file_and_no_archive_at_all_are_refused(archive: Path, tmp_path: Path) -> None:
    content = archive.read_bytes()
    (tmp_path / "half.tar.gz").write_bytes(content[:len(content) // 2])
    (tmp_path / "text.tar.gz").write_text("不是备份")
    (tmp_path / "empty.tar.gz").write_bytes(b"")
    for name in ("half", "text", "empty"):
        assert "备份" in refused(tmp_path / f"{name}.tar.gz", tmp_path)
    assert "没有" in Place(tmp_path / "data").luoshi("restore", tmp_path / "none.tar.gz").stderr


def test_a_backup_of_a_newer_version_is_refused(archive: Path, tmp_path: Path) -> None:
    manifest = json.loads(members(archive)["manifest.json"]) | {"migration": "9999_later", "version": "9.9"}
    text = refused(repack(archive, tmp_path / "b.tar.gz", {"manifest.json": json.dumps(manifest).encode()}), tmp_path)
    assert "先升级程序" in text


def test_a_journal_that_was_broken_before_the_backup_is_told(tmp_path: Path) -> None:
    place = fill(Place(tmp_path / "data"))
    place.django("from luoshi.store.models import JournalRecord\nJournalRecord.objects.filter(number=3).update(about='x')")
    verified = place.luoshi("journal", "verify")
    assert (verified.returncode, "第3条被改过" in verified.stdout) == (1, True)
    place.luoshi("backup", "-o", tmp_path / "a.tar.gz")
    done = Place(tmp_path / "other").luoshi("restore", tmp_path / "a.tar.gz")
    assert done.returncode == 1
    assert "第3条被改过" in done.stdout


def test_a_tail_cut_before_the_backup_is_found_after_the_restore(tmp_path: Path) -> None:
    place = fill(Place(tmp_path / "data"))
    place.django("from luoshi.store.models import JournalRecord, JournalHeadRecord as H\nh = H.objects.get()\n"
                 "JournalRecord.objects.filter(number=h.count).delete()\nlast = JournalRecord.objects.last()\n"
                 "H.objects.update(count=last.number, hash=last.hash)\n"
                 "from luoshi.actions.make_backup import write_backup\nfrom luoshi.store.clock import now\n"
                 f"write_backup(Path({str(tmp_path / 'a.tar.gz')!r}), now())")
    done = Place(tmp_path / "other").luoshi("restore", tmp_path / "a.tar.gz")
    assert done.returncode == 1
    assert "锚文件" in done.stdout


def test_the_archive_is_for_its_owner_only_and_half_of_one_is_never_left(filled: Filled, tmp_path: Path) -> None:
    place, archive = filled
    assert archive.stat().st_mode & 0o077 == 0
    assert [p.name for p in archive.parent.iterdir() if p.name.startswith(".")] == []
    done = place.luoshi("backup", "-o", tmp_path / "no" / "such" / "folder.tar.gz")
    assert done.returncode == 2
    assert "写不了" in done.stderr


def test_a_backup_says_which_files_are_gone(tmp_path: Path) -> None:
    place = fill(Place(tmp_path / "data"))
    next((place.data / "files" / "documents").iterdir()).unlink()
    done = place.luoshi("backup", "-o", tmp_path / "a.tar.gz")
    assert "没有这个文件" in done.stdout
    assert "备份时就缺" in Place(tmp_path / "other").luoshi("restore", tmp_path / "a.tar.gz").stdout


def test_starting_a_newer_version_backs_up_before_it_migrates_and_keeps_five(tmp_path: Path) -> None:
    place = fill(Place(tmp_path / "data"))
    assert not list(place.data.glob("backups/*"))
    (place.data / "backups").mkdir()
    for n in range(5):
        (place.data / "backups" / f"before-migrating-2019010{n}-000000.tar.gz").write_text("old")
    place.django("from django.core.management import call_command\ncall_command('migrate', 'sessions', 'zero', verbosity=0)")
    done = place.python("from pathlib import Path\nfrom luoshi.cli.serve import prepare\nprepare(Path(sys.argv[1]))", place.data)
    assert "已先备份到" in done.stdout
    kept = sorted(p.name for p in place.data.glob("backups/before-migrating-*"))
    assert len(kept) == 5
    assert kept[0].startswith("before-migrating-20190101")
    assert members(place.data / "backups" / kept[-1])["manifest.json"]
