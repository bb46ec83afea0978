"""Tables of matters that are followed up: slips, blockers, changes of targets, contributions. One table, since all move by steps with
days, an owner and evidence; which steps there are is said by supervision/course.py."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.organ import OrganRecord
from luoshi.store.models.person import PersonRecord
from luoshi.store.models.plan import ListRecord
from luoshi.store.models.record import EvidenceRecord


class CaseRecord(models.Model):
    """A matter「事项」 under supervision. organ: who must act; raised_by: the unit that brought it (None: the office).

    data: what only this kind has, checked by the action that opens it (see actions/open_case.py). revision guards against a stale form.
    """

    KINDS = (("slip", "督办单"), ("blocker", "难点堵点"), ("change", "指标调整"), ("contribution", "配合请求"), ("incoming", "来件"))
    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="cases")
    kind = models.CharField("类别", max_length=12, choices=KINDS)
    number = models.CharField("编号", max_length=60, blank=True)
    serial = models.IntegerField(null=True, help_text="同一清单、同一年里的流水号，发出时编")
    year = models.IntegerField("年度")
    title = models.CharField("事项", max_length=200)
    text = models.TextField("内容和要求", blank=True)
    promise_id = models.CharField(max_length=40, blank=True, help_text="所涉指标或节点的编号")
    task_no = models.CharField(max_length=20, blank=True)
    organ = models.ForeignKey(OrganRecord, models.PROTECT, null=True, related_name="cases", verbose_name="承办单位")
    support = models.ManyToManyField(OrganRecord, related_name="supported_cases", db_table="case_support")
    raised_by = models.ForeignKey(OrganRecord, models.PROTECT, null=True, related_name="raised_cases", verbose_name="提出单位")
    weight = models.CharField("分量", max_length=10, default="ordinary")
    state = models.CharField("状态", max_length=12)
    ladder = models.CharField("升级阶梯", max_length=40, blank=True)
    rung = models.CharField("台阶", max_length=40, blank=True)
    clock = models.CharField("时限", max_length=40, blank=True)
    raised_on = models.DateField("提出日期")
    due_on = models.DateField("期限", null=True)
    next_on = models.DateField("下次办理", null=True)
    closed_on = models.DateField("办结日期", null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    origin = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by", help_text="由哪一件升级来")
    data = models.JSONField(default=dict)
    revision = models.IntegerField(default=1)
    by = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "case"
        ordering = ("-id",)
        indexes = [models.Index(fields=["list", "kind", "state"]), models.Index(fields=["organ", "state"])]
        constraints = [models.UniqueConstraint(fields=["list", "kind", "year", "serial"], name="case_serial_once")]


class CaseStepRecord(models.Model):
    """One step「办理经过」 of a matter: who did what, on which day (on) and when it was recorded (at)."""

    case = models.ForeignKey(CaseRecord, models.CASCADE, related_name="steps")
    act = models.CharField(max_length=20)
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    on = models.DateField("日期")
    at = models.DateTimeField()
    by = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    organ = models.ForeignKey(OrganRecord, models.PROTECT, null=True, related_name="+")
    text = models.TextField("说明", blank=True)
    due_on = models.DateField("期限", null=True)
    data = models.JSONField(default=dict)
    evidence = models.ManyToManyField(EvidenceRecord, related_name="case_steps", db_table="case_step_evidence")

    class Meta:
        db_table = "case_step"
        ordering = ("id",)
