"""搜索：哪里写着这几个字？ Search over tasks, measures, promises, rows and documents of a list; results by kind, words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from luoshi.actions.index_search import index_search
from luoshi.lexicon.grams import grams_of
from luoshi.store.clock import now
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.registers import names_of, registers_of
from luoshi.store.queries.search import Found, is_indexed, search_list
from luoshi.store.queries.story import Told, tell_list
from luoshi.store.who import Who
from luoshi.web.day import ask_day
from luoshi.web.guard import page

SHOWN, AROUND = 20, 36
KINDS = (("task", _("任务")), ("target", _("指标与节点")), ("measure", _("举措")), ("row", _("台账各行")), ("document", _("来文")))


class SearchForm(forms.Form):
    """What is looked for."""

    q = forms.CharField(label=_("找什么"), max_length=100, widget=forms.TextInput(attrs={"type": "search"}),
                        error_messages={"required": _("请输入要找的字，两个字以上。"), "max_length": _("最多100个字，请挑其中几个词。")})

    def clean_q(self) -> str:
        """One character of Chinese is in everything."""
        words = str(self.cleaned_data["q"])
        if not any(len(gram) > 1 or gram < "\u3400" for gram in grams_of(words)):
            raise forms.ValidationError(_("请至少输入两个汉字，或一个数字、英文词。"))
        return words


@dataclass(frozen=True, slots=True)
class Hit:
    """「结果」 title and text in pieces: (words, whether they are what was looked for)."""

    href: str
    title: tuple[tuple[str, bool], ...]
    text: tuple[tuple[str, bool], ...]


@page("see_lists")
def search(request: Any, list_id: int) -> HttpResponse:
    """The index is brought up to date by the first who searches after a change."""
    record = the_list(request.who, list_id)
    told = tell_list(record, ask_day(request)[1])
    if told is None:
        return redirect("imports", list_id=list_id)
    form = SearchForm(request.GET if "q" in request.GET else None)
    groups: list[tuple[str, Any, list[Hit], int]] = []
    found = Found((), True)
    if form.is_valid():
        if not is_indexed(record):
            index_search(request.who, now(), record, told)
        found = search_list(request.who, record, form.cleaned_data["q"])
        hits = _hits(request.who, told, found, _pattern(form.cleaned_data["q"]), list_id)
        groups = [(kind, words, hits[kind][:SHOWN], len(hits[kind]) - SHOWN) for kind, words in KINDS if hits[kind]]
    total = sum(len(hits) + max(more, 0) for _, _, hits, more in groups)
    return render(request, "search/search.html", {"list": record, "form": form, "groups": groups, "whole": found.whole, "total": total},
                  status=422 if form.errors else 200)


def _hits(who: Who, told: Told, found: Found, mark: re.Pattern[str], list_id: int) -> dict[str, list[Hit]]:
    rows = _open_to(who, told)
    hits: dict[str, list[Hit]] = {kind: [] for kind, _ in KINDS}
    for thing in found.things:
        to = _address(thing.kind, thing.ref, told, rows, list_id)
        if to:
            hits[thing.kind].append(Hit(to, _pieces(thing.title, mark), _pieces(_around(thing.text, mark), mark)))
    return hits


def _open_to(who: Who, told: Told) -> frozenset[tuple[str, str]]:
    """(register, key) of every row that the person may open today."""
    if not who.may("see_registers"):
        return frozenset()
    return frozenset((seen.card.name, line.key) for seen in registers_of(told, names_of(who)) for line in seen.lines)


def _address(kind: str, ref: str, told: Told, rows: frozenset[tuple[str, str]], list_id: int) -> str | None:
    """The page of what was found; None where there is none, or not for this person."""
    name, _, key = ref.partition("/")
    if kind == "row":
        return reverse("record", args=(list_id, name, key)) if (name, key) in rows else None
    if kind == "measure":
        return reverse("task", args=(list_id, name)) + f"#m-{key}"
    if kind == "target" and not any(item.promise.id == ref for item in told.items):
        holders = ((task, holder) for task, holder in told.plan.holders() if ref in {m.id for m in holder.milestones})
        task = next((task for task, _ in holders), None)
        return reverse("task", args=(list_id, task.no or task.id)) if task else None
    return reverse({"task": "task", "target": "target", "document": "import_document"}[kind], args=(list_id, ref))


def _pattern(words: str) -> re.Pattern[str]:
    """The words as typed; what holds only their tokens is marked token by token."""
    parts = sorted({*words.split(), *grams_of(words)}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, parts)), re.IGNORECASE)


def _around(text: str, mark: re.Pattern[str]) -> str:
    """A stretch of the text around the first hit."""
    first = mark.search(text)
    start = max(first.start() - AROUND, 0) if first else 0
    piece = text[start:start + 3 * AROUND]
    return ("…" if start else "") + piece + ("…" if start + len(piece) < len(text) else "")


def _pieces(text: str, mark: re.Pattern[str]) -> tuple[tuple[str, bool], ...]:
    return tuple(_cut(text, mark))


def _cut(text: str, mark: re.Pattern[str]) -> Iterator[tuple[str, bool]]:
    at = 0
    for found in mark.finditer(text):
        if found.start() > at:
            yield text[at:found.start()], False
        yield found[0], True
        at = found.end()
    if at < len(text):
        yield text[at:], False


urlpatterns = [path("lists/<int:list_id>/search/", search, name="search")]
