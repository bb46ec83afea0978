"""指数权重：权重改一点，谁和谁换了名次？ The weights of a composite index tried out; nothing is saved, the register keeps what is agreed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.indicator.composite import Composed
from luoshi.indicator.index_scores import IndexComponent, score_areas, swaps_between
from luoshi.lexicon.written import number
from luoshi.pack.indicator_spec import Composite
from luoshi.store.queries.figures import may_see_figure
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.looking import composed_of
from luoshi.store.queries.registers import is_closed_figure, names_of
from luoshi.store.queries.story import tell_list
from luoshi.web.day import ask_day
from luoshi.web.guard import page
from luoshi.web.kept import kept_page


class WeightsForm(forms.Form):
    """One field for each component, in its order; only their proportion counts."""

    def __init__(self, made: Composed, data: dict[str, str]) -> None:
        super().__init__(data)
        for place, one in enumerate(made.components):
            self.fields[f"w{place}"] = forms.DecimalField(
                label=f"{one.name}{'' if one.upward else _now('（越低越好）')}", min_value=0, max_value=1000, max_digits=9, decimal_places=4,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
                help_text=_("现在是%(now)s") % {"now": number(one.weight, 4)},
                error_messages={"required": _("没有写权重。不要这一项就写0。"), "invalid": _("权重要写数字，例如20。"),
                                "min_value": _("权重不能小于0。"), "max_value": _("权重不能大于1000。")})

    def clean(self) -> dict[str, Any]:
        """Weights that are all nought leave nothing to add up."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("权重不能全是0。"))
        return cleaned


@page("see_registers")
def index_weights(request: Any, list_id: int, name: str) -> HttpResponse:
    """`w0`, `w1` …: the weights to try; without them, those in force."""
    record = the_list(request.who, list_id)
    if record.plan is None:
        return redirect("imports", list_id=list_id)
    _form, as_of = ask_day(request)
    tried = tuple(sorted((key, value) for key, value in request.GET.items() if key.startswith("w") and key[1:].isdecimal()))
    return kept_page(request, "index_weights/index_weights.html", gather_weights, record, name, as_of, names_of(request.who), tried)


def gather_weights(record: Any, name: str, as_of: Any, names: frozenset[str] | None, tried: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """What the page shows to those who see the rows of these names."""
    told = tell_list(record, as_of)
    spec = told.pack.indicators.get(name) if told else None
    if told is None or not isinstance(spec, Composite) or not may_see_figure(names, told, name) or is_closed_figure(names, told, name):
        raise Http404
    made = composed_of(record, spec, as_of)
    now = {f"w{place}": number(one.weight, 4).replace(",", "") for place, one in enumerate(made.components)}
    form = WeightsForm(made, now | dict(tried))
    shown: dict[str, Any] = {"spec": spec, "as_of": as_of, "on": f"?on={as_of}", "form": form, "made": made, "tried": bool(tried),
                             "status": 200 if form.is_valid() or made.missing else 422}
    if made.missing:
        return shown
    before = score_areas(made.components, made.values, made.trials)
    components = tuple(replace(one, weight=form.cleaned_data[f"w{place}"]) for place, one in enumerate(made.components)) if form.is_valid() else ()
    after = score_areas(components, made.values, made.trials) if components else before
    was = {one.area: one for one in before}
    return shown | {"rows": [(one, was[one.area], was[one.area].rank - one.rank) for one in after], "swaps": swaps_between(before, after),
                    "changed": [(one.name, then.weight, one.weight, _share(then, made.components), _share(one, components))
                                for one, then in zip(components, made.components, strict=True) if one.weight != then.weight] if components else []}


def _share(one: IndexComponent, components: tuple[IndexComponent, ...]) -> Decimal:
    return one.weight / sum((each.weight for each in components), Decimal(0)) * 100


urlpatterns = [path("lists/<int:list_id>/figures/<str:name>/weights/", index_weights, name="index_weights")]
