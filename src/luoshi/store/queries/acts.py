"""Has anybody done anything since? Out: the number of the newest act in the journal: while it stands still, so does everything that acts change.

Every writer ends in the journal (`actions/writing.py`). What changes no page that is kept by this number is left out, or every sign-in would
make them all anew.
"""

from __future__ import annotations

from django.db.models import QuerySet

from luoshi.store.models import JournalRecord
from luoshi.store.prepared import Prepared

QUIET = ("person.sign-in", "person.sign-out", "access.refused", "token.make", "token.revoke", "feed.open", "feed.close", "notice.send",
         "notice.digest", "search.index", "journal.anchor", "backup.make")


def last_act() -> int:
    """0 where nothing has been done yet. One query."""
    found = _newest.rows()
    return int(found[0][0]) if found else 0


def _loud(_nothing: int) -> QuerySet[JournalRecord, tuple[int]]:
    return JournalRecord.objects.exclude(action__in=QUIET).order_by("-number").values_list("number")[:1]


_newest = Prepared(_loud)
