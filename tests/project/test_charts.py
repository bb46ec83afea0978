"""The script of the charts is found in node_modules beside the sources, and inside an installed wheel; neither is vendored."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from luoshi.project.settings import ECHARTS, STATICFILES_DIRS

ROOT = Path(__file__).parents[2]
SCRIPT = "echarts.min.js"
FIND = "import django; django.setup(); from django.contrib.staticfiles import finders; print(finders.find('echarts/echarts.min.js'))"


def hook(root: Path, version: str = "standard") -> tuple[dict[str, str], list[str]]:
    """What the build would pack from that folder, and what it warns of."""
    warned: list[str] = []
    names: dict[str, Any] = {}
    source = (ROOT / "hatch_build.py").read_text("utf-8").replace("from hatchling.builders.hooks.plugin.interface import BuildHookInterface", "")
    exec(compile(source.replace("(BuildHookInterface[Any])", ""), "hatch_build.py", "exec"), names)     # hatchling is there while building only
    made = names["PackCharts"]()
    made.root, made.app = str(root), type("App", (), {"display_warning": lambda _self, words: warned.append(words)})()
    data: dict[str, Any] = {"force_include": {}}
    made.initialize(version, data)
    return data["force_include"], warned


def npm(root: Path) -> None:
    """As `npm ci` leaves it."""
    for name in ("echarts/dist/echarts.min.js", "echarts/LICENSE", "echarts/NOTICE", "leaflet/dist/leaflet.js", "leaflet/dist/leaflet.css",
                 "leaflet/LICENSE"):
        path = root / "node_modules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("/* 示例 */")


@pytest.mark.skipif(not (ECHARTS / SCRIPT).is_file(), reason="node_modules is missing, charts are drawn by the server: npm ci")
def test_beside_the_sources_it_comes_from_node_modules() -> None:
    assert ("echarts", ECHARTS) in STATICFILES_DIRS


def test_a_wheel_takes_script_and_licence_to_where_an_installed_package_finds_them(tmp_path: Path) -> None:
    npm(tmp_path / "source")
    packed, warned = hook(tmp_path / "source")
    assert not warned
    assert sorted(packed.values()) == [
        *(f"luoshi/web/static/echarts/{name}" for name in ("LICENSE", "NOTICE", SCRIPT)),
        *(f"luoshi/web/static/leaflet/{name}" for name in ("LICENSE", "leaflet.css", "leaflet.js"))]
    installed = tmp_path / "site-packages"
    shutil.copytree(ROOT / "src" / "luoshi", installed / "luoshi", ignore=shutil.ignore_patterns("__pycache__"))
    for source, target in packed.items():
        (installed / target).parent.mkdir(exist_ok=True)
        shutil.copy(source, installed / target)
    environment = {**os.environ, "PYTHONPATH": str(installed), "LUOSHI_DATA": str(tmp_path / "data"),
                   "DJANGO_SETTINGS_MODULE": "luoshi.project.settings"}
    found = subprocess.run([sys.executable, "-c", FIND], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.strip()
    assert found == str(installed / "luoshi" / "web" / "static" / "echarts" / SCRIPT)


def test_a_wheel_built_without_node_says_what_it_lacks_and_an_editable_install_packs_nothing(tmp_path: Path) -> None:
    packed, (warning,) = hook(tmp_path)
    assert packed == {}
    assert "npm ci" in warning
    npm(tmp_path)
    assert hook(tmp_path, "editable") == ({}, [])
