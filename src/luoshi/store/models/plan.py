"""Tables of lists: uploaded documents, confirmed versions of a plan, and the keys that pages filter by."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.calendar import CalendarRecord
from luoshi.store.models.organ import OrganRecord
from luoshi.store.models.person import PersonRecord


class ListRecord(models.Model):
    """A list of key work「清单」. pack: the folder or name of the pack that describes it. plan: the version in force."""

    title = models.CharField("名称", max_length=200)
    year = models.IntegerField("年度")
    pack = models.CharField("数据包", max_length=200)
    example = models.BooleanField("示例", default=False)
    plan = models.ForeignKey("PlanRecord", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    calendar = models.ForeignKey(CalendarRecord, models.PROTECT, null=True, related_name="lists")
    facts_version = models.IntegerField(default=0, help_text="每改一次事实加一：缓存的数据由它区分")
    settled_to = models.CharField("月结到", max_length=7, blank=True, help_text="2019-08：这个月和以前各期的填报不再动")

    class Meta:
        db_table = "list"
        ordering = ("-year", "id")

    def __str__(self) -> str:
        return self.title


class DocumentRecord(models.Model):
    """An uploaded document「来文」, kept whole whatever becomes of it. message: why it could not be read."""

    STATES = (("received", "已收到"), ("reading", "正在读"), ("read", "已读完"), ("refused", "读不了"), ("confirmed", "已确认"))
    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="documents")
    name = models.CharField("文件名", max_length=200)
    file = models.CharField(max_length=200, help_text="在数据目录 files 下的位置")
    sha256 = models.CharField(max_length=64)
    size = models.IntegerField()
    state = models.CharField("状态", max_length=10, choices=STATES, default="received")
    progress = models.IntegerField(default=0)
    message = models.TextField(blank=True)
    plan = models.JSONField(null=True, help_text="读出的方案 luoshi.plan/1")
    answers = models.JSONField(default=dict)
    log = models.JSONField(default=dict, help_text="答案和修改，按先后，可撤销：plan.step_log")
    by = models.ForeignKey(PersonRecord, models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        db_table = "document"
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["list", "sha256"], name="document_once_per_list")]


class PlanRecord(models.Model):
    """A confirmed version「方案版本」: canonical JSON, never edited."""

    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="plans")
    number = models.IntegerField("版本")
    document = models.ForeignKey(DocumentRecord, models.PROTECT, related_name="plans")
    plan = models.JSONField()
    carried = models.JSONField(default=dict, help_text="从上一版沿用的：编号、原定要求、放松的理由（actions.carry_plan）")
    by = models.ForeignKey(PersonRecord, models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        db_table = "plan"
        constraints = [models.UniqueConstraint(fields=["list", "number"], name="plan_number_once")]


class DutyRecord(models.Model):
    """Who leads or supports what「责任」 in a version: a key for filtering, made from the plan."""

    plan = models.ForeignKey(PlanRecord, models.CASCADE, related_name="duties")
    organ = models.ForeignKey(OrganRecord, models.PROTECT, related_name="duties")
    holder_id = models.CharField(max_length=40, help_text="任务或举措的编号")
    task_no = models.CharField(max_length=20)
    role = models.CharField(max_length=12)

    class Meta:
        db_table = "duty"
        indexes = [models.Index(fields=["organ", "plan"])]


class BreakdownRecord(models.Model):
    """How a target is split over units and quarters「指标分解」: every saving is a new version, never edited; the newest counts."""

    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="breakdowns")
    promise_id = models.CharField(max_length=40)
    number = models.IntegerField("版本")
    plan = models.ForeignKey(PlanRecord, models.PROTECT, related_name="+", help_text="分解时现行的方案")
    shares = models.JSONField()
    by = models.ForeignKey(PersonRecord, models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        db_table = "breakdown"
        constraints = [models.UniqueConstraint(fields=["list", "promise_id", "number"], name="breakdown_number_once")]
