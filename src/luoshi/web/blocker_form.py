"""The form of a blocker, and what its steps ask besides what the course says. In: a list, who writes. Out: forms, fields.

Category and level come from actions/case_data.py: forms, pages and the ledger's filters use the same names.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.actions.case_data import BLOCKER_CATEGORIES, BLOCKER_LEVELS
from luoshi.actions.evidence_kind import EXTENSIONS
from luoshi.actions.open_case import CaseText
from luoshi.supervision.course import BLOCKER, CourseStep
from luoshi.web.case_act import More, day_field
from luoshi.web.report import FilesInput


def _words(table: dict[str, str]) -> list[tuple[str, Any]]:
    return [(name, _(words)) for name, words in table.items()]


def category_field() -> forms.ChoiceField:
    """What kind of difficulty it is."""
    return forms.ChoiceField(label=_("类别"), choices=_words(BLOCKER_CATEGORIES))


def level_field() -> forms.ChoiceField:
    """How high it must be solved."""
    return forms.ChoiceField(label=_("层级"), choices=_words(BLOCKER_LEVELS), help_text=_("要哪一级才定得下来。跨省的，一直要有下一步日期。"))


class BlockerForm(forms.Form):
    """What a unit, or the office, brings."""

    title = forms.CharField(label=_("卡在哪里"), max_length=200, help_text=_("一句话，例如：过渡安置房缺120套，征迁停了两个月。"),
                            error_messages={"required": _("没有写卡在哪里。用一句话写清。")})
    text = forms.CharField(label=_("经过和原因"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    asked_for = forms.CharField(label=_("请谁做什么"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
                                error_messages={"required": _("没有写请谁做什么。写清了才好分派。")})
    cost_of_waiting = forms.CharField(label=_("拖着的代价"), max_length=200, help_text=_("每拖一个月多花多少、误了哪个节点。"),
                                      error_messages={"required": _("没有写拖着的代价。不急的写“暂无”，也好排先后。")})
    external = forms.CharField(label=_("外部单位"), max_length=200, required=False,
                               help_text=_("不在本市管辖的：省厅、邻市、企业、铁路等；几家用、隔开。"))
    next_on = day_field(_("下次办理"), _("什么时候再碰一次；跨省的必填。"), required=False)
    papers = forms.Field(label=_("佐证文件"), required=False, widget=FilesInput(attrs={"accept": ",".join(EXTENSIONS)}),
                         help_text=_("照片、PDF、Word、Excel，单份10 MB以内，一次不超过25 MB。"))

    def __init__(self, units: list[tuple[int, str]], may_office: bool, promises: list[tuple[str, str]], others: list[tuple[int, str]],
                 *args: Any, **kwargs: Any) -> None:
        """units: those for which the person may raise one; may_office: the office itself may."""
        super().__init__(*args, **kwargs)
        self.fields["category"], self.fields["level"] = category_field(), level_field()
        self.fields["level"].initial = "city"
        self.fields["promise_id"] = forms.ChoiceField(label=_("所涉指标"), required=False, choices=[("", _("不涉及某一项")), *promises])
        self.fields["support"] = forms.TypedMultipleChoiceField(label=_("有关单位"), required=False, coerce=int, choices=others,
                                                                help_text=_("按住Ctrl可以选几个。"))
        brought = [("", _("督查室自己提出")), *units] if may_office else units
        self.fields["raised_by"] = forms.TypedChoiceField(label=_("提出单位"), coerce=int, empty_value=None, required=not may_office, choices=brought)
        self.order_fields(("raised_by", "title", "category", "level", "promise_id", "text", "asked_for", "cost_of_waiting", "support", "external",
                           "next_on", "papers"))

    def text_of(self) -> CaseText:
        """As the action takes it."""
        typed = self.cleaned_data
        data = {name: typed[name] for name in ("category", "level", "cost_of_waiting", "external", "asked_for")}
        return CaseText("blocker", typed["title"], typed["text"], raised_by_id=typed["raised_by"], support_ids=tuple(typed["support"]),
                        promise_id=typed["promise_id"], next_on=typed["next_on"], data=data)


def fields_of_steps(others: list[tuple[int, str]]) -> More:
    """others: matters into which this one can be merged, the likest first."""
    def more(step: CourseStep, case: Any) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        if step.act == "triage":
            fields = {"category": category_field(), "level": level_field()}
            for name, field in fields.items():
                field.initial = case.data.get(name)
        if step.act == "merge":
            fields["merged_into"] = forms.TypedChoiceField(label=_("并入哪一件"), coerce=int, empty_value=None, choices=[("", _("请选")), *others],
                                                           error_messages={"required": _("请选要并入的那一件。")})
        if "next_date" not in step.needs and step.to not in BLOCKER.closed and (step.act == "triage" or case.data.get("level") == "cross_province"):
            fields["next_on"] = day_field(_("下次办理"), _("跨省事项一直要有下一步日期。"), required=False)
            fields["next_on"].initial = case.next_on
        return fields
    return more
