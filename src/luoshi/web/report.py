"""填报：这一期这一项怎么报？ One report of one unit for one period: the form for those who write it, the text for those who see it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.actions.evidence_kind import EXTENSIONS, MAX_BYTES, EvidenceRefused, refuse_size
from luoshi.actions.file_report import ReportPlace, ReportText, file_report
from luoshi.actions.report_guards import ReportRefused
from luoshi.actions.report_steps import step_for
from luoshi.actions.stale import Stale
from luoshi.lexicon.written import day, number
from luoshi.plan.measure import Measure
from luoshi.plan.target import Target
from luoshi.status.stand import unit_of
from luoshi.store.clock import now, today
from luoshi.store.queries.contributions import contributions_to, may_ask
from luoshi.store.queries.evidence import evidence_on
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.reports import ReportPage, last_accepted, the_report_page
from luoshi.store.queries.same_matter import filed_with, same_places
from luoshi.store.queries.story import tell_list
from luoshi.store.reporting import asked_of, period_words
from luoshi.store.who import NotAllowed, Who
from luoshi.web.guard import page
from luoshi.web.limited_upload import limited_upload
from luoshi.web.templatetags.language import is_english

DONE = (("", gettext_lazy("这一期不填")), ("0", gettext_lazy("还没有完成")), ("1", gettext_lazy("已经完成")))
AT_ONCE = 25_000_000
"""Bytes of evidence in one go: they are checked in memory."""


class NumberField(forms.DecimalField):
    """1,234.5 and １２３４ are numbers too."""

    def to_python(self, value: Any) -> Any:
        """Without separators."""
        return super().to_python(value.replace(",", "").replace("，", "").strip() if isinstance(value, str) else value)


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


def _text(label: Any, rows: int, most: int = 2000, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), help_text=hint)


def _date(label: Any, hint: Any, required: bool) -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=hint, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                           error_messages={"invalid": gettext_lazy("这不是一个日期。请写成 2019-09-30 这样。"),
                                           "required": gettext_lazy("没有写数据日期。请写这些数截止到哪一天。")})


class ReportForm(forms.Form):
    """What a unit writes: as little as possible. What facts compute is not asked."""

    value = NumberField(required=False, max_digits=24, decimal_places=6, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                        error_messages={"invalid": gettext_lazy("这不是一个数。只写数字，例如 41 或 1,234.5，不写单位。")})
    why_lower = _text(gettext_lazy("为何减少"), 2, 500)
    observed_on = _date(gettext_lazy("数据日期"), gettext_lazy("数截止到哪一天，不能晚于今天。"), required=True)
    progress = _text(gettext_lazy("本期做了什么"), 4)
    next_step = _text(gettext_lazy("下一步"), 2)
    asks = _text(gettext_lazy("请领导协调什么"), 2, hint=gettext_lazy("没有就不填。"))
    forecast_on = _date(gettext_lazy("预计完成日期"), gettext_lazy("用来估计能不能按期完成；说不准就不填。"), required=False)
    papers = forms.Field(label=gettext_lazy("佐证文件"), required=False, widget=FilesInput(attrs={"accept": ",".join(EXTENSIONS)}),
                        help_text=gettext_lazy("照片、PDF、Word、Excel，单份10 MB以内，可以一次选几份，一次不超过25 MB。"))
    photo = forms.Field(label=gettext_lazy("现场拍照"), required=False, help_text=gettext_lazy("在手机上直接打开相机。"),
                        widget=FilesInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}))
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, shown: ReportPage, before: Any, *args: Any, **kwargs: Any) -> None:
        """shown: what the form is for; before: the last accepted report of the promise with a value."""
        super().__init__(*args, **kwargs)
        asked = asked_of(shown.item)
        cumulative = shown.item.binding is not None and shown.item.binding.run == "cumulative"
        if asked == "done":
            self.fields["value"] = forms.TypedChoiceField(label=_("完成了吗"), required=False, choices=DONE, coerce=Decimal, empty_value=None)
            self.order_fields(["value"])
        elif isinstance(shown.item.promise, Target):
            self.fields["value"].label = _("数值（%(unit)s）") % {"unit": unit_of(shown.item.promise)}
            self.fields["value"].help_text = _value_hint(before, cumulative)
        for name in (["value", "why_lower"] if not asked else [] if before and cumulative and asked == "number" else ["why_lower"]):
            del self.fields[name]
        if shown.before:
            words = _("%(month)s写的是：“%(text)s”")
            self.fields["progress"].help_text = words % {"month": period_words(shown.before.period), "text": shown.before.progress}
        if "why_lower" in self.fields:
            self.fields["why_lower"].help_text = _("只有数比%(before)s小的时候才填。") % {"before": number(before.value)}

    def remind(self, last: Any) -> None:
        """last: the report of the period before, whose words stand under the field."""
        if last:
            words = _("%(month)s写的是：“%(text)s”")
            self.fields["progress"].help_text = words % {"month": period_words(last.period), "text": last.progress}


def _value_hint(before: Any, cumulative: bool) -> str:
    kind = _("今年累计数，不是当月新增。") if cumulative else _("期末的数。")
    last = _("上次接收的是%(value)s（%(on)s）。") % {"value": number(before.value), "on": day(before.observed_on)} if before else ""
    return (" " if is_english() else "").join(part for part in (kind, last, _("没有数就空着，在进展里写明原因。")) if part)


@page("see_reports")
@limited_upload(lambda: MAX_BYTES, lambda: AT_ONCE)
def report(request: Any, list_id: int, promise_id: str, organ_id: int, period: str) -> HttpResponse:
    """A unit that leads writes; its head, the supporting units and the office read. For everybody else there is nothing here."""
    record = the_list(request.who, list_id)
    told = tell_list(record, today())
    if told is None:
        raise Http404
    place = request.who, record, told, promise_id, organ_id, period
    shown, before = the_report_page(*place, sent=request.method == "POST"), last_accepted(record, promise_id)
    if request.method != "POST":
        return _page(request, record, shown, ReportForm(shown, before, initial=_initial(shown, "same" in request.GET)))
    if not shown.may_file:
        raise NotAllowed("file_report")
    try:
        refused = _posted(request, record, shown, before)
    except Stale as stale:
        return _stale(request, record, the_report_page(*place), before, str(stale))
    if refused is not None:
        return _page(request, record, the_report_page(*place), refused, 422)
    submit = request.POST.get("do") == "submit"
    return redirect("my_duties", list_id=record.pk) if submit else redirect(request.path)


def _initial(shown: ReportPage, copied: bool) -> dict[str, Any]:
    """What is known is filled in. copied: with last period's words, never its figure."""
    kept = shown.report
    words = {name: getattr(shown.before, name) for name in ("progress", "next_step", "asks")} if copied and shown.before else {}
    if kept is None:
        return {"revision": 0, "observed_on": min(today(), shown.window.last_day), **words}
    value = None if kept.value is None else str(int(kept.value)) if asked_of(shown.item) == "done" else number(kept.value)
    names = ("observed_on", "progress", "why_lower", "next_step", "asks", "forecast_on", "revision")
    return {"value": value, **{name: getattr(kept, name) for name in names}, **words}


