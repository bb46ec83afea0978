"""Pass 7: which units are meant? In: `Draft` with duties. Out: the same with a question for each name that the city's directory does not know.

Names stay as the document writes them. Without a directory nothing is asked: a stranger's list is full of names that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from luoshi.compiler.draft import Draft, stable_id
from luoshi.lexicon.directory import Directory, Identified
from luoshi.plan.answer import unit_answer_key
from luoshi.plan.duty import Duty
from luoshi.plan.plan import holders_of
from luoshi.provenance import Answer, Finding


def identify_units(draft: Draft) -> Draft:
    """Ask once for each name, at its first place, however often it is written."""
    if not draft.directory:
        return draft
    asked: dict[str, list[Duty]] = {}
    for task in draft.tasks:
        for holder in holders_of(task):
            for duty in holder.duties:
                asked.setdefault(duty.unit, []).append(duty)
    on = date(draft.year, 1, 1) if draft.year else None
    return draft.found(*(f for duties in asked.values() for f in _said_of(draft.directory, duties, on)))


def _said_of(directory: Directory, duties: list[Duty], on: date | None) -> Iterator[Finding]:
    unit, source = duties[0].unit, duties[0].source
    found = directory.identify(unit, on)
    times = f"（写了{len(duties)}处）" if len(duties) > 1 else ""
    if found.how == "former":
        yield Finding("duty.former-name", stable_id("duty.former-name", unit), "question" if found.likely else "warning",
                      f"“{unit}”{times}是机构改革以前的名称{_until(found)}。任务派给不存在的单位就没有人办。{_now(found)}",
                      source, None, _answers(unit, found))
    elif found.how == "unlisted" and directory.units:
        near = f"名称相近的有：{'、'.join(found.likely)}。" if found.likely else "没有名称相近的单位。"
        yield Finding("duty.unknown-unit", stable_id("duty.unknown-unit", unit), "question",
                      f"单位名录里没有“{unit}”{times}，不知道该派给谁。{near}请选一个，或确认照原文写。", source, None, _answers(unit, found))


def _until(found: Identified) -> str:
    return f"（用到{found.until.year}年{found.until.month}月）" if found.until else ""


def _now(found: Identified) -> str:
    return f"现在可能是：{'、'.join(found.likely)}。请确认。" if found.likely else "请改成现在的单位。"


def _answers(unit: str, found: Identified) -> tuple[Answer, ...]:
    named = tuple(Answer(unit_answer_key(unit, name), f"是{name}") for name in found.likely)
    return (*named, Answer("keep", f"照原文，就是“{unit}”"))
