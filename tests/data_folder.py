"""Loaded before Django reads its settings: tests keep their data in a folder of their own, gone afterwards; so does each worker of xdist.
Compiled queries are shared: a digest of this code names their file."""

import os
import tempfile
from pathlib import Path

_folder = tempfile.TemporaryDirectory(prefix="luoshi-test-")
if "PYTEST_XDIST_WORKER" in os.environ or "LUOSHI_DATA" not in os.environ:
    os.environ["LUOSHI_DATA"] = _folder.name
os.environ.setdefault("LUOSHI_CACHE", str(Path(".pytest_cache", "queries").absolute()))
os.environ.setdefault("LUOSHI_TODAY", "2019-09-30")
os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.project.settings"
