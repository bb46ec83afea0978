"""Tables of what is sent to people: where they want it, and the outbox, which holds each notice once."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.organ import OrganRecord
from luoshi.store.models.person import PersonRecord


class ChannelRecord(models.Model):
    """Where a person is reached「提醒方式」. address: e-mail, or the key of a robot; the in-app inbox needs none."""

    KINDS = (("inbox", "站内"), ("mail", "电子邮件"), ("dingtalk", "钉钉"), ("wecom", "企业微信"), ("feishu", "飞书"))
    person = models.ForeignKey(PersonRecord, models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=10, choices=KINDS)
    address = models.CharField(max_length=400, blank=True)
    digest = models.BooleanField("每天合成一条", default=True)
    is_on = models.BooleanField(default=True)

    class Meta:
        db_table = "channel"
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="channel_once")]


class NoticeRecord(models.Model):
    """One notice「提醒」 in the outbox. key: thing, reader, day, channel: unique, so that nothing is sent twice."""

    key = models.CharField(max_length=200, unique=True)
    person = models.ForeignKey(PersonRecord, models.CASCADE, related_name="notices")
    organ = models.ForeignKey(OrganRecord, models.SET_NULL, null=True, related_name="+", help_text="替哪个单位收的；空着：督查室，或本人")
    channel = models.CharField(max_length=10)
    text = models.TextField()
    link = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    send_after = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    @property
    def channel_words(self) -> str:
        """mail → 电子邮件"""
        return dict(ChannelRecord.KINDS)[self.channel]

    class Meta:
        db_table = "notice"
        ordering = ("-id",)
        indexes = [models.Index(fields=["sent_at", "send_after"]), models.Index(fields=["person", "channel", "read_at"])]


class FeedRecord(models.Model):
    """A calendar feed「日历订阅」 of a person: only the hash of its secret address is kept."""

    person = models.OneToOneField(PersonRecord, models.CASCADE, related_name="feed")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "feed"


class ScheduleRecord(models.Model):
    """A scheduled job「定时任务」: when it is due next; one row a job, locked by the worker that takes it."""

    job = models.CharField(max_length=40, unique=True)
    cron = models.CharField(max_length=40)
    is_on = models.BooleanField(default=True)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0, help_text="连续失败几次")
    said = models.TextField(blank=True, help_text="上次做了什么，或为什么失败")

    class Meta:
        db_table = "schedule"
        ordering = ("job",)
