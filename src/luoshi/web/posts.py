"""岗位：哪个岗位由谁在岗，要交给谁？ Posts, and the hand-over in one act."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from luoshi.actions.hand_over import hand_over
from luoshi.actions.keep_administrator import LastAdministrator
from luoshi.actions.make_post import make_post, remove_post
from luoshi.actions.stale import Stale
from luoshi.store.clock import now
from luoshi.store.queries.people import active_people, posts_of, the_post
from luoshi.store.queries.units import unit_names
from luoshi.store.roles import ROLE_WORDS, UNIT_ROLES
from luoshi.store.who import Who
from luoshi.web.guard import page


class HandOverForm(forms.Form):
    """To whom; expected: who held it when the form was shown."""

    holder = forms.TypedChoiceField(label=_("交给"), required=False, coerce=int, empty_value=None,
                                    help_text=_("这个岗位名下的责任和待办一并交给接手的人"))
    expected = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, who: Who, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = _people(who)  # type: ignore[attr-defined]


class PostForm(forms.Form):
    """A new post."""

    role = forms.ChoiceField(label=_("角色"), choices=[("", _("请选择")), *((role, _(words)) for role, words in ROLE_WORDS.items())])
    organ = forms.TypedChoiceField(label=_("单位"), required=False, coerce=int, empty_value=None, help_text=_("联络员和单位负责人必选"))
    title = forms.CharField(label=_("岗位名称"), max_length=60, help_text=_("例如“办公室主任”"))
    holder = forms.TypedChoiceField(label=_("由谁在岗"), required=False, coerce=int, empty_value=None)

    def __init__(self, who: Who, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].choices = [("", _("不属于某个单位")), *unit_names(who)]  # type: ignore[attr-defined]
        self.fields["holder"].choices = _people(who)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Some roles make no sense without a unit."""
        if self.cleaned_data.get("role") in UNIT_ROLES and not self.cleaned_data.get("organ") and "organ" not in self.errors:
            self.add_error("organ", _("这个角色要在一个单位里。请选单位；单位不在其中，先到“单位”里新增。"))


def _people(who: Who) -> list[tuple[Any, Any]]:
    return [("", _("空缺")), *((p.pk, f"{p.name}（{p.username}）") for p in active_people(who))]


@page("see_people")
def posts(request: Any) -> HttpResponse:
    """Vacant posts are counted first: nobody does their work."""
    found = posts_of(request.who)
    return render(request, "posts/posts.html", {"posts": found, "vacant": sum(p.holder_id is None for p in found),
                                                "may_manage": request.who.may("manage_people")})


@page("manage_people")
def make(request: Any) -> HttpResponse:
    """A post, held or vacant; ?organ= is the unit one comes from."""
    form = PostForm(request.who, request.POST or None, initial={"organ": request.GET.get("organ", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        make_post(request.who, now(), data["role"], data["title"], data["organ"], data["holder"])
        messages.success(request, _now("已新增岗位“%(title)s”。") % {"title": data["title"]})
        return redirect("posts")
    return render(request, "posts/make.html", {"form": form}, status=422 if request.method == "POST" else 200)


@page("manage_people")
def post(request: Any, post_id: int) -> HttpResponse:
    """Hand over to somebody, or to nobody."""
    asked = the_post(request.who, post_id)
    first = {"holder": "", "expected": asked.holder_id or ""}
    form = HandOverForm(request.who, request.POST or None, initial=first)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            hand_over(request.who, now(), post_id, form.cleaned_data["holder"], form.cleaned_data["expected"])
        except (Stale, LastAdministrator) as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(request, _now("岗位“%(title)s”已交接。") % {"title": asked.title})
            return redirect("posts")
    return render(request, "posts/post.html", {"form": form, "post": asked}, status=status)


@page("manage_people")
@require_POST
def remove(request: Any, post_id: int) -> HttpResponse:
    """Only a vacant one."""
    asked = the_post(request.who, post_id)
    try:
        remove_post(request.who, now(), post_id)
    except Stale as refused:
        form = HandOverForm(request.who, initial={"expected": asked.holder_id})
        return render(request, "posts/post.html", {"form": form, "post": asked, "problem": str(refused)}, status=409)
    messages.success(request, _now("已撤销岗位“%(title)s”。") % {"title": asked.title})
    return redirect("posts")


urlpatterns = [path("posts/", posts, name="posts"), path("posts/new/", make, name="make_post"), path("posts/<int:post_id>/", post, name="post"),
               path("posts/<int:post_id>/remove/", remove, name="remove_post")]
