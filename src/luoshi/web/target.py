"""指标：为什么是这个数？ Rule, rows that counted and rows that did not, evidence, earlier figures, the sentence that asked for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext

from luoshi.lexicon.written import number
from luoshi.plan.target import Target
from luoshi.provenance import Row
from luoshi.publish.board_html import CSS_CLASSES
from luoshi.publish.explain import Explanation, Sheet, explain_item
from luoshi.publish.months import month_ends
from luoshi.publish.register_rows import cards_of, sources_of
from luoshi.publish.shares import show_shares
from luoshi.publish.trend import TrendPoint, Version, trend_of, versions_of
from luoshi.publish.trend_svg import draw_trend, scale_of
from luoshi.status.stand import Item, without_questions
from luoshi.store.queries.breakdown import breakdown_of
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.published import PublishedFigure, published_of
from luoshi.store.queries.registers import is_closed, names_of, see_register
from luoshi.store.queries.source_text import source_of
from luoshi.store.queries.story import Told, tell_list, tell_promise
from luoshi.web.day import ask_day, day_query
from luoshi.web.guard import page
from luoshi.web.kept import kept_page
from luoshi.web.templatetags.language import month_of_year

FIRST = 20
SCOPE_FACTS = {"口径", "数据来自", "依据", "待核实", "并列口径", "备注"}
NUMBERS, WIDE = {"计入数", "数值"}, {"原因", "佐证", "说明"}


@dataclass(frozen=True, slots=True)
class SheetShown:
    """「页上明细」 rows: (address of the record or None, whether it stopped counting lately, cells); the first ones and the rest.

    hidden: rows of a restricted register that this person may not open."""

    sheet: Sheet
    hidden: int
    first: tuple[tuple[str | None, bool, tuple[str, ...]], ...]
    rest: tuple[tuple[str | None, bool, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class PublishedShown:
    """「印发与重算」 What a bulletin said of a day; today: what the facts known now give for that day."""

    on: date
    figure: PublishedFigure
    today: Decimal | None
    differs: bool


@page("see_lists")
def target(request: Any, list_id: int, target_id: str) -> HttpResponse:
    """A target or a milestone, by its id."""
    record = the_list(request.who, list_id)
    if record.plan is None:
        return redirect("imports", list_id=list_id)
    _, as_of = ask_day(request)
    return kept_page(request, "target/target.html", gather_target, record, as_of, day_query(request, as_of), target_id, names_of(request.who),
                     tuple(published_of(record, target_id).items()), request.who.may("confirm_plan"))


def gather_target(record: Any, as_of: date, on: str, target_id: str, names: frozenset[str] | None,
                  printed: tuple[tuple[date, PublishedFigure], ...], may_split: bool) -> dict[str, Any]:
    """What the page shows to those who see the rows of these names. may_split: they may split the target over units and quarters."""
    told = tell_list(record, as_of)
    item = next((item for item in told.items if item.promise.id == target_id), None) if told else None
    if told is None or item is None:
        raise Http404
    days = tell_promise(record, month_ends(told.year, as_of), target_id)
    closed = is_closed(names, told, item)
    text = explain_item(without_questions(item) if closed else item, told.plan, source_of(record))
    versions = tuple(replace(v, began=(), stopped=()) for v in versions_of(days)) if closed else versions_of(days)
    points = trend_of(item, days, told.year)
    value, _, asked = text.headline.partition(" / ")
    links = _links(names, told, item, on, record.pk)
    return {
        "item": item, "text": text, "as_of": as_of, "on": on, "value": value, "asked": asked,
        "points": points if days else (), "trend": _trend_svg(item, points),
        "bands": not _at_most(item) and any(p.late is not None for p in points), "chart": _chart(item, points) if _has_charts() else None,
        "judging": [fact for fact in text.facts if fact[0] not in SCOPE_FACTS and fact[0] not in {"任务", "牵头"}],
        "scope": [fact for fact in text.facts if fact[0] in SCOPE_FACTS], "versions": versions if item.value_from == "computed" else (),
        "published": _published(record, target_id, printed),
        "sheets": _sheets(item, text, versions, links, closed), "proof": () if closed else _proof(item), "numbers": NUMBERS, "wide": WIDE,
        "shares": show_shares(item, breakdown_of(record, target_id).shares, as_of, told.year),
        "may_split": may_split and isinstance(item.promise, Target)}


def _published(record: Any, target_id: str, printed: tuple[tuple[date, PublishedFigure], ...]) -> list[PublishedShown]:
    """Newest first: what bulletins said, and what today's facts give for the same day."""
    days = tell_promise(record, tuple(on for on, _ in printed), target_id) if printed else {}
    again = {on: days[on].value if on in days else None for on, _ in printed}
    return [PublishedShown(on, figure, again[on], again[on] != figure.value) for on, figure in sorted(printed, reverse=True, key=lambda one: one[0])]


