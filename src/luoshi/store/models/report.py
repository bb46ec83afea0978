"""Tables of what units return, period by period; and of promises that one return answers in several lists."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.organ import OrganRecord
from luoshi.store.models.person import PersonRecord
from luoshi.store.models.plan import ListRecord
from luoshi.store.models.record import EvidenceRecord


class ReportRecord(models.Model):
    """A return「填报」 of one unit for one promise and one period. revision guards against a stale form."""

    STATES = (("draft", "草稿"), ("submitted", "待单位负责人签发"), ("signed", "待督查室接收"), ("accepted", "已接收"), ("returned", "已退回"))
    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="reports")
    promise_id = models.CharField(max_length=40, help_text="指标或节点的编号")
    organ = models.ForeignKey(OrganRecord, models.PROTECT, related_name="reports")
    period = models.CharField("期间", max_length=7, help_text="2019-09、2019-Q3、2019-H1、2019")
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
    filed_on = models.DateField("首次提交日", null=True, help_text="按这一天判断是不是按时")
    due_on = models.DateField("当时的截止日", null=True, help_text="提交时的截止日；以后改安排，不改已有的标记")
    was_late = models.BooleanField("逾期", default=False)
    returns = models.IntegerField("督查室退回几次", default=0)
    revision = models.IntegerField(default=1)
    author = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(PersonRecord, models.PROTECT, null=True, related_name="+")
    accepted_by = models.ForeignKey(PersonRecord, models.PROTECT, null=True, related_name="+")
    snapshot = models.JSONField(null=True, help_text="接收时封存的内容")
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "report"
        ordering = ("-observed_on", "id")
        constraints = [models.UniqueConstraint(fields=["list", "promise_id", "organ", "period"], name="report_once_per_period")]


class SameMatterRecord(models.Model):
    """One matter that stands in several lists「同一事项」, as the office confirmed: filed in one list, it is filed in all."""

    by = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "same_matter"


class SamePromiseRecord(models.Model):
    """One of its promises「并报项」: in which list, which target or milestone. A promise belongs to one matter at most."""

    matter = models.ForeignKey(SameMatterRecord, models.CASCADE, related_name="promises")
    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="+")
    promise_id = models.CharField(max_length=40)

    class Meta:
        db_table = "same_promise"
        constraints = [models.UniqueConstraint(fields=["list", "promise_id"], name="same_promise_once")]
