"""Tables of what an office agrees about its own list."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.person import PersonRecord
from luoshi.store.models.plan import ListRecord, PlanRecord


class BindingRecord(models.Model):
    """How a promise is counted「约定的算法」: every confirmation is a new version, never edited; the newest counts. agreed: `pack.agreed`
    as JSON; empty: the office's own is taken back, and the pack's holds again."""

    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="bindings")
    promise_id = models.CharField(max_length=40)
    number = models.IntegerField("版本")
    plan = models.ForeignKey(PlanRecord, models.PROTECT, related_name="+", help_text="约定时现行的方案")
    agreed = models.JSONField(default=dict)
    restores = models.IntegerField(null=True, help_text="恢复的是哪一版；0：数据包的")
    by = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "binding"
        constraints = [models.UniqueConstraint(fields=["list", "promise_id", "number"], name="binding_number_once")]


class OwnRegisterRecord(models.Model):
    """A register that the office made itself「自建台账」: every saving is a new version, never edited; the newest counts. spec:
    `pack.own_register` as JSON; empty: it was taken back while it had no row."""

    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="own_registers")
    name = models.CharField(max_length=60)
    number = models.IntegerField("版本")
    spec = models.JSONField(default=dict)
    by = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "own_register"
        constraints = [models.UniqueConstraint(fields=["list", "name", "number"], name="own_register_number_once")]
