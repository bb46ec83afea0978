"""The form of a slip, new or not yet sent, and what it opens with. In: a list, a request, a ladder's proposal. Out: form, `CaseText`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.actions.case_data import SOURCES
from luoshi.actions.open_case import CaseText
from luoshi.actions.step_refused import StepRefused
from luoshi.lexicon.workday import WorkCalendar
from luoshi.lexicon.written import day as day_words
from luoshi.pack.supervision_spec import WEIGHTS, ClockPreset
from luoshi.publish.slip_document import COLOUR_WORDS
from luoshi.store.clock import today as day_of_today
from luoshi.store.queries.follow_ups import FollowUp
from luoshi.store.queries.ladders import Proposed, proposal_for
from luoshi.store.queries.office import calendar_of_list, office_of, presets_of
from luoshi.store.queries.slips import organ_choices
from luoshi.store.queries.story import tell_list
from luoshi.supervision.clock import ClockEvent, stand_of_clock
from luoshi.supervision.ladder import Proposal

HIDDEN = ("promise_id", "task_no", "ladder", "rung", "origin")
DEFAULT_CLOCK = {"note": "leader-note-ordinary", "document": "document-matter", "meeting": "minutes-matter", "complaint": "media-case"}
"""Which time limit a source usually has."""
USUAL_DAYS = 5
"""Where a rung states no number of days; shown on the draft, and changed there."""


class SlipForm(forms.Form):
    """One matter, one slip."""

    source = forms.ChoiceField(label=_("从哪里来"), choices=[(key, _(words)) for key, words in SOURCES.items()])
    source_no = forms.CharField(label=_("依据的文号、会议或批示"), max_length=200, required=False,
                                help_text=_("如 市政府第3次常务会议纪要；领导批示照原话写。"))
    title = forms.CharField(label=_("督办事项"), max_length=60, help_text=_("一句话，以动词开头，60字以内；一事一单。"),
                            error_messages={"required": _("没有写事项。用一句话写清是什么事。")})
    text = forms.CharField(label=_("立项依据"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
                           help_text=_("为什么要办：清单怎么写的、现在怎样、差多少。"))
    requirement = forms.CharField(label=_("办理要求"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
                                  help_text=_("一行一条，写得出结果的事。"))
    organ = forms.TypedChoiceField(label=_("主办单位"), coerce=int, empty_value=None, error_messages={"required": _("请选由谁主办。")})
    support = forms.TypedMultipleChoiceField(label=_("协办单位"), coerce=int, required=False, help_text=_("可以多选；没有就不选。"))
    clock = forms.ChoiceField(label=_("时限"), required=False, help_text=_("选了，期限空着时按它算；能不能延期、因何可以暂停，也按它。"))
    due_on = forms.DateField(label=_("办结期限"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                             help_text=_("确切的一天，不写“尽快”。"), error_messages={"invalid": _("没有这一天。日期写成 2019-09-30 这样。")})
    weight = forms.ChoiceField(label=_("分量"), choices=[(key, _(words)) for key, words in WEIGHTS.items()])
    colour = forms.ChoiceField(label=_("颜色"), required=False, choices=[("", _("不分颜色")), *((k, _(w)) for k, w in COLOUR_WORDS.items())])
    copy_to = forms.CharField(label=_("抄送"), max_length=200, required=False)
    promise_id = forms.CharField(required=False, widget=forms.HiddenInput)
    task_no = forms.CharField(required=False, widget=forms.HiddenInput)
    ladder = forms.CharField(required=False, widget=forms.HiddenInput)
    rung = forms.CharField(required=False, widget=forms.HiddenInput)
    origin = forms.IntegerField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, record: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record, units = record, organ_choices()
        self.fields["organ"].choices = [("", _("请选单位")), *units]  # type: ignore[attr-defined]
        self.fields["support"].choices = units  # type: ignore[attr-defined]
        clocks = presets_of(record).clocks.values()
        self.fields["clock"].choices = [("", _("只按写的日期")), *((c.clock, clock_words(c)) for c in clocks)]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Without a day, the preset's."""
        typed = self.cleaned_data
        preset = presets_of(self.record).clocks.get(typed.get("clock", ""))
        if not typed.get("due_on") and "due_on" not in self.errors:
            if preset is None:
                self.add_error("due_on", _("没有写期限，也没有选时限。请写一个确切的日期。"))
            else:
                typed["due_on"] = due_by(preset, day_of_today(), calendar_of_list(self.record))

    def refuse(self, refused: StepRefused) -> None:
        """What the action did not take, beside its field."""
        for name, words in refused.problems.items():
            self.add_error(name if name in self.fields else None, words)


