"""The journal: a changed, a removed, a swapped entry and a cut tail are found."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from luoshi.actions.journal import anchor_path, append_entry, verify_journal
from luoshi.store.models import JournalHeadRecord, JournalRecord

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2019, 9, 30, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def five_entries(transactional_db: None) -> None:
    anchor_path().unlink(missing_ok=True)
    for n in range(1, 6):
        append_entry(None, "test.act", AT, None, f"thing:{n}", {"n": n, "名": "示例"})


def test_an_untouched_journal_holds() -> None:
    assert verify_journal() == (5, None)


def test_a_changed_entry_is_found() -> None:
    JournalRecord.objects.filter(number=3).update(about="thing:9")
    count, fault = verify_journal()
    assert count == 2
    assert fault is not None
    assert "第3条被改过" in fault


def test_a_removed_entry_is_found() -> None:
    JournalRecord.objects.filter(number=2).delete()
    assert verify_journal() == (1, "第2条不见了：接下来是第3条")


def test_swapped_entries_are_found() -> None:
    JournalRecord.objects.filter(number=2).update(number=99)
    JournalRecord.objects.filter(number=3).update(number=2)
    JournalRecord.objects.filter(number=99).update(number=3)
    count, fault = verify_journal()
    assert count == 1
    assert fault is not None


def test_a_cut_tail_is_found() -> None:
    JournalRecord.objects.filter(number=5).delete()
    count, fault = verify_journal()
    assert count == 4
    assert fault is not None
    assert "截去" in fault


def test_a_tail_cut_together_with_its_head_is_found_by_the_anchor() -> None:
    JournalRecord.objects.filter(number=5).delete()
    last = JournalRecord.objects.get(number=4)
    JournalHeadRecord.objects.filter(pk=1).update(count=4, hash=last.hash)
    count, fault = verify_journal()
    assert count == 4
    assert fault is not None
    assert "锚文件" in fault
