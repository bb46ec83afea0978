"""一批抽查：抽到哪些，查得怎样，是不是真这样抽的？ What was claimed and found, the draw repeated, and the result of one, with its effect."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.actions.evidence_kind import EXTENSIONS, MAX_BYTES, EvidenceRefused, refuse_size
from luoshi.actions.record_check import CheckText, record_check
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.store.clock import now, today
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.samples import SAMPLE_RESULTS, effect_of, proof_of, row_of, the_item, the_sample
from luoshi.supervision.sample import RISK_WORDS, RISKS
from luoshi.web.beside import typed_again
from luoshi.web.case_act import AT_ONCE, day_field
from luoshi.web.guard import page
from luoshi.web.limited_upload import limited_upload
from luoshi.web.report import FilesInput, NumberField


class CheckForm(forms.Form):
    """What was seen, where, with what photo."""

    result = forms.ChoiceField(label=_("结果"), choices=[(name, _(words)) for name, words in SAMPLE_RESULTS if name])
    checked_on = day_field(_("核查日期"), _("最晚是今天。"))
    where = forms.CharField(label=_("核查地点"), max_length=200, help_text=_("到现场的写到哪里；看材料的写“资料核查”。"),
                            error_messages={"required": _("没有写地点。到现场的写到哪里，看材料的写“资料核查”。")})
    found = NumberField(label=_("实际看到多少"), required=False, max_digits=24, decimal_places=6,
                        widget=forms.TextInput(attrs={"inputmode": "decimal"}), help_text=_("部分属实的必填。"),
                        error_messages={"invalid": _("这不是一个数。只写数字，例如 41 或 1,234.5，不写单位。")})
    note = forms.CharField(label=_("看到了什么"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
                           help_text=_("不是全部属实的必填，单位据此改。"))
    papers = forms.Field(label=_("佐证文件"), required=False, widget=FilesInput(attrs={"accept": ",".join(EXTENSIONS)}),
                         help_text=_("照片、PDF、Word、Excel，单份10 MB以内，一次不超过25 MB。"))
    photo = forms.Field(label=_("现场拍照"), required=False, help_text=_("在手机上直接打开相机。"),
                        widget=FilesInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}))
    confirmed = forms.BooleanField(label=_("判为不实的，我看过它对数的影响，确认这样改"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def text_of(self) -> CheckText:
        """As the action takes it."""
        typed = self.cleaned_data
        return CheckText(typed["result"], typed["checked_on"], typed["where"], typed["note"], typed["found"], typed["confirmed"])


@page("see_cases")
def sample(request: Any, list_id: int, sample_id: int) -> HttpResponse:
    """?again=1 shows the draw repeated, line beside line."""
    record = the_list(request.who, list_id)
    shown = the_sample(request.who, record, sample_id)
    pairs = zip(shown.items, shown.again, strict=True) if request.GET.get("again") and len(shown.items) == len(shown.again) else ()
    return render(request, "sample/sample.html", {
        "list": record, "sample": shown.sample, "shown": shown, "pairs": list(pairs), "again": bool(request.GET.get("again")),
        "checks": request.who.may("verify_case"), "sees_all": request.who.sees_all("see_cases"),
        "done": sum(bool(item.result) for item in shown.items),
        "bad": sum(item.result in ("false", "partly") for item in shown.items),
        "risks": [(RISK_WORDS[name], weight) for name, weight in RISKS.items()]})


@page("see_cases")
def sample_proof(request: Any, list_id: int, sample_id: int) -> HttpResponse:
    """Claims and seed as a file: `luoshi sample redraw --file` draws it again, without this server. Units see only their own part of a draw."""
    shown = the_sample(request.who, the_list(request.who, list_id), sample_id)
    if not request.who.sees_all("see_cases"):
        raise Http404
    answer = JsonResponse(proof_of(shown), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="sample-{sample_id}.json"'
    return answer


@page("see_cases")
@limited_upload(lambda: MAX_BYTES, lambda: AT_ONCE)
def sample_item(request: Any, list_id: int, sample_id: int, item_id: int) -> HttpResponse:
    """What was claimed, what was found; the form for those who check, with what a finding does to the figure."""
    record = the_list(request.who, list_id)
    item = the_item(request.who, record, sample_id, item_id)
    may_check = request.who.may("verify_case") and item.result != "false"
    first = {"checked_on": item.checked_on or today(), "where": item.where, "note": item.note, "result": item.result or "true", "found": item.found,
             "revision": item.revision}
    form, status = CheckForm(request.POST or None, request.FILES or None, initial=first), 200
    if request.method == "POST":
        request.who.must("verify_case")
        status = _posted(request, form, item)
        if status == 409:
            item = the_item(request.who, record, sample_id, item_id)
            form = _made_anew(form, item.revision)
            may_check = may_check and item.result != "false"
        if status == 302:
            messages.success(request, _now("已记下：%(result)s。") % {"result": dict(SAMPLE_RESULTS)[form.cleaned_data["result"]]})
            return redirect("sample", list_id=list_id, sample_id=sample_id)
    return render(request, "sample/item.html", {
        "list": record, "item": item, "sample": item.sample, "form": form if may_check or request.method == "POST" else None, "row": row_of(item),
        "effect": effect_of(record, item, today()) if may_check else None, "result": dict(SAMPLE_RESULTS).get(item.result, ""),
        "again": bool(request.FILES)}, status=status)


def _made_anew(form: CheckForm, revision: int) -> CheckForm:
    """What was typed, beside what somebody else has written meanwhile."""
    again = CheckForm(typed_again(form, revision))
    for words in form.non_field_errors():
        again.add_error(None, words)
    return again


def _posted(request: Any, form: CheckForm, item: Any) -> int:
    if getattr(request, "too_large", ""):
        form.add_error("papers", _now("“%(name)s”超过10 MB，没有收。请压缩或分开上传。") % {"name": request.too_large})
    if not form.is_valid():
        return 422
    uploaded = (*(form.cleaned_data.get("papers") or ()), *(form.cleaned_data.get("photo") or ()))
    try:
        for file in uploaded:
            refuse_size(file.name, file.size)
        record_check(request.who, now(), today(), item.pk, form.text_of(), form.cleaned_data["revision"], [(f.name, f.read()) for f in uploaded])
    except EvidenceRefused as refused:
        form.add_error("papers", str(refused))
    except Stale as stale:
        form.add_error(None, str(stale))
        return 409
    except StepRefused as refused:
        for name, words in refused.problems.items():
            form.add_error(name if name in form.fields else None, words)
    else:
        return 302
    return 422


_AT = "lists/<int:list_id>/samples/<int:sample_id>/"
urlpatterns = [path(_AT, sample, name="sample"), path(f"{_AT}claims.json", sample_proof, name="sample_proof"),
               path(f"{_AT}<int:item_id>/", sample_item, name="sample_item")]