def _posted(request: Any, record: Any, shown: ReportPage, before: Any) -> ReportForm | None:
    """The form with what is wrong in it; None where it was kept."""
    form = ReportForm(shown, before, request.POST, request.FILES)
    if not form.is_valid():
        return form
    submit = request.POST.get("do") == "submit"
    typed = form.cleaned_data
    text = ReportText(**{name: typed[name] for name in ReportText.__dataclass_fields__ if name in typed})
    drop = frozenset(int(i) for i in request.POST.getlist("drop") if i.isdecimal() and len(i) < 10)
    try:
        if request.too_large:
            words = _("“%(name)s”超过10 MB，没有收。照片请用手机的“中等大小”发送，或截取要证明的部分；文件请分开上传。")
            raise EvidenceRefused(words % {"name": request.too_large})
        filed = file_report(request.who, now(), today(), record.pk, ReportPlace(shown.item.promise.id, shown.organ.pk, shown.period), text,
                    typed["revision"], submit, _files((*typed["papers"], *typed["photo"])), drop)
    except EvidenceRefused as refused:
        form.add_error("papers", str(refused))
    except ReportRefused as refused:
        for name, words in refused.problems.items():
            form.add_error(name if name in form.fields else None, words)
    else:
        also = "、".join(place.list_title for place in filed_with(filed)) if submit else ""
        said = _("已提交，等单位负责人签发；同时报给了%(lists)s。") % {"lists": also} if also else _("已提交，等单位负责人签发。")
        messages.success(request, said if submit else _("已存为草稿，还没有提交。"))
        request.session["report_sent"] = _draft_key(request.who, record, shown)
        return None
    return form


