"""For every test: the language of the pages is Chinese when it begins, and no list of another test's database is remembered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from luoshi.store.queries import lists


@pytest.fixture(autouse=True)
def _as_new() -> Iterator[None]:
    yield
    translation.deactivate()
    lists._lists.forget()
