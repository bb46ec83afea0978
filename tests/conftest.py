"""For every test: the language of the pages is Chinese when it begins, whatever the test before it asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    yield
    translation.deactivate()
