"""Two people act on the same report at the same moment: one is first, the other is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from luoshi.actions.accept_report import accept_report
from luoshi.actions.file_report import file_report
from luoshi.actions.journal import verify_journal
from luoshi.actions.sign_report import sign_report
from luoshi.actions.stale import Stale
from luoshi.store.models import JournalRecord, ListRecord, ReportRecord
from tests.actions.reporting import TEXT, filed, place_of, signed
from tests.web.world import AT, DAY, World, world  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act: Callable[[], Any], many: int = 2) -> Counter[str]:
    """How it ended for each of them."""
    gate = Barrier(many)

    def one() -> str:
        gate.wait()
        try:
            act()
        except Stale:
            return "stale"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(many) as pool:
        return Counter(f.result() for f in [pool.submit(one) for _ in range(many)])


def test_of_two_heads_who_sign_at_once_one_signs(transactional_db: None, world: World) -> None:  # noqa: F811
    report, who = filed(world), world.who("head")
    assert at_once(lambda: sign_report(who, AT, DAY, report.pk, report.revision)) == {"done": 1, "stale": 1}
    assert JournalRecord.objects.filter(action="report.sign").count() == 1
    assert verify_journal()[1] is None


def test_of_two_who_begin_the_same_report_at_once_one_keeps_it(transactional_db: None, world: World) -> None:  # noqa: F811
    who, place = world.who("liaison"), place_of(world, "重大项目")
    assert at_once(lambda: file_report(who, AT, DAY, world.list.pk, place, TEXT, 0, True)) == {"done": 1, "stale": 1}
    assert ReportRecord.objects.get().revision == 1


def test_a_report_is_accepted_once_and_the_facts_move_once(transactional_db: None, world: World) -> None:  # noqa: F811
    report, who = signed(world), world.who("supervision")
    assert at_once(lambda: accept_report(who, AT, DAY, report.pk, report.revision), many=3) == {"done": 1, "stale": 2}
    assert ListRecord.objects.get(pk=world.list.pk).facts_version == 1
