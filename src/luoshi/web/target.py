"""指标：为什么是这个数？ Rule, rows that counted and rows that did not, evidence, earlier figures, the sentence that asked for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext

from luoshi.lexicon.written import number
from luoshi.plan.target import Target
from luoshi.publish.board_html import CSS_CLASSES
from luoshi.publish.explain import explain_item
from luoshi.publish.months import month_ends
from luoshi.publish.shares import show_shares
from luoshi.publish.trend import TrendPoint, trend_of, versions_of, with_recovery
from luoshi.publish.trend_svg import draw_trend, scale_of
from luoshi.status.recovery import RecoveryStand, judge_recovery
from luoshi.status.stand import Item, without_questions
from luoshi.store.queries.breakdown import breakdown_of
from luoshi.store.queries.changes import Solving, solving_of
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.published import PublishedFigure, published_of
from luoshi.store.queries.registers import is_closed, names_of
from luoshi.store.queries.source_text import source_of
from luoshi.store.queries.story import tell_list, tell_promise
from luoshi.store.who import Who
from luoshi.web.day import ask_day, day_query
from luoshi.web.guard import page
from luoshi.web.kept import kept_page, since_last_act
from luoshi.web.looking_glass import KnownForm, ask_known
from luoshi.web.row_links import keys_behind, links_of
from luoshi.web.sheets import NUMBERS, WIDE, shown_sheets
from luoshi.web.templatetags.language import month_of_year

SCOPE_FACTS = {"口径", "数据来自", "依据", "待核实", "并列口径", "备注"}


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
    moment, known = ask_known(request, as_of)
    problems = tuple(str(text) for texts in moment.errors.values() for text in texts)
    printed, solving = since_last_act(_done_about, record, request.who, as_of, target_id)
    return kept_page(request, "target/target.html", gather_target, record, as_of, day_query(request, as_of), target_id, names_of(request.who),
                     printed, request.who.may("confirm_plan"), request.who.may("bind_target"), solving, known, problems)


def _done_about(record: Any, who: Who, as_of: date, target_id: str) -> tuple[tuple[tuple[date, PublishedFigure], ...], Solving]:
    """What was printed of it, and what is done about it, as far as the person may see."""
    return tuple(published_of(record, target_id).items()), solving_of(who, record, tell_list(record, as_of), target_id)


def gather_target(record: Any, as_of: date, on: str, target_id: str, names: frozenset[str] | None,
                  printed: tuple[tuple[date, PublishedFigure], ...], may_split: bool, may_bind: bool,
                  solving: Solving, known: date | None = None, problems: tuple[str, ...] = ()) -> dict[str, Any]:
    """What the page shows to those who see the rows of these names. may_split: they may split the target over units and quarters; may_bind:
    they may agree on how it is counted. known: with what had been recorded by that day; None: with everything."""
    told = tell_list(record, as_of, known)
    item = next((item for item in told.items if item.promise.id == target_id), None) if told else None
    if told is None or item is None:
        raise Http404
    days = tell_promise(record, month_ends(told.year, as_of), target_id, known)
    closed = is_closed(names, told, item)
    text = explain_item(without_questions(item) if closed else item, told.plan, source_of(record))
    versions = tuple(replace(v, began=(), stopped=()) for v in versions_of(days)) if closed else versions_of(days)
    points = with_recovery(trend_of(item, days, told.year), solving.recovery.curve if solving.recovery else ())
    value, _, asked = text.headline.partition(" / ")
    links = links_of(names, told, item, on, record.pk, keys_behind(item))
    return {
        "known": known, "moment": KnownForm(initial={"on": as_of, "known": known}), "problems": problems, "status": 422 if problems else 200,
        "item": item, "text": text, "as_of": as_of, "on": on, "value": value, "asked": asked,
        "points": points if days else (), "trend": _trend_svg(item, points),
        "bands": not _at_most(item) and any(p.late is not None for p in points), "chart": _chart(item, points) if _has_charts() else None,
        "judging": [fact for fact in text.facts if fact[0] not in SCOPE_FACTS and fact[0] not in {"任务", "牵头"}],
        "scope": [fact for fact in text.facts if fact[0] in SCOPE_FACTS], "versions": versions if item.value_from == "computed" else (),
        "published": _published(record, target_id, printed),
        "sheets": shown_sheets(item.figure, text.sheets, versions, links, closed), "numbers": NUMBERS, "wide": WIDE,
        "proof": () if closed else _proof(item),
        "shares": show_shares(item, breakdown_of(record, target_id).shares, as_of, told.year),
        "solving": solving, "chased": _chased(item, solving, as_of, told.year),
        "may_bind": may_bind, "may_split": may_split and isinstance(item.promise, Target)}


def _chased(item: Item, solving: Solving, as_of: date, year: int) -> RecoveryStand | None:
    return judge_recovery(dict(solving.recovery.curve), item.value, as_of, year, _unit(item), _at_most(item)) if solving.recovery else None


def _published(record: Any, target_id: str, printed: tuple[tuple[date, PublishedFigure], ...]) -> list[PublishedShown]:
    """Newest first: what bulletins said, and what today's facts give for the same day."""
    days = tell_promise(record, tuple(on for on, _ in printed), target_id) if printed else {}
    again = {on: days[on].value if on in days else None for on, _ in printed}
    return [PublishedShown(on, figure, again[on], again[on] != figure.value) for on, figure in sorted(printed, reverse=True, key=lambda one: one[0])]


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
            "value": _floats(p.value for p in points), "recovery": _floats(p.recovery for p in points),
            "late": _floats(p.late for p in points), "grave": _floats(p.grave for p in points),
            "at_most": _at_most(item), "low": float(scale.low), "high": float(scale.high), "last": known[-1], "light": CSS_CLASSES[item.light.state],
            "words": {"planned": gettext("计划"), "value": gettext("实际"), "recovery": gettext("追赶计划"),
                      "late": gettext("低于此为滞后"), "grave": gettext("低于此为严重滞后")},
            "label": f"{item.light.shape}{gettext(item.light.word)}", "said": f"{item.title}{gettext('：')}{_told_in_words(item, points)}"}


def _floats(values: Any) -> list[float | None]:
    return [None if value is None else round(float(value), 4) for value in values]


@lru_cache(maxsize=1)
def _has_charts() -> bool:
    """Whether the picture's script was installed; without it the drawing of the server stays."""
    return finders.find("echarts/echarts.min.js") is not None


urlpatterns = [path("lists/<int:list_id>/targets/<str:target_id>/", target, name="target")]
