"""Tables of bulletins."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.person import PersonRecord
from luoshi.store.models.plan import ListRecord


class BulletinRecord(models.Model):
    """A bulletin「通报」. content: its paragraphs and numbers, each with its because; issued, nothing of it moves any more."""

    STATES = (("draft", "草稿"), ("issued", "已印发"))
    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="bulletins")
    number = models.IntegerField("期号", null=True)
    title = models.CharField("标题", max_length=200)
    as_of = models.DateField("统计日")
    content = models.JSONField()
    state = models.CharField("状态", max_length=10, choices=STATES, default="draft")
    docx = models.CharField(max_length=200, blank=True)
    pdf = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(PersonRecord, models.PROTECT)
    at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "bulletin"
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["list", "number"], name="bulletin_number_once")]


class PublishedFigureRecord(models.Model):
    """How a promise stood in an issued bulletin「印发数」. Written when it is issued, so that a page need not open whole bulletins."""

    bulletin = models.ForeignKey(BulletinRecord, models.PROTECT, related_name="figures")
    promise_id = models.CharField(max_length=40, help_text="指标或节点的编号")
    exact = models.TextField(help_text="没有取整的数：比率可以有几十位")
    text = models.TextField(help_text="印出来的样子，带单位")

    class Meta:
        db_table = "published_figure"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["bulletin", "promise_id"], name="published_once_per_bulletin")]
