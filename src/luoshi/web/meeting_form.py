"""The forms of a meeting: its agenda in order, and what was decided. In: agenda, posted fields, units. Out: lines, `Held`."""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_lowercase
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.hold_meeting import Decided, Held
from luoshi.actions.step_refused import StepRefused
from luoshi.publish.minutes import ATTENDANCE
from luoshi.web.case_act import day_field

ROWS = 6
LONGEST = 200


def agenda_in(agenda: list[dict[str, Any]], posted: Mapping[str, str]) -> list[dict[str, Any]]:
    """order-3: where the third line shall stand; struck-3; own: a line to add. What is no number stays where it was."""
    placed = []
    for place, line in enumerate(agenda, 1):
        order = posted.get(f"order-{place}", "")
        at = int(order) if order.isdecimal() and len(order) < 4 else place
        placed.append((at, place, {**line, "struck": bool(posted.get(f"struck-{place}"))}))
    own = " ".join(posted.get("own", "").split())[:LONGEST]
    lines = [line for _at, _place, line in sorted(placed, key=lambda one: one[:2])]
    return [*lines, {"kind": "own", "ref": "", "title": own, "note": "", "struck": False}] if own else lines


class HeldForm(forms.Form):
    """What happened, and up to six decisions; rows that are empty are none."""

    on = day_field(_("哪天开的"), _("最晚是今天。"))
    place = forms.CharField(label=_("地点"), max_length=100, required=False)
    minutes = forms.CharField(label=_("会议情况"), max_length=8000, widget=forms.Textarea(attrs={"rows": 5}),
                              help_text=_("议了什么，一段一行；写进纪要。"),
                              error_messages={"required": _("没有写会议情况。纪要要有一段：议了什么。")})
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, units: list[tuple[int, str]], matters: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, label in enumerate(ATTENDANCE):
            self.fields[f"there{place}"] = forms.CharField(label=_now(label), max_length=500, required=False)
        for n in range(1, ROWS + 1):
            number = {"n": n}
            self.fields[f"text{n}"] = forms.CharField(label=_now("第%(n)s件：议定什么") % number, max_length=1000, required=False,
                                                      widget=forms.Textarea(attrs={"rows": 2}))
            self.fields[f"organ{n}"] = forms.TypedChoiceField(label=_now("第%(n)s件：由谁办") % number, coerce=int, empty_value=None, required=False,
                                                              choices=[("", _("请选单位")), *units])
            self.fields[f"due{n}"] = day_field(_now("第%(n)s件：期限") % number, required=False)
            self.fields[f"about{n}"] = forms.TypedChoiceField(label=_now("第%(n)s件：议的是哪一件") % number, coerce=int, empty_value=None,
                                                              required=False, choices=[("", _("不是议题里的某一件")), *matters])
        self.decided: list[Decided] = []
        self.rows: list[int] = []

    def clean(self) -> dict[str, Any]:
        """A row is whole or empty."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for n in range(1, ROWS + 1):
            text, organ, due = typed.get(f"text{n}"), typed.get(f"organ{n}"), typed.get(f"due{n}")
            if not (text or organ or due):
                continue
            for name, value, words in ((f"text{n}", text, _now("没有写议定什么。")), (f"organ{n}", organ, _now("没有写由谁办。请选一个单位。")),
                                       (f"due{n}", due, _now("没有写期限。请写一个确切的日期，例如2019-10-31。"))):
                if not value and name not in self.errors:
                    self.add_error(name, words)
            if text and organ and due:
                self.decided.append(Decided(text, organ, due, typed.get(f"about{n}")))
                self.rows.append(n)
        return typed

    def refuse(self, refused: StepRefused) -> None:
        """The action counts decisions, the form rows."""
        for name, words in refused.problems.items():
            field, row = name.rstrip("0123456789"), name.lstrip(ascii_lowercase)
            place = f"{field}{self.rows[int(row) - 1]}" if row else name
            self.add_error(place if place in self.fields else None, words)

    def held(self) -> Held:
        """As the action takes it."""
        typed = self.cleaned_data
        there = {label: typed[f"there{place}"] for place, label in enumerate(ATTENDANCE)}
        return Held(typed["on"], typed["minutes"], self.decided, typed["place"], there)

    def main(self) -> list[forms.BoundField]:
        """Fields that are not of a decision."""
        return [self[name] for name in self.fields if not name.startswith(("text", "organ", "due", "about")) and name != "revision"]

    def decisions(self) -> list[tuple[int, list[forms.BoundField], bool]]:
        """(row, its fields, whether it is shown open): the first two, and every one with something in it."""
        rows = []
        for n in range(1, ROWS + 1):
            fields = [self[f"{name}{n}"] for name in ("text", "organ", "due", "about")]
            rows.append((n, fields, n < 3 or any(field.value() for field in fields)))
        return rows
