"""Tables of spot checks: what was drawn of what was claimed, and what was found."""

from __future__ import annotations

import builtins

from django.db import models

from luoshi.store.models.organ import OrganRecord
from luoshi.store.models.person import PersonRecord
from luoshi.store.models.plan import ListRecord
from luoshi.store.models.record import EvidenceRecord


class SampleRecord(models.Model):
    """A spot check「抽查批次」: the seed and what was claimed that day, so that anybody can draw it again."""

    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="samples")
    title = models.CharField(max_length=100)
    seed = models.CharField(max_length=80)
    as_of = models.DateField()
    random = models.IntegerField()
    by_risk = models.IntegerField()
    claims = models.JSONField(default=builtins.list)
    by = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "sample"
        ordering = ("-id",)


class SampleItemRecord(models.Model):
    """One claim that was drawn「抽查项」 and what was found. amount: what was claimed; found: what was seen."""

    RESULTS = (("", "待查"), ("true", "属实"), ("partly", "部分属实"), ("false", "不实"), ("not_seen", "没有看到"))
    sample = models.ForeignKey(SampleRecord, models.CASCADE, related_name="items")
    key = models.CharField(max_length=200)
    place = models.IntegerField("抽取次序")
    title = models.CharField(max_length=200)
    organ = models.ForeignKey(OrganRecord, models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=8)
    why = models.CharField(max_length=200)
    promise_id = models.CharField(max_length=40, blank=True)
    amount = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    found = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    result = models.CharField(max_length=10, choices=RESULTS, blank=True)
    note = models.TextField(blank=True)
    where = models.CharField("地点", max_length=200, blank=True)
    checked_on = models.DateField(null=True)
    checked_at = models.DateTimeField(null=True)
    by = models.ForeignKey(PersonRecord, models.PROTECT, null=True, related_name="+")
    evidence = models.ManyToManyField(EvidenceRecord, related_name="sample_items", db_table="sample_item_evidence")
    revision = models.IntegerField(default=1)

    class Meta:
        db_table = "sample_item"
        ordering = ("place",)
