"""Tables of judging: a round, who judges what in it, and the score sheets. What was judged becomes rows of its register when a round is locked."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.person import PersonRecord
from luoshi.store.models.plan import ListRecord


class RoundRecord(models.Model):
    """A round of judging「评审轮」 under one version of a rubric. spec: the register with its rubric, as it was when the round began; locked:
    nothing in it changes any more."""

    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="rounds")
    source = models.CharField("台账", max_length=60, help_text="有评分表的台账")
    number = models.IntegerField("轮次")
    title = models.CharField("名称", max_length=100)
    spec = models.JSONField()
    due_on = models.DateField("评完日期", null=True)
    by = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    locked_by = models.ForeignKey(PersonRecord, models.PROTECT, null=True, related_name="+")
    locked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "round"
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["list", "source", "number"], name="round_number_once")]


class SubjectRecord(models.Model):
    """What is judged in a round「被评对象」. cells: the register's columns about it, its name and unit among them."""

    round = models.ForeignKey(RoundRecord, models.CASCADE, related_name="subjects")
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=200, blank=True)
    cells = models.JSONField(default=dict)

    class Meta:
        db_table = "round_subject"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["round", "name"], name="subject_once_per_round")]


class JudgeRecord(models.Model):
    """Who judges in a round「评委」. code: what rows, figures and explanations call them; the name is shown to those who may see it only."""

    round = models.ForeignKey(RoundRecord, models.CASCADE, related_name="judges")
    person = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    unit = models.CharField("单位", max_length=200)

    class Meta:
        db_table = "round_judge"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="judge_once_per_round")]


class SheetRecord(models.Model):
    """One judge on one subject「评分表」. barred: why the judge may not open it; relation: what the judge declared, empty: nothing yet."""

    subject = models.ForeignKey(SubjectRecord, models.CASCADE, related_name="sheets")
    judge = models.ForeignKey(JudgeRecord, models.CASCADE, related_name="sheets")
    barred = models.CharField("回避理由", max_length=200, blank=True)
    relation = models.CharField("利益关系", max_length=40, blank=True)
    scores = models.JSONField(default=dict, help_text="评分项 → 所填")
    opinion = models.CharField("评定意见", max_length=60, blank=True)
    words = models.TextField("评语", blank=True)
    revision = models.IntegerField(default=0)
    signed_at = models.DateTimeField("签定", null=True)

    class Meta:
        db_table = "round_sheet"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["subject", "judge"], name="sheet_once")]
