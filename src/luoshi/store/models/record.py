"""Tables of facts: rows of registers, observations, stages of deliverables, as people wrote them; and their evidence."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.person import PersonRecord
from luoshi.store.models.plan import ListRecord


class FactRecord(models.Model):
    """One row「事实行」 as it was written: column title → text. The pack's specification checks and types it on the way to a
    figure. A correction is a new row with the same key, never an edit."""

    ACTS = (("enter", "登记"), ("correct", "更正"), ("stage", "流转"), ("verify", "核验"), ("retire", "停用"), ("import", "导入"), ("api", "接口"),
            ("verdict", "评定"))
    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="facts")
    source = models.CharField("来源", max_length=60, help_text="台账、序列或成果清单的名称")
    key = models.CharField("键", max_length=200)
    row = models.JSONField()
    origin = models.CharField(max_length=200, help_text="来自哪个文件，或哪张表单")
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(PersonRecord, models.PROTECT, null=True)
    act = models.CharField("怎么来的", max_length=10, choices=ACTS, default="enter")
    reason = models.TextField("理由", blank=True)
    batch = models.ForeignKey("ImportRecord", models.PROTECT, null=True, related_name="rows")
    files: models.ManyToManyField[EvidenceRecord, models.Model] = models.ManyToManyField("EvidenceRecord", related_name="facts")

    class Meta:
        db_table = "fact"
        ordering = ("id",)
        indexes = [models.Index(fields=["list", "source", "key"])]


class EvidenceRecord(models.Model):
    """A file that proves something「佐证」: kept under its hash, so that the same photo used twice is seen."""

    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="evidence")
    name = models.CharField("文件名", max_length=200)
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.IntegerField()
    kind = models.CharField("类型", max_length=40)
    by = models.ForeignKey(PersonRecord, models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        db_table = "evidence"


class ImportRecord(models.Model):
    """A file of rows「导入件」, kept whole under its hash whatever becomes of it. preview: what it would change, as far as a page shows it;
    problems: what is wrong, by row. facts_version: of the list when it was checked."""

    STATES = (("received", "已收到"), ("checking", "正在查"), ("checked", "待确认"), ("entering", "正在入库"), ("entered", "已入库"),
              ("refused", "没有收"), ("unreadable", "读不了"))
    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="imports")
    source = models.CharField("台账", max_length=60)
    name = models.CharField("文件名", max_length=200)
    file = models.CharField(max_length=200, help_text="在数据目录 files 下的位置")
    sha256 = models.CharField(max_length=64)
    size = models.IntegerField()
    state = models.CharField("状态", max_length=10, choices=STATES, default="received")
    progress = models.IntegerField(default=0)
    message = models.TextField(blank=True)
    counts = models.JSONField(default=dict)
    preview = models.JSONField(default=dict)
    problems = models.JSONField(default=dict, help_text="found：逐条；by_id：各种有几条")
    facts_version = models.IntegerField(default=0)
    choice = models.JSONField(default=dict, help_text="怎么收：whole 整份或 good 收对的；接受提醒的理由")
    by = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(PersonRecord, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "import"
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["list", "source", "sha256"], name="import_once_per_register")]


class MergeRecord(models.Model):
    """A person's decision「认定」 that a row is about an enterprise, or about none of those proposed; taken back, it stays and decides nothing."""

    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="merges")
    source = models.CharField("台账", max_length=60)
    key = models.CharField("键", max_length=200)
    name = models.CharField("写的名称", max_length=200)
    code = models.CharField("统一社会信用代码", max_length=18, blank=True, help_text="空：不是所列的任何一家")
    reason = models.TextField("理由")
    on = models.DateField("哪天定的")
    by = models.ForeignKey(PersonRecord, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_on = models.DateField(null=True)
    undone_by = models.ForeignKey(PersonRecord, models.PROTECT, null=True, related_name="+")
    undone_reason = models.TextField(blank=True)

    class Meta:
        db_table = "merge"
        ordering = ("-id",)
        indexes = [models.Index(fields=["list", "source", "key"])]
