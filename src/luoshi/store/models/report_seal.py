"""The table of what was accepted before a report was opened again."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.person import PersonRecord
from luoshi.store.models.report import ReportRecord


class SealedReportRecord(models.Model):
    """What a report said when it was accepted「封存件」, kept when the office opens it again. Never edited."""

    report = models.ForeignKey(ReportRecord, models.PROTECT, related_name="sealed")
    snapshot = models.JSONField(help_text="接收时封存的内容")
    opened_by = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    reason = models.TextField("退回重报的原因")

    class Meta:
        db_table = "report_sealed"
        ordering = ("-id",)
