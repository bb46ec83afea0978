"""The form of a register of the office's own ↔ the JSON of `pack.own_register`. In: what was typed, or the specification. Out: the other of the
two, and complaints at their fields. What fits together is the pack's to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.pack.register_spec import FieldSpec, RegisterSpec
from luoshi.pack.said import Complaint

SPARE, MOST_COLUMNS, FIRST_COLUMNS = 2, 60, 6
TYPES: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    # key of the choice, its words, what it says in a specification
    ("text", _("文字"), {"type": "text"}), ("integer", _("整数"), {"type": "integer"}), ("number", _("数（可有小数）"), {"type": "number"}),
    ("money", _("金额"), {"type": "money"}), ("area", _("面积"), {"type": "area"}), ("date", _("日期"), {"type": "date"}),
    ("boolean", _("是或否"), {"type": "boolean"}), ("choice", _("选项（列出可选的）"), {"type": "choice"}), ("code", _("编号"), {"type": "code"}),
    ("uscc", _("统一社会信用代码"), {"type": "code", "check": "uscc"}),
    ("id_card", _("身份证号（只存摘要）"), {"type": "text", "check": "id_card", "personal": "hashed"}),
    ("masked", _("姓名、电话（隐去中间）"), {"type": "text", "personal": "masked"}),
    ("point", _("位置（经度,纬度）"), {"type": "point"}), ("polygon", _("范围（四至坐标）"), {"type": "polygon"}))
VISIBILITY = [("internal", _("内部")), ("restricted", _("限制：只有能看全部台账的人看得到明细")), ("public", _("可公开"))]
COUNTS_FROM = [("reported", _("填报了就算")), ("county", _("经县级核验")), ("lead", _("经牵头单位核验")), ("spot_checked", _("经督查抽查"))]


@dataclass
class ColumnTyped:
    """「所填的栏目」 One column as it was typed. kept: it is in the version that the form was made from. problems: beside it."""

    name: str = ""
    title: str = ""
    type: str = "text"
    unit: str = ""
    choices: str = ""
    note: str = ""
    required: bool = False
    key: bool = False
    same: bool = False
    happened: bool = False
    kept: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Nothing was typed into it."""
        return not (self.title or self.unit or self.choices or self.note)


