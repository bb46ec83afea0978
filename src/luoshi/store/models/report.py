"""Tables of monthly returns."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.organ import OrganRecord
from luoshi.store.models.person import PersonRecord
from luoshi.store.models.plan import ListRecord
from luoshi.store.models.record import EvidenceRecord


class ReportRecord(models.Model):
    """A return「填报」 of one unit for one promise and one month. revision guards against a stale form."""

    STATES = (("draft", "草稿"), ("submitted", "待单位负责人签发"), ("signed", "待督查室接收"), ("accepted", "已接收"), ("returned", "已退回"))
    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="reports")
    promise_id = models.CharField(max_length=40, help_text="指标或节点的编号")
    organ = models.ForeignKey(OrganRecord, models.PROTECT, related_name="reports")
    period = models.CharField("期间", max_length=7, help_text="2019-09")
    value = models.DecimalField("数值", max_digits=24, decimal_places=6, null=True)
    observed_on = models.DateField("数据日期")
    why_lower = models.TextField("为何减少", blank=True, help_text="累计数比上次接收的少时")
    progress = models.TextField("进展")
    next_step = models.TextField("下一步", blank=True)
    asks = models.TextField("请领导协调", blank=True)
    forecast_on = models.DateField("预计完成", null=True)
    evidence = models.ManyToManyField(EvidenceRecord, related_name="reports", db_table="report_evidence")
    state = models.CharField("状态", max_length=10, choices=STATES, default="draft")
    reason = models.TextField("退回原因", blank=True)
    revision = models.IntegerField(default=1)
    author = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(PersonRecord, models.PROTECT, null=True, related_name="+")
    accepted_by = models.ForeignKey(PersonRecord, models.PROTECT, null=True, related_name="+")
    snapshot = models.JSONField(null=True, help_text="接收时封存的内容")
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "report"
        ordering = ("-period", "id")
        constraints = [models.UniqueConstraint(fields=["list", "promise_id", "organ", "period"], name="report_once_per_period")]
