"""Tables of units: names, aliases, validity."""

from __future__ import annotations

from django.db import models


class OrganRecord(models.Model):
    """A unit「单位」. Aliases are how documents write it. host: the unit that an office such as 市数改办 is set up in; an external unit is of
    another city or level: counterpart is the unit here that deals with it, contact how."""

    EXTERNAL = "外部单位"
    name = models.CharField("名称", max_length=80, unique=True)
    kind = models.CharField("类型", max_length=20, default="部门")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级")
    host = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="offices", verbose_name="设在")
    counterpart = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="externals", verbose_name="本市对口单位")
    contact = models.CharField("联系方式", max_length=200, blank=True)
    valid_from = models.DateField("启用", null=True, blank=True)
    valid_to = models.DateField("停用", null=True, blank=True)

    class Meta:
        db_table = "organ"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class AliasRecord(models.Model):
    """Another name of a unit「别名」."""

    organ = models.ForeignKey(OrganRecord, models.CASCADE, related_name="aliases")
    name = models.CharField("别名", max_length=80, unique=True)

    class Meta:
        db_table = "alias"