class HeadForm(forms.Form):
    """What the register is, who fills it, and who sees it."""

    title = forms.CharField(label=_("台账名称"), required=False, max_length=60, help_text=_("一行登记的是什么，例如 示范村、消除劣Ⅴ类断面"))
    counted_as = forms.CharField(label=_("量词"), required=False, max_length=4, initial="个", help_text=_("一行叫一个、一家、一项还是一宗"))
    purpose = forms.CharField(label=_("用途"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
                              help_text=_("什么登记、什么不登记，给清单上的哪个指标用"))
    unit = forms.CharField(label=_("供数单位"), required=False, max_length=80, widget=forms.TextInput(attrs={"list": "units"}),
                           help_text=_("由谁填。各县各报一份的，写“县（市、区）”加单位，例如 县（市、区）科技局"))
    checker = forms.CharField(label=_("核验单位"), required=False, max_length=80, widget=forms.TextInput(attrs={"list": "units"}))
    due_day = forms.IntegerField(label=_("每月几日前报"), required=False, min_value=1, max_value=28)
    source = forms.CharField(label=_("从哪个系统来"), required=False, max_length=120)
    counts_from = forms.ChoiceField(label=_("核验到哪一级才算数"), required=False, choices=COUNTS_FROM, initial="lead")
    visibility = forms.ChoiceField(label=_("谁看得到"), required=False, choices=VISIBILITY)
    stages = forms.CharField(label=_("阶段"), required=False, max_length=300,
                             help_text=_("按先后写，用、隔开，例如 申报、开工、完工。没有阶段就空着"))


@dataclass
class RegisterTyped:
    """「所填的台账」 problems: what belongs to no field."""

    head: HeadForm
    columns: list[ColumnTyped]
    problems: list[str] = field(default_factory=list)


def read_form(data: Any, before: RegisterSpec | None) -> RegisterTyped:
    """What was sent."""
    head = HeadForm(data)
    head.is_valid()
    lists = [data.getlist(f"c_{name}") for name in ("name", "title", "type", "unit", "choices", "note")]
    ticked = {name: set(data.getlist(f"c_{name}")) for name in ("required", "key", "same", "happened")}
    known = {one.name for one in before.fields} if before else set()
    columns = []
    for place, cells in enumerate(zip(*lists, strict=False)):
        name, title, type, unit, choices, note = (cell.strip() for cell in cells)
        required, key, same, happened = (str(place) in places for places in ticked.values())
        columns.append(ColumnTyped(name if name in known else "", title, type, unit, choices, note, required, key, same, happened, name in known))
    return RegisterTyped(head, columns[:MOST_COLUMNS])


def form_of(spec: RegisterSpec | None) -> RegisterTyped:
    """An empty form, or one with what the register says now."""
    if spec is None:
        return RegisterTyped(HeadForm(), [ColumnTyped(key=not n) for n in range(FIRST_COLUMNS)])
    supply = spec.supply
    head = HeadForm(initial={"title": spec.title, "counted_as": spec.counted_as, "purpose": spec.purpose, "unit": supply.unit,
                             "checker": supply.checker or "", "due_day": supply.due_day, "source": supply.source or "",
                             "counts_from": spec.counts_from, "visibility": spec.visibility, "stages": "、".join(spec.stages)})
    return RegisterTyped(head, [_column(spec, one) for one in spec.fields])


def _column(spec: RegisterSpec, one: FieldSpec) -> ColumnTyped:
    said = {"type": one.type, "check": one.check, "personal": one.personal}
    type = next(key for key, _words, says in TYPES if {"check": None, "personal": None} | says == said)
    return ColumnTyped(one.name, one.title, type, one.unit or "", "、".join(one.choices), one.note or "", one.required, one.name in spec.key,
                       one.name in spec.same_thing, one.name == spec.happened, True)


def tree_of(typed: RegisterTyped, before: RegisterSpec | None) -> dict[str, Any]:
    """What was typed as the JSON that `pack.own_register.read_register` reads, without its name."""
    head, columns = typed.head.cleaned_data, _named(typed)
    keys = [one.name for one in columns if one.key]
    happened = [one.name for one in columns if one.happened]
    stages = _words(head.get("stages", ""))
    supply = {"unit": head.get("unit", ""), "checker": head.get("checker"), "due_day": head.get("due_day"), "source": head.get("source")}
    tree = {"title": head.get("title", ""), "counted_as": head.get("counted_as", ""), "purpose": head.get("purpose", ""),
            "fields": [_field(one) for one in columns], "key": keys, "row_title": _called(columns, keys),
            "happened": happened[0] if happened else None,
            "same_thing": [one.name for one in columns if one.same], "stages": stages, "transitions": _transitions(stages, supply["unit"]),
            "supply": {key: value for key, value in supply.items() if value not in (None, "") or key == "unit"},
            "counts_from": head.get("counts_from") or "lead", "visibility": head.get("visibility") or "internal"}
    if before is not None:
        tree |= {"row_title": before.row_title if before.row_title in {one.name for one in columns} else tree["row_title"],
                 "references": list(before.references)}
    return {key: value for key, value in tree.items() if value is not None}


def _called(columns: list[ColumnTyped], keys: list[str]) -> str:
    """People call a row by its first words, not by its number."""
    return next((one.name for one in columns if one.type == "text"), keys[0] if keys else "")


def _named(typed: RegisterTyped) -> list[ColumnTyped]:
    """Those with something in them; a new column gets the next name that is free."""
    columns = [one for one in typed.columns if not one.is_blank]
    taken = {one.name for one in columns}
    free = (name for n in range(1, 2 * MOST_COLUMNS) if (name := f"column_{n}") not in taken)
    for one in columns:
        one.name = one.name or next(free)
    return columns


def _field(one: ColumnTyped) -> dict[str, Any]:
    says = next((says for key, _words, says in TYPES if key == one.type), {"type": one.type})
    made = {"name": one.name, "title": one.title, **says, "unit": one.unit or None, "required": one.required or None,
            "choices": _words(one.choices) or None, "note": one.note or None}
    return {key: value for key, value in made.items() if value is not None}


def _transitions(stages: list[str], unit: str) -> list[dict[str, str]]:
    """One after the other, as they are written."""
    return [{"from": source, "action": f"进入{to}", "to": to, "who": unit} for source, to in pairwise(stages)]


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.replace("，", "、").replace(",", "、").replace("\n", "、").split("、") if word.strip()]


def complain(typed: RegisterTyped, complaints: Iterable[Complaint]) -> None:
    """Each complaint to the field or column that it is about."""
    columns = [one for one in typed.columns if not one.is_blank]
    for one in complaints:
        last = str(one.where[-1]) if one.where else ""
        if len(one.where) > 1 and one.where[0] == "fields" and isinstance(one.where[1], int) and one.where[1] < len(columns):
            columns[one.where[1]].problems.append(_on_page(columns[one.where[1]], one))
        elif last in typed.head.fields and one.where[0] in (last, "supply"):
            typed.head.add_error(last, one.text)
        elif one.where[:1] == ("key",):
            typed.problems.append("认行的栏目：" + (one.text if one.text.startswith("已经有行") else "至少勾一栏，靠它认出是同一行，例如编号、名称"))
        elif one.where[:1] != ("row_title",):     # without a key there is none: said once
            typed.problems.append("还没有写栏目。至少写一栏" if one.where == ("fields",) and not columns else one.text)


def _on_page(column: ColumnTyped, one: Complaint) -> str:
    """The pack speaks of its keys; on the page the same thing is a field."""
    if one.where[-1] == "choices" and "choice" in one.text:
        return "填“选项”的，要在“选项”里写有哪几项" if column.type == "choice" else "只有填“选项”的栏目才写选项，请改“填什么”，或把选项删掉"
    return one.text


def own_complaints(typed: RegisterTyped) -> tuple[Complaint, ...]:
    """What the specification cannot say, because it has one place for it only."""
    happened = [one.title for one in typed.columns if one.happened and not one.is_blank]
    return (Complaint((), f"“哪一天算发生”只能勾一栏，现在勾了{'、'.join(happened)}"),) if len(happened) > 1 else ()
