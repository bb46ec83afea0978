"""Data folders and databases of their own, for commands that are run as a person runs them: in a process of their own."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.environment import of_a_person

SEED = """
from datetime import datetime, UTC
from pathlib import Path
from luoshi.cli.serve import prepare
prepare(Path(sys.argv[1]))
from luoshi.actions.seed_example import seed_example
seed_example(datetime(2019, 9, 30, 9, tzinfo=UTC))
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A data folder, and a database on a server where the folder does not hold it."""

    data: Path
    url: str = ""

    def luoshi(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command on this place."""
        return self.python("from luoshi.cli.main import main; main()", *words, "--data", self.data)

    def python(self, code: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a line of Python with the environment of this place."""
        command = [sys.executable, "-c", f"import sys; {code}" if "\n" not in code else f"import sys\n{code}", *map(str, words)]
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False, timeout=120)

    def django(self, code: str) -> subprocess.CompletedProcess[str]:
        """Run lines with Django set up."""
        done = self.python(f"from pathlib import Path\nfrom luoshi.cli.data_folder import set_up\nset_up(Path(sys.argv[1]))\n{code}", self.data)
        assert done.returncode == 0, done.stderr
        return done

    def environment(self) -> dict[str, str]:
        """Without what the tests themselves run on, but for compiled queries."""
        return of_a_person() | ({"LUOSHI_DATABASE": self.url} if self.url else {})


@cache
def _example() -> Path:
    """A filled SQLite folder, made once for each test process; it is copied, never used."""
    folder = Path(tempfile.mkdtemp(prefix="luoshi-place-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    done = Place(folder / "data").python(SEED, folder / "data")
    assert done.returncode == 0, done.stderr
    return folder / "data"


def fill(place: Place) -> Place:
    """With the example."""
    if place.url:
        done = place.python(SEED, place.data)
        assert done.returncode == 0, done.stderr
    else:
        shutil.copytree(_example(), place.data)
    return place


def new_place(folder: Path, kind: str) -> Place:
    """An empty one; PostgreSQL only where the tests run on it."""
    if kind == "sqlite":
        return Place(folder)
    if not os.environ.get("LUOSHI_TEST_PG"):
        pytest.skip("PostgreSQL: tests/postgres.sh")
    import psycopg

    url = urlsplit(os.environ["LUOSHI_DATABASE"])
    name = f"place_{os.getpid()}_{abs(hash(str(folder)))}"
    with psycopg.connect(os.environ["LUOSHI_DATABASE"], autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
    return Place(folder, url._replace(path=f"/{name}").geturl())


def members(archive: Path) -> dict[str, bytes]:
    """Name → content of every member."""
    with tarfile.open(archive) as tar:
        return {info.name: tar.extractfile(info).read() for info in tar}  # type: ignore[union-attr]


def rows_of(archive: Path) -> dict[str, list[Any]]:
    """Table → rows, without the journal, which goes on."""
    found = {name: [json.loads(line) for line in content.decode().splitlines()] for name, content in members(archive).items()
             if name.startswith("rows/") and "journal" not in name}
    assert found
    return found
