"""The table of months that were settled."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.person import PersonRecord
from luoshi.store.models.plan import ListRecord


class ClosingRecord(models.Model):
    """A month that was settled「月结」. content: who reported how, what was open, frozen; opened_at: when it was opened again, its marks staying.

    ListRecord.settled_to names the newest month in force, so that no page has to ask here whether a period may still move."""

    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="closings")
    month = models.CharField("月份", max_length=7, help_text="2019-09")
    on = models.DateField("月结那天")
    at = models.DateTimeField()
    by = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    content = models.JSONField(help_text="luoshi.month/1")
    sha256 = models.CharField(max_length=64)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(PersonRecord, models.PROTECT, null=True, related_name="+")
    reason = models.TextField("重开的原因", blank=True)

    class Meta:
        db_table = "closing"
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["list", "month"], condition=models.Q(opened_at=None), name="closing_once_in_force")]
