"""One server for a session; one browser for a module (its event loop must be gone before other tests ask Django's database)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import opened
from tests.browser.pages import prepare
from tests.browser.site import Site, running


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("site")
    with running(folder, port=8750 + 100 * _worker()) as started:
        yield started


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Browser]:
    with opened() as chromium:
        prepare(chromium, site)
        yield chromium


def _worker() -> int:
    """Each process of xdist looks for its free port in a range of its own."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 100
