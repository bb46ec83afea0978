"""Many writers at once: the chain holds, and no number is left out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from luoshi.actions.journal import anchor_path, append_entry, read_anchor, verify_journal
from luoshi.actions.writing import writing
from luoshi.store.models import JournalRecord

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2019, 9, 30, 9, 0, tzinfo=UTC)
WRITERS, EACH = 8, 25


@pytest.fixture(autouse=True)
def no_anchor(transactional_db: None) -> None:
    anchor_path().unlink(missing_ok=True)


def write(writer: int) -> None:
    try:
        for n in range(EACH):
            with writing(None, "test.act", AT, right=None) as entry:
                entry.about, entry.detail = f"writer:{writer}", {"n": n}
    finally:
        connection.close()


def test_eight_writers_leave_one_chain_without_a_gap() -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    assert verify_journal() == (WRITERS * EACH, None)
    for writer in range(WRITERS):
        own = JournalRecord.objects.filter(about=f"writer:{writer}").order_by("number")
        assert [e.detail["n"] for e in own] == list(range(EACH))
    assert (read_anchor() or (0,))[0] == WRITERS * EACH


def test_it_can_be_verified_while_others_write() -> None:
    write(9)
    with ThreadPoolExecutor(3) as pool:
        writers = [pool.submit(write, writer) for writer in range(2)]
        faults = []
        while not all(w.done() for w in writers):
            faults.append(verify_journal()[1])
    assert set(faults) <= {None}


def test_an_action_that_fails_leaves_no_entry_and_no_gap() -> None:
    write(0)
    with pytest.raises(ZeroDivisionError), writing(None, "test.act", AT, right=None):
        raise ZeroDivisionError
    write(1)
    assert verify_journal() == (2 * EACH, None)


@pytest.mark.parametrize("detail", [{"v": 1e16}, {"v": 0.1}, {"v": 1.0}, {"v": "a\0b"}, {"v": 10**20}, {"名": "“示例”\n"}], ids=str)
def test_what_a_database_writes_differently_does_not_break_the_chain(detail: dict[str, object]) -> None:
    append_entry(None, "test.act", AT, None, "path/\0", detail)
    assert verify_journal() == (1, None)


def test_an_anchor_left_behind_by_a_worker_that_died_is_in_order() -> None:
    write(0)
    kept = anchor_path().read_text("utf-8")
    write(1)
    anchor_path().write_text(kept, "utf-8")
    assert verify_journal() == (2 * EACH, None)


def test_an_anchor_that_names_another_hash_is_not() -> None:
    write(0)
    anchor_path().write_text(f'{{"count": {EACH}, "hash": "{"f" * 64}"}}', "utf-8")
    assert "锚文件" in (verify_journal()[1] or "")


def test_a_head_that_was_taken_away_is_found() -> None:
    write(0)
    with transaction.atomic():
        from luoshi.store.models import JournalHeadRecord

        JournalHeadRecord.objects.all().delete()
    assert "日志头" in (verify_journal()[1] or "")
