"""Tables of facts: rows of registers, observations, stages of deliverables, as people wrote them; and their evidence."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.person import PersonRecord
from luoshi.store.models.plan import ListRecord


class FactRecord(models.Model):
    """One row「事实行」 as it was written: column title → text. The pack's specification checks and types it on the way to a
    figure. A correction is a new row with the same key, never an edit."""

    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="facts")
    source = models.CharField("来源", max_length=60, help_text="台账、序列或成果清单的名称")
    key = models.CharField("键", max_length=200)
    row = models.JSONField()
    origin = models.CharField(max_length=200, help_text="来自哪个文件，或哪张表单")
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(PersonRecord, models.PROTECT, null=True)

    class Meta:
        db_table = "fact"
        ordering = ("id",)
        indexes = [models.Index(fields=["list", "source", "key"])]


class EvidenceRecord(models.Model):
    """A file that proves something「佐证」: kept under its hash, so that the same photo used twice is seen."""

    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="evidence")
    name = models.CharField("文件名", max_length=200)
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.IntegerField()
    kind = models.CharField("类型", max_length=40)
    by = models.ForeignKey(PersonRecord, models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        db_table = "evidence"
