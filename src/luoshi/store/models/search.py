"""Tables of the search: what can be found, its tokens, and what the index was made from. All of it can be made anew."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.plan import ListRecord


class SearchRecord(models.Model):
    """A thing that can be found「可搜条目」. ref: how its page is named; digest: of title and text, so that only what changed is written."""

    KINDS = (("task", "任务"), ("measure", "举措"), ("target", "指标与节点"), ("row", "台账各行"), ("document", "来文"))
    list = models.ForeignKey(ListRecord, models.CASCADE, related_name="search")
    kind = models.CharField("类型", max_length=10, choices=KINDS)
    ref = models.CharField(max_length=300)
    title = models.CharField("标题", max_length=300)
    text = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "search"
        indexes = [models.Index(fields=["list", "kind"])]


class SearchGramRecord(models.Model):
    """One token of one thing「词元」."""

    found = models.ForeignKey(SearchRecord, models.CASCADE, related_name="grams")
    gram = models.CharField(max_length=40)

    class Meta:
        db_table = "search_gram"
        indexes = [models.Index(fields=["gram", "found"])]


class SearchStateRecord(models.Model):
    """Which versions of plan, facts and documents the index of a list was made from「索引版本」."""

    list = models.OneToOneField(ListRecord, models.CASCADE, primary_key=True, related_name="search_state")
    state = models.CharField(max_length=120)

    class Meta:
        db_table = "search_state"
