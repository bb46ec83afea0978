"""Spark gives the figures that DuckDB gives, over the same files. Skipped, and said so, where pyspark or Java is missing: `make spark`."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from luoshi.indicator.at_scale import figures_at_scale
from luoshi.register.generate import generated_rows
from luoshi.register.record import Facts
from luoshi.register.segments import Segments
from luoshi.register.warehouse import open_warehouse
from tests.indicator.test_shared_scan import ALONE, PACK, THING, TOGETHER, told
from tests.register.test_segments import DAYS

# with REQUIRE_SPARK a machine that lacks it fails
if not os.environ.get("REQUIRE_SPARK"):
    pytest.importorskip("pyspark", reason="pyspark 没有装：make spark")
    if shutil.which("java") is None:
        pytest.skip("没有 Java：Spark 的测试没有跑", allow_module_level=True)


@pytest.mark.filterwarnings("ignore")   # pyspark's own
def test_both_engines_give_the_same_figures(tmp_path: Path) -> None:
    from luoshi.register.spark import SparkWarehouse

    segments = Segments(tmp_path / "thing", THING)
    segments.adopt(generated_rows(THING, 3000))
    segments.adopt(generated_rows(THING, 50, first=3000))
    segments.retire(["0000000007", "0000003001"])
    stored = {"thing": segments}
    day = DAYS[-1].as_of
    with open_warehouse(PACK, Facts(), None, stored) as warehouse:
        ours = figures_at_scale(PACK, warehouse, day, 2019)
    spark = SparkWarehouse(PACK, stored, os.environ.get("SPARK_MASTER", "local[2]"))
    try:
        theirs = figures_at_scale(PACK, spark, day, 2019)
    finally:
        spark.close()
    assert len(ours) == len(TOGETHER) + len(ALONE)
    assert {name: told(figure) for name, figure in theirs.items()} == {name: told(figure) for name, figure in ours.items()}
    assert all(figure.value for figure in ours.values())
