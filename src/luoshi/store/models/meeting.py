"""Tables of meetings: agenda, and decisions that become matters."""

from __future__ import annotations

import builtins

from django.db import models

from luoshi.store.models.case import CaseRecord
from luoshi.store.models.organ import OrganRecord
from luoshi.store.models.person import PersonRecord
from luoshi.store.models.plan import ListRecord


class MeetingRecord(models.Model):
    """A meeting「会议」. agenda: frozen when it was held; it opens with the decisions of the one before."""

    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=100)
    on = models.DateField()
    place = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=8, default="planned", help_text="planned 或 held")
    agenda = models.JSONField(default=builtins.list)
    minutes = models.TextField(blank=True)
    attendance = models.JSONField(default=dict, help_text="主持、出席、请假、列席 → 名单")
    revision = models.IntegerField(default=1)
    by = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "meeting"
        ordering = ("-on", "-id")


class DecisionRecord(models.Model):
    """A decision「议定事项」 of a meeting: it becomes a slip with unit and date."""

    meeting = models.ForeignKey(MeetingRecord, models.CASCADE, related_name="decisions")
    text = models.TextField()
    organ = models.ForeignKey(OrganRecord, models.PROTECT, related_name="+")
    due_on = models.DateField()
    about = models.ForeignKey(CaseRecord, models.PROTECT, null=True, related_name="+", help_text="议的是哪一件")
    case = models.ForeignKey(CaseRecord, models.PROTECT, null=True, related_name="decided_by")

    class Meta:
        db_table = "decision"
        ordering = ("id",)
