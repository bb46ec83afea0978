"""A demonstration stands at one day: what is done later is told as of that day; what is stored keeps its true moment."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from luoshi.store.clock import fixed_day, told_at
from luoshi.web.templatetags.language import full_moment, stamp

LATER = datetime(2026, 11, 24, 11, 20, tzinfo=UTC)


def test_what_happens_after_the_day_of_a_demonstration_is_told_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_TODAY", "2019-09-30")
    assert full_moment(LATER) == "2019年9月30日 19:20"
    assert stamp(LATER) == "2019-09-30 19:20"
    assert stamp(None) == "—"
    earlier = datetime(2019, 9, 12, 1, 5, tzinfo=UTC)
    assert full_moment(earlier) == "2019年9月12日 09:05"


def test_a_real_server_tells_the_true_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LUOSHI_TODAY")
    assert fixed_day() is None
    assert told_at(LATER) == LATER
    assert stamp(LATER) == "2026-11-24 19:20"
