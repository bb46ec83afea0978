"""Begin a round of judging「开始评审」: what is judged, by whom, till when. In: who, the list, the register with the rubric, `RoundText`.
Out: `RoundRecord`, with a sheet for every subject and judge; who is tied to a subject gets none that can be opened. Raises StepRefused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.http import Http404
from django.utils.translation import gettext as _

from luoshi.actions.step_refused import StepRefused
from luoshi.actions.writing import writing
from luoshi.pack.own_register import register_to_json
from luoshi.pack.register_spec import RegisterSpec, Rubric
from luoshi.register.verdict import subject_fields
from luoshi.store.models import FactRecord, JudgeRecord, ListRecord, RoundRecord, SheetRecord, SubjectRecord
from luoshi.store.queries.intake import the_spec
from luoshi.store.queries.rounds import ExpertKnown, experts_known, judges_at_hand, why_tied
from luoshi.store.who import Who


@dataclass(frozen=True, slots=True)
class RoundText:
    """「评审安排」 subjects: each as the texts of `subject_fields`, its name first. judges: person's number → unit."""

    title: str
    subjects: Sequence[Sequence[str]]
    judges: Mapping[int, str]
    due_on: date | None = None


def open_round(who: Who, at: datetime, list_id: int, source: str, text: RoundText) -> RoundRecord:
    """Every subject needs as many judges without a conflict as the rubric asks for."""
    with writing(who, "round.open", at, right="hold_round", list_id=list_id) as entry:
        held = ListRecord.objects.select_for_update().get(pk=list_id)
        spec = the_spec(held, source)
        if spec.rubric is None:
            raise Http404
        _check(held, spec, spec.rubric, text)
        number = (RoundRecord.objects.filter(list=held, source=source).aggregate(last=Max("number"))["last"] or 0) + 1
        made = RoundRecord.objects.create(list=held, source=source, number=number, title=text.title.strip(), spec=register_to_json(spec),
                                          due_on=text.due_on, by_id=who.person_id, at=at)
        subjects = [SubjectRecord.objects.create(round=made, **_subject(spec, spec.rubric, cells)) for cells in text.subjects]
        known = experts_known(held, spec.rubric)
        for place, (person_id, unit) in enumerate(text.judges.items(), 1):
            code = f"评委{place}" if number == 1 else f"第{number}轮评委{place}"
            judge = JudgeRecord.objects.create(round=made, person_id=person_id, code=code, unit=unit.strip())
            give_sheets(judge, subjects, known.get(judge.person.username.lower(), ExpertKnown()))
        _enough(made, subjects, spec.rubric)
        entry.about = f"round:{made.pk}"
        entry.detail = {"register": source, "number": number, "rubric": spec.rubric.version, "subjects": [one.name for one in subjects],
                        "judges": len(text.judges), "due_on": text.due_on}
    return made


def give_sheets(judge: JudgeRecord, subjects: Sequence[SubjectRecord], known: ExpertKnown) -> None:
    """A sheet for each subject; where a relation is known, one that cannot be opened, with the reason."""
    for one in subjects:
        SheetRecord.objects.create(subject=one, judge=judge, barred=why_tied(judge.unit, known, one))


def _check(held: ListRecord, spec: RegisterSpec, rubric: Rubric, text: RoundText) -> None:
    problems = {}
    if not text.title.strip():
        problems["title"] = _("没有写名称。例如“2019年科技金融企业评定”。")
    names = [cells[0].strip() if cells else "" for cells in text.subjects]
    twice = next((name for n, name in enumerate(names) if name in names[:n]), None)
    wanted = [_title(spec, name) for name in subject_fields(rubric)]
    short = next((cells for cells in text.subjects if len([c for c in cells if c.strip()]) < len(wanted)), None)
    if not names:
        problems["subjects"] = _("没有写评谁。一行一个。")
    elif short is not None:
        words = _("“%(line)s”这一行不全。每行依次写：%(columns)s，用逗号隔开。")
        problems["subjects"] = words % {"line": "，".join(short), "columns": "、".join(wanted)}
    elif twice is not None:
        problems["subjects"] = _("“%(name)s”写了两次。") % {"name": twice}
    else:
        problems |= _unknown(held, spec, rubric, text) | _judged_before(held, spec, rubric, names)
    problems |= _judges(held, rubric, text)
    if problems:
        raise StepRefused(problems)


def _judges(held: ListRecord, rubric: Rubric, text: RoundText) -> dict[str, str]:
    there = {one.person.pk for one in judges_at_hand(held, rubric)}
    if not text.judges:
        return {"judges": _("没有选评委。")}
    if set(text.judges) - there:
        return {"judges": _("选的人里有的不在评委岗位上了。请重新选。")}
    return {} if all(unit.strip() for unit in text.judges.values()) else {"judges": _("评委的单位要写明：同一单位的要回避。")}


def _judged_before(held: ListRecord, spec: RegisterSpec, rubric: Rubric, names: list[str]) -> dict[str, str]:
    """Without a column for the round, a second one could not be told from the first."""
    before = SubjectRecord.objects.filter(round__list=held, round__source=spec.register_name, name__in=names).first()
    if before is None:
        return {}
    if before.round.locked_at is None:
        return {"subjects": _("“%(name)s”正在“%(title)s”里评，锁定以后才能另评一轮。") % {"name": before.name, "title": before.round.title}}
    return {} if rubric.round else {"subjects": _("“%(name)s”评过了，这本台账没有“轮次”栏，不能另评一轮。") % {"name": before.name}}


def _unknown(held: ListRecord, spec: RegisterSpec, rubric: Rubric, text: RoundText) -> dict[str, str]:
    """A group that the register of quotas does not have would never get a place."""
    for place, name in enumerate(subject_fields(rubric)):
        other = next((field.references for field in spec.fields if field.name == name), None)
        keys = set(FactRecord.objects.filter(list=held, source=other).values_list("key", flat=True)) if other else set()
        wrong = next((cells[place] for cells in text.subjects if keys and cells[place].strip() not in keys), None)
        if wrong is not None:
            return {"subjects": _("没有“%(value)s”这个%(column)s，只有：%(known)s。") % {
                "value": wrong, "column": _title(spec, name), "known": "、".join(sorted(keys)[:20])}}
    return {}


def _enough(made: RoundRecord, subjects: Sequence[SubjectRecord], rubric: Rubric) -> None:
    told = []
    for one in subjects:
        free = SheetRecord.objects.filter(subject=one, barred="").count()
        if free < rubric.at_least:
            told.append(_("“%(name)s”没有利益关系的评委只有%(n)d名") % {"name": one.name, "n": free})
    if told:
        words = _("%(told)s，至少要%(least)d名。请加请没有关系的评委。")
        raise StepRefused({"judges": words % {"told": "；".join(told[:5]), "least": rubric.at_least}})


def _subject(spec: RegisterSpec, rubric: Rubric, cells: Sequence[str]) -> dict[str, object]:
    said = {name: cell.strip() for name, cell in zip(subject_fields(rubric), cells, strict=False)}
    return {"name": said[rubric.subject], "unit": said.get(rubric.subject_unit or "", ""),
            "cells": {_title(spec, name): text for name, text in said.items()}}


def _title(spec: RegisterSpec, name: str) -> str:
    return next(field.title for field in spec.fields if field.name == name)
