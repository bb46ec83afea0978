"""`luoshi warehouse`: rows as columns on disk, the figures from them, and what it refuses."""

from __future__ import annotations

import importlib.util
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from luoshi.cli.main import app

DAY = ["--as-of", "2019-09-30"]


def warehouse(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["warehouse", *words])
    return result.exit_code, result.stdout, result.stderr


def figures(out: str) -> dict[str, Decimal]:
    """name → value, of lines such as: hightech_count⇥12家⇥title."""
    return {name: Decimal(re.match(r"[\d.]+", value)[0]) for name, value, _ in (line.split("\t") for line in out.splitlines())}  # type: ignore[index]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("warehouse") / "data"
    status, out, err = warehouse("build", "jiaxing-2019", "--data", str(data))
    assert (status, err) == (0, "")
    assert "台账“高新技术企业”：" in out
    return data


@pytest.fixture(scope="module")
def some(built: Path) -> Path:
    """Three registers of it, which are answered sooner than thirty."""
    data = built.parent / "some"
    for name in ("listing", "platform", "redevelopment_parcel"):
        shutil.copytree(built / name, data / name)
    return data


def test_the_rows_of_a_pack_give_its_figures(some: Path) -> None:
    status, out, _ = warehouse("run", "jiaxing-2019", "--data", str(some), *DAY)
    assert status == 0
    assert "neeq_listings\t3家\t" in out
    assert {"neeq_listings": 3, "large_platforms": 20, "redeveloped_area": 2640}.items() <= figures(out).items()


def test_an_earlier_day_has_its_own_figures(some: Path) -> None:
    status, out, _ = warehouse("run", "jiaxing-2019", "--data", str(some), "--as-of", "2019-02-28")
    assert status == 0
    assert figures(out)["redeveloped_area"] < 2640


def test_what_is_on_disk_already_is_not_built_over(built: Path) -> None:
    before = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    status, _, err = warehouse("build", "jiaxing-2019", "--data", str(built))
    assert status != 0
    assert "里已有" in err
    assert "换一个目录" in err
    assert {path: path.read_bytes() for path in built.rglob("*") if path.is_file()} == before


def test_generated_rows_are_counted_and_more_are_added_to_them(tmp_path: Path) -> None:
    def generate() -> str:
        status, out, _ = warehouse("generate", "jiaxing-2019", "hightech_enterprise", "--rows", "300", "--data", str(tmp_path))
        assert status == 0
        return out

    assert "写了300行虚构记录" in generate()
    once = figures(warehouse("run", "jiaxing-2019", "--data", str(tmp_path), *DAY)[1])
    generate()
    twice = figures(warehouse("run", "jiaxing-2019", "--data", str(tmp_path), *DAY)[1])
    assert once.keys() == twice.keys() != set()
    assert all(twice[name] >= value for name, value in once.items())
    assert sum(twice.values()) > sum(once.values()) > 0


def test_a_register_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    status, _, err = warehouse("generate", "jiaxing-2019", "没有的台账", "--data", str(tmp_path))
    assert status != 0
    assert "没有台账“没有的台账”" in err
    assert "hightech_enterprise" in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("verb", ["run", "compare"])
def test_a_folder_without_rows_is_refused_with_what_to_do(verb: str, tmp_path: Path) -> None:
    status, _, err = warehouse(verb, "jiaxing-2019", "--data", str(tmp_path), *DAY)
    assert status != 0
    assert "luoshi warehouse build" in err


def test_a_pack_that_is_not_there_is_refused(tmp_path: Path) -> None:
    status, _, err = warehouse("run", "没有的包", "--data", str(tmp_path), *DAY)
    assert status != 0
    assert "没有的包" in err


@pytest.mark.skipif(importlib.util.find_spec("pyspark") is not None, reason="Spark 装了")
@pytest.mark.parametrize("words", [["run", "--engine", "spark"], ["compare"]])
def test_without_spark_it_says_what_to_install(words: list[str], some: Path) -> None:
    status, _, err = warehouse(words[0], "jiaxing-2019", "--data", str(some), *DAY, *words[1:])
    assert status != 0
    assert "luoshi[spark]" in err


@pytest.mark.filterwarnings("ignore")   # pyspark's own
@pytest.mark.skipif(importlib.util.find_spec("pyspark") is None or shutil.which("java") is None, reason="没有 Spark：make spark")
def test_both_engines_say_the_same_of_the_example(some: Path) -> None:
    status, out, _ = warehouse("compare", "jiaxing-2019", "--data", str(some), *DAY)
    assert status == 0
    assert "，0个不同" in out
