"""The forms of a matter's next steps, one for each act that this person may take now. In: a request, a matter. Out: forms; the step taken.

Slips, blockers, changes of targets and contributions share it: which acts there are and what each needs is said by supervision/course.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.evidence_kind import EXTENSIONS, EvidenceRefused, refuse_size
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.take_step import Given, take_step
from luoshi.store.clock import now, today
from luoshi.store.queries.burden import added_by_matter
from luoshi.store.queries.cases import acts_now
from luoshi.store.queries.slips import organ_choices
from luoshi.supervision.burden import Added
from luoshi.supervision.course import COURSES, CourseStep
from luoshi.web.report import FilesInput

AT_ONCE = 25_000_000
WORDS: dict[str, Any] = {"reason": _("理由"), "reply": _("办理情况"), "finding": _("核验结果"), "decision": _("决定"), "pause": _("暂停的事由")}
HINTS: dict[str, Any] = {"reason": _("写一两句，对方据此办。"), "reply": _("做了什么、结果怎样；没有办完的，写明原因和下一步。"),
                         "finding": _("怎么核的、看到了什么、和回复是不是一致。"), "decision": _("由谁做、做什么。")}
FILED = frozenset(("reply", "solve", "finish", "verify", "ask_extension", "confirm"))
"""Acts with which files are usually given."""


More = Callable[[CourseStep, Any], dict[str, forms.Field]]


def no_more(_step: CourseStep, _case: Any) -> dict[str, forms.Field]:
    """Most kinds of matters ask for nothing but what their course says."""
    return {}


def day_field(label: Any, hint: Any = "", required: bool = True) -> forms.DateField:
    """A day, typed or picked; what is wrong is said in words."""
    return forms.DateField(label=label, help_text=hint, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                           error_messages={"invalid": _("没有这一天。日期写成 2019-09-30 这样。"),
                                           "required": _("没有写日期。请写成 2019-09-30 这样。")})


def over_field() -> forms.BooleanField:
    """Asked for only where it is more than the ceiling of the office."""
    return forms.BooleanField(label=_("超过上限，仍要发"), required=False)


def say_refused(form: forms.Form, refused: StepRefused) -> None:
    """What the action did not take, beside its field; a question about the ceiling comes with the box that answers it."""
    for name, words in refused.problems.items():
        if name == "over":
            form.fields["over"] = over_field()
        form.add_error(name if name in form.fields else None, words)


def burden_of_form(form: forms.Form, record: Any, kind: str) -> Added | None:
    """What is asked adds to the month of the unit that the form names; None while it names none."""
    organ = str(form["organ"].value() or "")
    return added_by_matter(record, today(), kind, int(organ)) if organ.isdecimal() and len(organ) < 10 else None


def only_looks(request: Any, form: forms.Form) -> bool:
    """The button that shows what the request adds, and saves nothing: what is not filled in yet is no mistake."""
    looks = "look" in request.POST
    if looks:
        form.full_clean()
        form.errors.clear()
    return looks


class ActForm(forms.Form):
    """What one step asks for."""

    def __init__(self, step: CourseStep, case: Any, pauses: tuple[str, ...], data: Any = None, files: Any = None, first: Any = None,
                 more: More = no_more) -> None:
        super().__init__(data, files, prefix=step.act, initial={"on": today(), "due_on": case.due_on, "revision": case.revision, **(first or {})})
        self.step = step
        words = next((need for need in step.needs if need in WORDS), "")
        if words == "pause":
            self.fields["text"] = forms.ChoiceField(label=WORDS[words], choices=[(reason, reason) for reason in pauses])
        elif words or step.act not in ("receive", "issue", "resume", "close"):
            self.fields["text"] = forms.CharField(label=WORDS.get(words, _("说明")), help_text=HINTS.get(words, ""), required=bool(words),
                                                  max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
                                                  error_messages={"required": _("没有写。请写一两句。")})
        if "unit" in step.needs:
            self.fields["organ"] = forms.TypedChoiceField(label=_("由谁办"), coerce=int, empty_value=None, required=case.organ_id is None,
                                                          choices=[("", _("请选单位")), *organ_choices()], initial=case.organ_id)
        if "due" in step.needs:
            self.fields["due_on"] = day_field(_("新的期限") if step.act in ("ask_extension", "extend") else _("期限"), _("写确切的一天。"))
        if "next_date" in step.needs:
            self.fields["next_on"] = day_field(_("下次办理"))
        if "place" in step.needs:
            self.fields["place"] = forms.CharField(label=_("核验地点"), max_length=100, help_text=_("到现场核的写到哪里；看材料核的写“资料核验”。"))
        added = more(step, case)
        self.fields.update(added)
        self.kept = frozenset(added) - {"merged_into", "next_on"}
        if step.act in FILED:
            self._ask_files()
        if data and f"{step.act}-over" in data:
            self.fields["over"] = over_field()
        self.fields["on"] = day_field(_("哪天办的"), _("事情发生的那一天，最晚是今天。"))
        self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def _ask_files(self) -> None:
        self.fields["papers"] = forms.Field(label=_("佐证文件"), required=False, widget=FilesInput(attrs={"accept": ",".join(EXTENSIONS)}),
                                            help_text=_("照片、PDF、Word、Excel，单份10 MB以内，一次不超过25 MB。"))
        if self.step.act in ("verify", "reply"):
            self.fields["photo"] = forms.Field(label=_("现场拍照"), required=False, help_text=_("在手机上直接打开相机。"),
                                               widget=FilesInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}))

    def given(self) -> Given:
        """As the action takes it; sizes are looked at before anything is read into memory."""
        typed = self.cleaned_data
        uploaded = (*(typed.get("papers") or ()), *(typed.get("photo") or ()))
        for file in uploaded:
            refuse_size(file.name, file.size)
        if sum(file.size for file in uploaded) > AT_ONCE:
            raise EvidenceRefused(_now("这几份加起来超过25 MB，一次传不完。请分几次传。"))
        return Given(on=typed["on"], text=typed.get("text", ""), due_on=typed.get("due_on"), next_on=typed.get("next_on"),
                     organ_id=typed.get("organ"), place=typed.get("place", ""), merged_into_id=typed.get("merged_into"),
                     data={name: typed[name] for name in self.kept if typed.get(name)}, over=typed.get("over", False),
                     files=tuple((file.name, file.read()) for file in uploaded))


@dataclass(frozen=True, slots=True)
class ShownAct:
    """「可办的一步」 A step with its words and its form. is_main: the first, that moves the matter on; is_asked: shown open."""

    act: str
    words: str
    form: ActForm
    is_main: bool
    is_asked: bool


def shown_acts(who: Any, case: Any, pauses: tuple[str, ...], first: dict[str, Any] | None = None, bound: ActForm | None = None,
               hidden: frozenset[str] = frozenset(), asked: str = "", more: More = no_more) -> tuple[ShownAct, ...]:
    """What this person may do now. bound: the form that was refused, shown as it was typed; asked: which one a link opens."""
    steps = [s for s in acts_now(who, case) if s.act not in hidden and (s.act != "pause" or pauses)]
    made = []
    for place, step in enumerate(steps):
        form = bound if bound is not None and bound.step.act == step.act else ActForm(step, case, pauses, first=(first or {}).get(step.act),
                                                                                                     more=more)
        opened = form is bound or (asked == step.act if asked else place == 0)
        made.append(ShownAct(step.act, COURSES[case.kind].acts[step.act], form, place == 0, opened))
    return tuple(made)


def _made_anew(request: Any, step: CourseStep, case: Any, pauses: tuple[str, ...], more: More, words: str) -> ActForm:
    """What was typed, from the matter as it is now: where the step is still possible, sent again, it is taken."""
    case.refresh_from_db()
    data = request.POST.copy()
    data[f"{step.act}-revision"] = case.revision
    form = ActForm(step, case, pauses, data, more=more)
    form.add_error(None, words)
    return form


def post_act(request: Any, case: Any, pauses: tuple[str, ...], more: More = no_more) -> tuple[ActForm | None, int]:
    """Take the step that was posted (`do`). (None, 302) when it was taken; else the form with what is wrong, and the answer's status."""
    act = request.POST.get("do", "")
    step = next((s for s in acts_now(request.who, case) if s.act == act), None)
    known = step or next((s for s in COURSES[case.kind].steps if s.act == act), None)
    if known is None:
        return None, 404
    form = ActForm(known, case, pauses, request.POST, request.FILES, more=more)
    if getattr(request, "too_large", ""):
        form.add_error(None, _now("“%(name)s”超过10 MB，没有收。请压缩或分开上传。") % {"name": request.too_large})
    if not form.is_valid():
        return form, 422
    try:
        take_step(request.who, now(), today(), case.pk, act, form.given(), form.cleaned_data["revision"])
    except Stale as stale:
        return _made_anew(request, known, case, pauses, more, str(stale)), 409
    except EvidenceRefused as refused:
        form.add_error("papers" if "papers" in form.fields else None, str(refused))
    except StepRefused as refused:
        say_refused(form, refused)
    else:
        return None, 302
    return form, 422
