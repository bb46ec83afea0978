"""Tables of how an office works on a list: its cycle, ladder, reminders, numbers and ceiling, chosen by name."""

from __future__ import annotations

from datetime import time

from django.db import models

from luoshi.store.models.plan import ListRecord


class OfficeChoiceRecord(models.Model):
    """What the office chose「督办规则」 for a list: presets by name, and how far the system may prepare steps by itself."""

    OVER = (("confirm", "写明超过，确认后仍可以发"), ("refuse", "不许再加"))
    list = models.OneToOneField(ListRecord, models.PROTECT, related_name="office")
    organ = models.CharField("发单机关", max_length=30, blank=True)
    cycle = models.CharField("报送周期", max_length=40, default="monthly-5")
    grace = models.IntegerField("宽限天数", default=0)
    starts_on = models.DateField("从哪天起报", null=True, help_text="截止日不早于这一天的各期要报；空着：从方案确认那天起")
    ladder = models.CharField("升级阶梯", max_length=40, default="suqian-3slips-2025")
    allowed_rung = models.CharField("系统可以自动拟到哪一步", max_length=40, blank=True)
    reminder = models.CharField("提醒", max_length=40, default="luoshi-monthly")
    slip_scheme = models.CharField("督办单编号", max_length=60, default="督〔｛年｝〕｛号｝号")
    ceiling = models.DecimalField("每月最多填几项", max_digits=8, decimal_places=2, null=True)
    over_ceiling = models.CharField("超过上限时", max_length=8, choices=OVER, default="confirm")
    quiet_from = models.TimeField("免打扰从", default=time(21))
    quiet_to = models.TimeField("免打扰到", default=time(8))
    change_until = models.DateField("指标调整最晚提出", null=True)
    revision = models.IntegerField(default=0, help_text="两个人同时改，后改的会被告知")

    class Meta:
        db_table = "office_choice"


class CycleRecord(models.Model):
    """A cycle「报送安排」 of one promise that differs from the list's; and dated exceptions of the list (promise_id empty)."""

    list = models.ForeignKey(ListRecord, models.PROTECT, related_name="cycles")
    promise_id = models.CharField(max_length=40, blank=True)
    cycle = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=8, blank=True, help_text="例外的期间，如 2019-09")
    due_on = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "cycle"
        constraints = [models.UniqueConstraint(fields=["list", "promise_id", "period"], name="cycle_once")]
