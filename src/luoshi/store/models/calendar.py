"""Table of the office's own working days: years that it put in, or put right, beside those of the packs."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.person import PersonRecord


class CalendarRecord(models.Model):
    """The office's own years「自定放假安排」: one row, which every list points at, so that asking for it costs no query.

    notices: year → a notice as calendar.yaml states it, checked by the pack's own specification. revision guards against a stale form.
    """

    notices = models.JSONField(default=dict)
    revision = models.IntegerField(default=1)
    by = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "calendar"
