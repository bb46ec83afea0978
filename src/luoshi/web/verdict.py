"""评定的来历：这一个是怎么评出来的？ Every judgement about one subject: which round, which rubric, which judge, how many points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from luoshi.pack.register_spec import RegisterSpec, Rubric
from luoshi.register.record import LEVELS, WORD_OF_LEVEL, Record, fields_of
from luoshi.register.verdict import Cells, decide, round_of, total_of
from luoshi.store.queries.lists import the_list
from luoshi.store.queries.registers import names_of
from luoshi.store.queries.rounds import names_of_judges, places_now, rounds_of
from luoshi.store.queries.story import Told, tell_list
from luoshi.web.day import ask_day, day_query
from luoshi.web.guard import page
from luoshi.web.register import the_register


@dataclass(frozen=True, slots=True)
class JudgementShown:
    """「一张评定」 As its row says. name: of the judge, for those who may see it; scores: in the order of the criteria."""

    key: str
    judge: str
    name: str
    unit: str
    relation: str
    scores: tuple[Any, ...]
    total: Any
    opinion: str
    words: str
    signed: Any
    round: int


@page("see_rounds")
def verdict(request: Any, list_id: int, name: str) -> HttpResponse:
    """`of` in the address: the subject; the register has them all."""
    record = the_list(request.who, list_id)
    as_of = ask_day(request)[1]
    told = tell_list(record, as_of)
    spec = told.pack.registers.get(name) if told else None
    subject = request.GET.get("of", "")
    if told is None or spec is None or spec.rubric is None or the_register(told, names_of(request.who), name).hidden:
        raise Http404
    every, wanted = _in_force(told, spec), LEVELS[spec.counts_from]
    rows = [(cells, one) for cells, one in every if str(cells[spec.rubric.subject]) == subject]
    if not rows:
        return redirect("register", list_id=list_id, name=name)
    good = [cells for cells, one in every if one.level >= wanted]
    left = [(cells, f"核验级别未到“{WORD_OF_LEVEL[wanted]}”") for cells, one in every if one.level < wanted]
    decision = next(one for one in decide(spec.rubric, good, left, as_of, places_now(record, spec.rubric)) if one.subject == subject)
    names = names_of_judges(record, name) if request.who.may("see_judges") else {}
    titles = {field.name: field.title for field in spec.fields}
    return render(request, "verdict/verdict.html", {
        "list": record, "spec": spec, "rubric": spec.rubric, "subject": subject, "decision": decision, "on": day_query(request, as_of),
        "as_of": as_of, "criteria": [(titles[one.field], one.points) for one in spec.rubric.criteria], "sees_judges": request.who.may("see_judges"),
        "sheets": sorted((_shown(spec.rubric, cells, one, names) for cells, one in rows), key=lambda one: (-one.round, one.judge)),
        "rounds": {one.number: one for one in rounds_of(request.who, record) if one.source == name}.values()})


def _in_force(told: Told, spec: RegisterSpec) -> list[tuple[Cells, Record]]:
    """Of each judgement the version in force on the story's day."""
    names = [one.name for one in fields_of(spec)]
    rows = sorted(told.facts.records.get(spec.register_name, ()), key=lambda one: (one.happened_on or date.min, one.recorded_on or date.min))
    newest = {one.key: one for one in rows if one.happened_on is None or one.happened_on <= told.as_of}
    return [(dict(zip(names, one.values, strict=True)), one) for one in newest.values()]


def _shown(rubric: Rubric, cells: Cells, one: Record, names: dict[str, str]) -> JudgementShown:
    code = str(cells[rubric.judge])
    signed = cells[rubric.locked]
    return JudgementShown(
        one.key, code, names.get(code, ""), str(cells[rubric.judge_unit] or "") if rubric.judge_unit else "", str(cells[rubric.relation] or ""),
        tuple(cells[c.field] for c in rubric.criteria), total_of(rubric, cells) if signed else None,
        str(cells[rubric.opinion] or "") if rubric.opinion else "", str(cells[rubric.words] or "") if rubric.words else "", signed,
        round_of(rubric, cells))


urlpatterns = [path("lists/<int:list_id>/registers/<str:name>/verdict/", verdict, name="verdict")]