def _files(uploaded: tuple[Any, ...]) -> tuple[tuple[str, bytes], ...]:
    """Sizes are looked at before anything is read into memory."""
    for file in uploaded:
        refuse_size(file.name, file.size)
    if sum(file.size for file in uploaded) > AT_ONCE:
        raise EvidenceRefused(_("这几份加起来超过25 MB，一次传不完。请先存草稿，分几次传。"))
    return tuple((file.name, file.read()) for file in uploaded)


def _draft_key(who: Who, record: Any, shown: ReportPage) -> str:
    """Under which a browser keeps what is being written; another person at the same computer has another."""
    return f"{who.person_id}.{record.pk}.{shown.item.promise.id}.{shown.organ.pk}.{shown.period}"


def _stale(request: Any, record: Any, shown: ReportPage, before: Any, words: str) -> HttpResponse:
    """What was typed stays; the form now starts from what is kept, which stands beside it."""
    data = request.POST.copy()
    data["revision"] = shown.report.revision if shown.report else 0
    form = ReportForm(shown, before, data)
    form.is_valid()
    form.add_error(None, words)
    return _page(request, record, shown, form, 409, saved=shown.report)


def _page(request: Any, record: Any, shown: ReportPage, form: ReportForm, status: int = 200, saved: Any = None) -> HttpResponse:
    state, holder = shown.report.state if shown.report else "none", shown.item.holder
    form.remind(shown.before)
    return render(request, "report/report.html", {
        "list": record, "shown": shown, "sent_key": request.session.pop("report_sent", ""), "item": shown.item,
        "kept": shown.report, "form": form, "saved": saved, "asked": asked_of(shown.item),
        "wish": holder.text if isinstance(holder, Measure) else holder.goal or holder.title,
        "window": shown.window, "due_state": shown.window.state_on(today()), "today": today(),
        "open": shown.may_file and not shown.is_settled and step_for(state, "submit") is not None,
        "evidence": evidence_on(request.who, shown, tell_list(record, today())),
        "reopens": (shown.report is not None and step_for(state, "reopen") is not None and not shown.is_settled
                    and request.who.may("accept_report", shown.organ.pk)),
        "again": bool(request.FILES) and status != 200, "draft": _draft_key(request.who, record, shown),
        "same": same_places(record.pk, shown.item.promise.id) if shown.may_file else (), "copied": "same" in request.GET and not form.is_bound,
        "asked_for": contributions_to(request.who, record, (shown.item.promise.id,)),
        "may_ask": bool(may_ask(request.who, record, (shown.item,))) and request.who.may("raise_case")}, status=status)


urlpatterns = [path("lists/<int:list_id>/reports/<str:promise_id>/<int:organ_id>/<str:period>/", report, name="report")]
