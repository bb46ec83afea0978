"""提醒方式：提醒怎么送到我手上？ A person's own ways of being reached: the inbox always; e-mail and robots where they want them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from luoshi.actions.set_channel import AddressRefused, drop_channel, set_channel
from luoshi.store.clock import now
from luoshi.store.queries.notices import channels_of
from luoshi.web.guard import page

KINDS: dict[str, tuple[Any, Any]] = {
    "mail": (_("电子邮件"), _("邮箱地址")), "dingtalk": (_("钉钉群机器人"), _("access_token 后面的一串；加签的再接 .SEC…")),
    "wecom": (_("企业微信群机器人"), _("网址里 key= 后面的一串")), "feishu": (_("飞书群机器人"), _("网址里 hook/ 后面的一串"))}


class ChannelForm(forms.Form):
    """Address and how often."""

    address = forms.CharField(label=_("地址"), max_length=300, required=False,
                              widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}))
    digest = forms.TypedChoiceField(label=_("多久一次"), coerce=lambda value: value == "1",
                                    choices=[("1", _("每天早上汇总成一条")), ("0", _("有一条发一条"))])
    is_on = forms.BooleanField(label=_("开着"), required=False)

    def __init__(self, kind: str, shown: Any, data: Any = None) -> None:
        first = {"digest": "0" if shown and not shown.digest else "1", "is_on": shown.is_on if shown else True}
        super().__init__(data, initial=first, prefix=kind)
        self.fields["address"].help_text = KINDS[kind][1]
        if shown:
            self.fields["address"].label = _("换一个地址")
            self.fields["address"].help_text = _("不填就不换")
        else:
            self.fields["address"].required = True


@page()
def channels(request: Any) -> HttpResponse:
    """What is set, without secrets."""
    return _show(request)


@page()
@sensitive_post_parameters()
@require_POST
def save(request: Any, kind: str) -> HttpResponse:
    """One kind; the others stay."""
    _known(kind)
    form = ChannelForm(kind, channels_of(request.who).get(kind), request.POST)
    if not form.is_valid():
        return _show(request, form, 422)
    data = form.cleaned_data
    try:
        set_channel(request.who, now(), kind, data["address"].strip(), data["digest"], data["is_on"])
    except AddressRefused as refused:
        form.add_error("address", str(refused))
        return _show(request, form, 422)
    messages.success(request, _now("已保存：%(kind)s。") % {"kind": KINDS[kind][0]})
    return redirect("channels")


@page()
@require_POST
def drop(request: Any, kind: str) -> HttpResponse:
    """With its address."""
    _known(kind)
    drop_channel(request.who, now(), kind)
    messages.success(request, _now("已去掉：%(kind)s。") % {"kind": KINDS[kind][0]})
    return redirect("channels")


def _known(kind: str) -> None:
    if kind not in KINDS:
        raise Http404


def _show(request: Any, wrong: ChannelForm | None = None, status: int = 200) -> HttpResponse:
    shown = channels_of(request.who)
    ways = [(kind, words, shown.get(kind), wrong if wrong and wrong.prefix == kind else ChannelForm(kind, shown.get(kind)))
            for kind, (words, _hint) in KINDS.items()]
    return render(request, "channels/channels.html", {"ways": ways, "no_mail": not settings.PLACE.mail}, status=status)


urlpatterns = [path("channels/", channels, name="channels"), path("channels/<slug:kind>/", save, name="save_channel"),
               path("channels/<slug:kind>/drop/", drop, name="drop_channel")]
