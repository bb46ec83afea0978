"""怎么算：这个指标凭什么算、怎么算、怎样算完成，谁定的？ Proposals, the form, a preview on today's rows, and earlier versions to go back to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from luoshi.actions.agree_binding import CannotBind, agree_binding
from luoshi.actions.restore_binding import restore_binding
from luoshi.actions.stale import Stale
from luoshi.indicator.evaluate import CannotMeasure
from luoshi.pack.agreed import Agreed, check_agreed, read_agreed
from luoshi.publish.explain import asked, explain_item, headline
from luoshi.status.stand import Item, check_unit
from luoshi.store.clock import now
from luoshi.store.queries.agreed import BindingVersion, versions_of_binding
from luoshi.store.queries.counting import Promised, proposals_for, rows_at_hand, the_promise
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.source_text import source_of
from luoshi.store.queries.story import Told, stand_with, tell_list
from luoshi.web.count_form import SPARE, CountTyped, FilterRow, ask, register_of
from luoshi.web.count_tree import complain, given_of, tree_of
from luoshi.web.count_words import OPERATOR_WORDS, codes_of, field_choices, source_title, sources_in
from luoshi.web.day import ask_day, day_query
from luoshi.web.guard import page
from luoshi.web.sheets import NUMBERS, WIDE, shown_sheets


@page("bind_target")
def count(request: Any, list_id: int, target_id: str) -> HttpResponse:
    """`use` in the address: what it is to be counted from. `do`: preview, more rows, confirm, or go back to a version."""
    record = the_list(request.who, list_id)
    as_of = ask_day(request)[1]
    told = tell_list(record, as_of)
    if told is None:
        raise Http404
    promised, versions = the_promise(told, target_id), versions_of_binding(record, target_id)
    here = _Here(request, record, told, as_of, promised, versions)
    if request.method != "POST":
        source, given = here.starting()
        return here.show(ask(told.pack, source, promised, None, given) if source else None)
    if request.POST.get("do") == "restore":
        return here.restore()
    source = request.POST.get("source", "")
    if not source_title(told.pack, source):
        return here.show(None, _("没有这个台账或算法了，请重新选凭什么算。"), 422)
    typed = ask(told.pack, source, promised, request.POST)
    agreed = here.checked(typed)
    if request.POST.get("do") == "more":
        return here.show(typed, spare=SPARE * 2)
    if agreed is None or not typed.is_good:
        return here.show(typed, _("有几处不对，没有保存。请照下面红字改。"), 422)
    return here.confirm(typed, agreed) if request.POST.get("do") == "confirm" else here.preview(typed, agreed)


class _Here:
    """What one request is about; its answers."""

    def __init__(self, request: Any, record: Any, told: Told, as_of: date, promised: Promised, versions: tuple[BindingVersion, ...]) -> None:
        self.request, self.record, self.told, self.as_of, self.promised, self.versions = request, record, told, as_of, promised, versions
        self.item: Item | None = next((item for item in told.items if item.promise.id == promised.promise.id), None)

    def starting(self) -> tuple[str, dict[str, Any]]:
        """What the form starts from: what was asked for, else what is agreed; nothing where neither is there."""
        agreed = self.versions[0].agreed if self.versions else None
        source, given = given_of(self.told.pack, agreed) if agreed else ("", {})
        wanted = self.request.GET.get("use", "")
        if wanted and source_title(self.told.pack, wanted) and wanted != source:
            kept = {name: given[name] for name in ("scope", "question", "note") if name in given}
            return wanted, kept | self._of_the_pack(wanted) | {name: value for name in ("kind", "field") if (value := self.request.GET.get(name))}
        return source, given

    def _of_the_pack(self, wanted: str) -> dict[str, Any]:
        """The pack's own binding, where its indicator is the one that was asked for."""
        binding = self.item.binding if self.item else None
        if binding is None or wanted != f"indicator:{binding.indicator}":
            return {}
        return given_of(self.told.pack, Agreed(binding=binding))[1] | {"scope": "", "note": binding.note}

    def checked(self, typed: CountTyped) -> Agreed | None:
        """What was typed, if nothing is wrong with it; complaints go to their fields."""
        agreed, complaints = read_agreed(tree_of(self.told.pack, typed, self.promised))
        if agreed is not None:
            complaints = (*check_agreed(self.told.pack, agreed), *check_unit(self.told.pack, agreed, self.promised.promise))
        complain(typed, complaints)
        return None if complaints else agreed

    def preview(self, typed: CountTyped, agreed: Agreed) -> HttpResponse:
        """Today's rows under what was typed; nothing is saved."""
        try:
            item = stand_with(self.record, self.promised.promise.id, agreed, self.as_of)
        except CannotMeasure as cannot:
            return self.show(typed, str(cannot), 422)
        return self.show(typed, preview=item)

    def confirm(self, typed: CountTyped, agreed: Agreed) -> HttpResponse:
        """Saved under the name of whoever confirms it, after it was computed once."""
        try:
            stand_with(self.record, self.promised.promise.id, agreed, self.as_of)
            agree_binding(self.request.who, now(), self.record.pk, self.promised.promise.id, agreed, _number(self.request.POST.get("expected")))
        except (CannotMeasure, CannotBind) as wrong:
            return self.show(typed, str(wrong), 422)
        except Stale as stale:
            return self.show(typed, str(stale), 409)
        messages.success(self.request, _("已经约定，从现在起照它算。"))
        return redirect("target", list_id=self.record.pk, target_id=self.promised.promise.id)

    def restore(self) -> HttpResponse:
        """An earlier version counts again, as a new one."""
        number, expected = _number(self.request.POST.get("number")), _number(self.request.POST.get("expected"))
        try:
            restore_binding(self.request.who, now(), self.record.pk, self.promised.promise.id, number, expected)
        except CannotBind as wrong:
            return self.show(None, str(wrong), 422)
        except Stale as stale:
            return self.show(None, str(stale), 409)
        messages.success(self.request, _("已经恢复。"))
        return redirect("count", list_id=self.record.pk, target_id=self.promised.promise.id)

    def show(self, typed: CountTyped | None, problem: str = "", status: int = 200, preview: Item | None = None, spare: int = SPARE) -> HttpResponse:
        """The page, with whatever was typed."""
        pack, promised = self.told.pack, self.promised
        spec = register_of(pack, typed.source) if typed else None
        rows = rows_at_hand(self.record)
        text = explain_item(preview, self.told.plan, source_of(self.record)) if preview else None
        return render(self.request, "count/count.html", {
            "list": self.record, "on": day_query(self.request, self.as_of), "as_of": self.as_of, "promised": promised, "item": self.item,
            "asked": asked(self.item) if self.item else "",
            "now": explain_item(self.item, self.told.plan, source_of(self.record)) if self.item and self.item.binding else None,
            "versions": self.versions, "proposals": proposals_for(self.record, self.told, promised, rows), "groups": sources_in(pack),
            "typed": typed, "title": source_title(pack, typed.source) if typed else "", "problem": problem, "register": spec,
            "rows": rows.get(typed.source.partition(":")[2], 0) if typed else 0,
            "filters": [*(typed.filters if typed else ()), *[FilterRow()] * spare], "fields": field_choices(spec) if spec else (),
            "operators": tuple(OPERATOR_WORDS.items()), "codes": codes_of(spec) if spec else (),
            "months": tuple(enumerate(typed.months, 1)) if typed else (), "expected": self.versions[0].number if self.versions else 0,
            "preview": preview, "text": text, "headline": headline(preview) if preview else "",
            "sheets": shown_sheets(preview.figure, text.sheets) if preview and text else (), "numbers": NUMBERS, "wide": WIDE}, status=status)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else -1


urlpatterns = [path("lists/<int:list_id>/targets/<str:target_id>/count/", count, name="count")]
