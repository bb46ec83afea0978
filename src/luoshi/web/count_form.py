"""The form of 怎么算, by what the figure is counted from. In: a pack, a source, what was typed or is agreed. Out: `CountTyped`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.pack.pack import Pack
from luoshi.pack.register_spec import RegisterSpec
from luoshi.plan.target import Target
from luoshi.store.queries.counting import Promised
from luoshi.web import count_words as words

MOST_FILTERS, SPARE = 20, 3


@dataclass(frozen=True, slots=True)
class FilterRow:
    """「条件行」 One condition as it was typed. part: top, where only the numerator has to meet it."""

    field: str = ""
    op: str = "="
    value: str = ""
    why: str = ""
    part: str = ""
    problem: str = ""


@dataclass
class CountTyped:
    """「所填的算法」 The forms and tables of the page. months: what was typed for each."""

    source: str
    rule: forms.Form
    judging: forms.Form
    scope: forms.Form
    filters: tuple[FilterRow, ...] = ()
    months: tuple[str, ...] = ("",) * 12
    problems: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Nothing was complained about."""
        forms_wrong = any(form.errors for form in (self.rule, self.judging, self.scope))
        return not (self.problems or forms_wrong or any(row.problem for row in self.filters))


def register_of(pack: Pack, source: str) -> RegisterSpec | None:
    """The register of register:NAME."""
    kind, _colon, name = source.partition(":")
    return pack.registers.get(name) if kind == "register" else None


def ask(pack: Pack, source: str, promised: Promised, data: Any = None, given: dict[str, Any] | None = None) -> CountTyped:
    """The empty form, or with what was typed (data), or with what is agreed (given)."""
    given = given or {}
    typed = CountTyped(source, _rule_form(pack, source, data, given), _judging_form(pack, promised, data, given), _scope_form(data, given),
                       given.get("filters", ()), given.get("months", ("",) * 12))
    if data is not None:
        lists = [data.getlist(name) for name in ("f_field", "f_op", "f_value", "f_why")]
        parts = [*data.getlist("f_part"), *[""] * MOST_FILTERS]
        rows = (FilterRow(*(cell.strip() for cell in cells), part=part) for *cells, part in zip(*lists, parts, strict=False))  # type: ignore[misc]
        typed.filters = tuple(row for row in rows if row.field or row.value or row.why)[:MOST_FILTERS]
        typed.months = tuple([*(m.strip() for m in data.getlist("month")), *[""] * 12][:12])
        for form in (typed.rule, typed.judging, typed.scope):
            form.is_valid()
    return typed


def _rule_form(pack: Pack, source: str, data: Any, given: dict[str, Any]) -> forms.Form:
    form = forms.Form(data, initial=given)
    kind, _colon, name = source.partition(":")
    spec = register_of(pack, source)
    if spec is not None:
        _ask_register(form, spec)
    elif kind == "series":
        form.fields["kind"] = _choose(_("怎么算"), [(k, words.KIND_WORDS[k]) for k in ("latest", "growth")])
        form.fields["base"] = _choose(_("和哪一期比"), words.BASES, _("只在算增减时用"))
        form.fields["measure"] = _choose(_("增减写成"), words.CHANGES, _("只在算增减时用"))
    elif kind == "deliverables" and name in pack.deliverables:
        made = pack.deliverables[name]
        form.fields["stage"] = _choose(_("办到哪个阶段算完成"), [(s, s) for s in made.stages])
        form.fields["items"] = forms.MultipleChoiceField(label=_("数哪几份（都不选就是全部）"), required=False, widget=forms.CheckboxSelectMultiple,
                                                         choices=[(i.name, i.title) for i in made.items])
    elif kind == "reported":
        form.fields["figure_class"] = _choose(_("这个数本来该怎么来"), words.CLASS_CHOICES, _("现在先用单位填报的数；以后有了台账、统计或成果再改"))
    return form


def _ask_register(form: forms.Form, spec: RegisterSpec) -> None:
    kinds = ("count", "sum", "ratio", *(("verdict",) if spec.rubric else ()))
    form.fields["kind"] = _choose(_("怎么算"), [(k, words.KIND_WORDS[k]) for k in kinds])
    numbers = words.field_choices(spec, *words.NUMBERS, none=_("数行数"))
    form.fields["field"] = _choose(_("加哪一列（合计、比率的分子）"), numbers, _("单位自动换算成指标的单位"))
    form.fields["bottom"] = _choose(_("分母是哪一列"), numbers, _("只在算比率时用"))
    once = words.field_choices(spec, "text", "code", none=_("每行都算"))
    form.fields["distinct"] = _choose(_("哪一列相同只算一次"), once, _("只在数一数时用，例如同一企业只算一家"))
    form.fields["date_field"] = _choose(_("按哪个日期算"), words.field_choices(spec, "date", none=_("不看日期")))
    form.fields["period"] = _choose(_("日期落在哪里才算"), words.PERIODS)
    form.fields["counts_from"] = _choose(_("核验到哪一级才算"), words.LEVEL_WORDS)
    form.fields["decimals"] = forms.IntegerField(label=_("小数位数"), min_value=0, max_value=4, required=False)


def _judging_form(pack: Pack, promised: Promised, data: Any, given: dict[str, Any]) -> forms.Form:
    is_target = isinstance(promised.promise, Target)
    start = {"run": "cumulative" if is_target else "event", "judged": promised.promise.judged if isinstance(promised.promise, Target) else "at_least"}
    form = forms.Form(data, initial=start | given)
    form.fields["run"] = _choose(_("怎么累计"), words.RUN_WORDS)
    form.fields["judged"] = _choose(_("怎样算完成"), words.JUDGED_WORDS)
    form.fields["tolerance"] = forms.FloatField(label=_("上下容差，百分之几"), required=False, help_text=_("只在选了“落在上下容差内”时填"))
    form.fields["light"] = _choose(_("灯规则"), words.lights_in(pack))
    form.fields["plan"] = _choose(_("计划线"), words.PLAN_WORDS)
    form.fields["start"] = forms.FloatField(label=_("年初的数"), required=False, help_text=_("按时间进度时，从这个数开始；空着从0开始"))
    return form


def _scope_form(data: Any, given: dict[str, Any]) -> forms.Form:
    form = forms.Form(data, initial=given)
    area = {"rows": 3, "lang": "zh-Hans"}
    low = {**area, "rows": 2}
    form.fields["scope"] = forms.CharField(
        label=_("口径"), required=False, max_length=2000, widget=forms.Textarea(attrs=area),
        help_text=_("算什么、不算什么、按哪天算、以谁的证明为准。没有预先写好的，请和牵头单位商定后写"))
    form.fields["question"] = forms.CharField(
        label=_("还没有定的"), required=False, max_length=1000, widget=forms.Textarea(attrs=low),
        help_text=_("要问谁、问什么。写了就在总览和说明里一直问，直到有口径"))
    form.fields["note"] = forms.CharField(label=_("备注"), required=False, max_length=1000, widget=forms.Textarea(attrs=low))
    return form


def _choose(label: Any, choices: Iterable[tuple[str, Any]], hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), required=False, help_text=hint)