def _sheets(item: Item, text: Explanation, versions: tuple[Version, ...], links: Mapping[str, str], closed: bool) -> list[SheetShown]:
    """What did not count stands before what did."""
    stopped = set(versions[0].stopped) if versions else set()
    figure = item.figure
    groups: list[tuple[Row, ...]] = []
    if figure:
        groups = [figure.because.counted, figure.because.excluded, *(shadow.because.counted for shadow in figure.shadows)]
    shown = []
    for place, sheet in enumerate(text.sheets):
        behind = groups[place] if place < len(groups) else ()
        keys = [row.key for row in behind] or [""] * len(sheet.rows)
        rows = tuple((links.get(key), place == 1 and cells[0] in stopped, cells) for key, cells in zip(keys, sheet.rows, strict=True))
        rows = tuple(sorted((row for row in rows if row[0] or not closed), key=lambda row: not row[1]))
        shown.append(SheetShown(sheet, len(sheet.rows) - len(rows), rows[:FIRST], rows[FIRST:]))
    return sorted(shown, key=lambda one: not one.sheet.title.startswith("没有计入"))


def _links(names: frozenset[str] | None, told: Told, item: Item, on: str, list_id: int) -> Mapping[str, str]:
    """Row key → address of its record, for the rows that may be opened."""
    if item.figure is None:
        return {}
    because = item.figure.because
    wanted = {row.key for row in (*because.counted, *because.excluded, *(row for shadow in item.figure.shadows for row in shadow.because.counted))}
    links: dict[str, str] = {}
    for card in cards_of(told.pack):
        if card.name in sources_of(told.pack.indicators[item.figure.indicator]):
            for line in see_register(told, card, names).lines:
                if line.key in wanted:
                    links.setdefault(line.key, reverse("record", args=(list_id, card.name, line.key)) + on)
    return links


def _proof(item: Item) -> list[tuple[str, str]]:
    """How far the counted rows are verified and what proves them, in a few lines."""
    rows = item.figure.because.counted if item.figure else ()
    if not rows:
        return []
    levels = Counter(row.verification for row in rows if row.verification)
    without = [row.title for row in rows if not row.evidence]
    shares = [gettext("%(level)s %(n)d行") % {"level": level, "n": count} for level, count in levels.most_common()]
    told = gettext("%(n)d行有佐证") % {"n": len(rows) - len(without)}
    if without:
        words = gettext("；%(n)d行没有：%(titles)s等") if len(without) > 3 else gettext("；%(n)d行没有：%(titles)s")
        told += words % {"n": len(without), "titles": "、".join(without[:3])}
    return [("核验", gettext("；").join(shares) or gettext("没有登记")), ("佐证", told)]


def _unit(item: Item) -> str:
    return item.standing.unit if item.standing else ""


def _at_most(item: Item) -> bool:
    return item.standing is not None and item.standing.judged == "at_most"


def _trend_svg(item: Item, points: tuple[TrendPoint, ...]) -> str:
    title = gettext("%(title)s各月：%(said)s") % {"title": item.title, "said": _told_in_words(item, points)}
    return draw_trend(points, title, _unit(item), _at_most(item))


def _told_in_words(item: Item, points: tuple[TrendPoint, ...]) -> str:
    known = [(p.on.month, number(p.value, 2), p.light.word) for p in points if p.value is not None and p.light]
    if not known:
        return gettext("还没有数")
    (first, began, _light), (last, ends, light) = known[0], known[-1]
    return gettext("%(first)s%(began)s，%(last)s%(ends)s，%(light)s") % {
        "first": month_of_year(first), "began": began, "last": month_of_year(last), "ends": ends + _unit(item), "light": gettext(light)}


def _chart(item: Item, points: tuple[TrendPoint, ...]) -> dict[str, Any] | None:
    """What the script draws: numbers only; colours come from the style sheet."""
    if not any(p.value is not None for p in points):
        return None
    scale = scale_of(points)
    assert scale is not None
    known = [n for n, p in enumerate(points) if p.value is not None]
    return {"months": [month_of_year(p.on.month)[:3] for p in points], "unit": _unit(item), "planned": _floats(p.planned for p in points),
            "value": _floats(p.value for p in points), "late": _floats(p.late for p in points), "grave": _floats(p.grave for p in points),
            "at_most": _at_most(item), "low": float(scale.low), "high": float(scale.high), "last": known[-1], "light": CSS_CLASSES[item.light.state],
            "words": {"planned": gettext("计划"), "value": gettext("实际"), "late": gettext("低于此为滞后"), "grave": gettext("低于此为严重滞后")},
            "label": f"{item.light.shape}{gettext(item.light.word)}", "said": f"{item.title}{gettext('：')}{_told_in_words(item, points)}"}


def _floats(values: Any) -> list[float | None]:
    return [None if value is None else round(float(value), 4) for value in values]


@lru_cache(maxsize=1)
def _has_charts() -> bool:
    """Whether the picture's script was installed; without it the drawing of the server stays."""
    return finders.find("echarts/echarts.min.js") is not None


urlpatterns = [path("lists/<int:list_id>/targets/<str:target_id>/", target, name="target")]
