"""What the form of 怎么算 offers, in words. In: a pack. Out: choices for its fields."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import FieldSpec, RegisterSpec
from luoshi.register.record import fields_of

Choices = list[tuple[str, Any]]
NUMBERS = ("integer", "number", "money", "area")
KIND_WORDS: dict[str, Any] = {
    "count": _("数一数：符合条件的有几行"), "sum": _("加一加：把一列加起来"), "ratio": _("比一比：分子的合计除以分母的合计"),
    "verdict": _("看评定：评委过半数认定的有几个"), "latest": _("最新发布的数"), "growth": _("比上年末或上年同期增减多少"),
    "exists": _("几份成果办到了某个阶段")}
OPERATOR_WORDS: dict[str, Any] = {
    "=": _("是"), "!=": _("不是"), "in": _("是其中之一（用、隔开）"), "not_in": _("都不是（用、隔开）"), ">=": _("不小于"), ">": _("大于"),
    "<=": _("不大于"), "<": _("小于"), "is_set": _("填了"), "is_blank": _("没有填"), "in_year": _("在本年度内，不晚于统计日"),
    "before_year": _("在本年度以前"), "by_as_of": _("不晚于统计日"), "after_as_of": _("晚于统计日"), "not_by_as_of": _("晚于统计日，或没有填"),
    "lapsed": _("早于统计日，或没有填")}
RUN_WORDS: Choices = [
    ("cumulative", _("累计数：从年初加起来，对照计划线")), ("stock", _("时点数：某一天有多少，对照约定的计划")),
    ("event", _("事件：到期办没办，看迟了几天"))]
JUDGED_WORDS: Choices = [
    ("at_least", _("达到或超过就算完成")), ("at_most", _("不超过就算完成")), ("band", _("落在上下容差内算完成")),
    ("exact", _("正好才算完成"))]
PLAN_WORDS: Choices = [
    ("", _("不约定，到期再评")), ("linear", _("按时间进度：过了几个月就应当完成几个十二分之一")),
    ("months", _("逐月写明各月末应达到的数"))]
CLASS_CHOICES: Choices = [("A", _("A 台账计算")), ("B", _("B 官方统计")), ("C", _("C 成果")), ("D", _("D 评定"))]
LEVEL_WORDS: Choices = [
    ("", _("照台账的规定")), ("reported", _("填报了就算")), ("county", _("经县级核验")), ("lead", _("经牵头单位核验")),
    ("spot_checked", _("经督查抽查"))]
PERIODS: Choices = [
    ("", _("不看日期")), ("in_year", _("本年度内，不晚于统计日")), ("by_as_of", _("到统计日为止")),
    ("not_by_as_of", _("统计日仍有效（到期日在以后或没填）"))]
BASES: Choices = [("last_december", _("上年12月")), ("same_period_last_year", _("上年同期"))]
CHANGES: Choices = [("difference", _("差多少")), ("percent", _("百分之几"))]
REPORTED = _("单位填报的数：没有台账时用，标明是填报数")


def sources_in(pack: Pack) -> list[tuple[Any, Choices]]:
    """Everything a promise could be counted from, grouped; what offices agreed on for single promises is not offered to others."""
    offered = {name: spec for name, spec in pack.indicators.items() if not name.startswith("own_")}
    return [
        (_("台账"), [(f"register:{name}", spec.title) for name, spec in pack.registers.items()]),
        (_("官方统计序列"), [(f"series:{name}", spec.title) for name, spec in pack.series.items()]),
        (_("成果清单"), [(f"deliverables:{name}", spec.title) for name, spec in pack.deliverables.items()]),
        (_("数据包里写好的算法"), [(f"indicator:{name}", f"{spec.title}（{spec.unit}）") for name, spec in offered.items()]),
        (_("没有台账"), [("reported", REPORTED)])]


def source_title(pack: Pack, source: str) -> Any:
    """What people call it; empty where there is no such thing."""
    return next((title for _group, choices in sources_in(pack) for key, title in choices if key == source), "")


def field_choices(spec: RegisterSpec, *types: str, none: Any = "") -> Choices:
    """Fields of these types, of every type where none is named; first the choice of no field."""
    found = [(field.name, _titled(field)) for field in fields_of(spec) if not types or field.type in types]
    return [("", none or "—"), *found]


def codes_of(spec: RegisterSpec) -> tuple[str, ...]:
    """Every code of the register's lists, for the value of a condition."""
    return tuple(dict.fromkeys(code for field in fields_of(spec) for code in field.choices))


def lights_in(pack: Pack) -> Choices:
    """Presets with how the figure must run for each."""
    return [("", _("通用的（按怎么累计自动选）")), *((name, preset.title) for name, preset in pack.lights.items())]


def _titled(field: FieldSpec) -> str:
    return f"{field.title}（{field.unit}）" if field.unit else field.title