def clock_words(preset: ClockPreset) -> str:
    """督办单办理（三单制）：7天（待核对）"""
    unit = "个工作日" if preset.days == "workday" else "天"
    limit = "当日" if preset.limit == 0 else f"{preset.limit}{unit}"
    return f"{preset.title}：{limit}{'（待核对）' if preset.unconfirmed else ''}"


def due_by(preset: ClockPreset, start: date, calendar: WorkCalendar) -> date:
    """The last day of a limit that begins today."""
    stand = stand_of_clock(preset, [ClockEvent("start", start)], calendar, start)
    return stand.due_on or start


def text_of(typed: dict[str, Any]) -> CaseText:
    """What the form says, as the action takes it."""
    data = {name: typed.get(name, "") for name in ("source", "source_no", "colour", "requirement", "copy_to")}
    return CaseText("slip", typed["title"], typed["text"], organ_id=typed["organ"], support_ids=tuple(typed["support"]),
                    promise_id=typed["promise_id"][:40], task_no=typed["task_no"][:20], due_on=typed["due_on"], weight=typed["weight"],
                    ladder=typed["ladder"][:40], rung=typed["rung"][:40], clock=typed["clock"], origin_id=typed.get("origin"), data=data)


def text_of_proposal(record: Any, proposed: Proposed, today: date) -> CaseText:
    """A rung's text as a draft: its colour, its limit, the light's sentence as the basis."""
    return text_of({**_proposed(record, proposed, today), "weight": "ordinary", "clock": "", "copy_to": "", "origin": None})


def text_of_follow_up(record: Any, found: FollowUp, today: date) -> CaseText:
    """The next rung about a slip that hangs on no line of the board: the same unit, its own day, and which slip it follows."""
    rung, first = found.proposal.rung, found.first
    due, number = first.due_on, found.case.number
    basis = f"{number or '前一份督办单'}“{first.title}”" + (f"，{day_words(due)}到期" if due else "") + f"。{found.proposal.why}。"
    return text_of({"source": first.data.get("source", "other"), "source_no": first.data.get("source_no", ""), "title": first.title[:60],
                    "text": basis, "requirement": found.proposal.text, "organ": found.case.organ_id,
                    "support": [organ.pk for organ in first.support.all()], "colour": rung.colour or "",
                    "due_on": _due_of(record, found.proposal, today), "promise_id": "", "task_no": first.task_no, "weight": first.weight, "clock": "",
                    "ladder": found.proposal.ladder, "rung": rung.rung, "copy_to": first.data.get("copy_to", ""), "origin": found.case.pk})


def _due_of(record: Any, proposal: Proposal, today: date) -> date:
    """By the rung's number of days."""
    rung = proposal.rung
    limit = USUAL_DAYS if rung.answer_within is None else rung.answer_within
    made = ClockPreset.model_validate({"clock": "rung", "title": rung.title, "limit": limit, "days": rung.days, "start": "发出",
                                       "reference": proposal.ladder})
    return due_by(made, today, calendar_of_list(record))


def _proposed(record: Any, proposed: Proposed, today: date) -> dict[str, Any]:
    rung, item = proposed.proposal.rung, proposed.item
    return {"source": "light", "source_no": "", "title": f"加快推进{item.title}"[:60], "text": f"{item.number} {item.title}：{item.light.sentence}",
            "requirement": proposed.proposal.text, "organ": proposed.organ_id, "support": list(proposed.support_ids), "colour": rung.colour or "",
            "due_on": _due_of(record, proposed.proposal, today), "promise_id": item.promise.id, "task_no": item.task.no or "",
            "ladder": proposed.proposal.ladder, "rung": rung.rung}


def first_of(request: Any, record: Any, today: date) -> dict[str, Any]:
    """What a new form opens with."""
    source = request.GET.get("source", "")
    first: dict[str, Any] = {"source": source if source in SOURCES else "light", "weight": "ordinary", "clock": DEFAULT_CLOCK.get(source, "")}
    promise_id = request.GET.get("promise", "")
    proposed = proposal_for(record, today, promise_id) if promise_id else None
    if proposed is not None:
        return first | _proposed(record, proposed, today)
    told = tell_list(record, today) if promise_id else None
    item = next((i for i in told.items if i.promise.id == promise_id), None) if told else None
    if item is not None:
        names = {name: pk for pk, name in organ_choices()}
        first |= {"title": f"加快推进{item.title}"[:60], "text": f"{item.number} {item.title}：{item.light.sentence}", "promise_id": promise_id,
                  "task_no": item.task.no or "", "organ": names.get(item.leads[0]) if item.leads else None, "ladder": office_of(record).ladder}
    unit = request.GET.get("unit", "")
    if unit.isdecimal() and len(unit) < 10:
        first["organ"] = int(unit)
    return first | ({"title": request.GET["title"][:60]} if request.GET.get("title") else {})
