"""Tables of the journal: append-only, each entry carries the hash of the one before; the head is kept apart."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.person import PersonRecord


class JournalRecord(models.Model):
    """One entry「日志」: who did what to which thing, when; hash = sha256 over the entry before and this one."""

    number = models.IntegerField(unique=True)
    at = models.CharField(max_length=32, help_text="ISO，含时区：哈希按文字算")
    person = models.ForeignKey(PersonRecord, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=40)
    list_id = models.IntegerField(null=True)
    about = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "journal"
        ordering = ("number",)
        indexes = [models.Index(fields=["about"]), models.Index(fields=["list_id", "action"])]


class JournalHeadRecord(models.Model):
    """The head「日志头」: one row; locked by every append, so that appends are serialised."""

    count = models.IntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        db_table = "journal_head"
