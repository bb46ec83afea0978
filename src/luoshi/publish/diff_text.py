"""A comparison of two versions of a list for a terminal, or as JSON. In: `PlanDiff`. Out: lines, a tree of JSON types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from luoshi.plan.diff import PlanChange, PlanDiff
from luoshi.plan.plan import plain
from luoshi.publish.diff_words import THING_WORDS, clauses, how_words, opening, summary, unit_words
from luoshi.publish.line import Line, Style


def diff_lines(diff: PlanDiff) -> Iterator[Line]:
    """What asks for a reason first, then every change; what is the same is only counted."""
    yield Line(f"{diff.old.title}　→　{diff.new.title}", "title")
    yield Line(summary(diff), "quiet")
    yield Line(opening(diff), "head" if diff.softened() else "plain")
    asked = set(diff.softened())
    for heading, changes in (("要说明理由的", [c for c in diff.changes if c in asked]),
                             ("其他变动", [c for c in diff.changes if c not in asked and c.hows != ("same",)])):
        if changes:
            yield Line("")
            yield Line(heading, "head")
            for change in changes:
                yield from _change_lines(change)
    if diff.units:
        yield Line("")
        yield Line("责任单位", "head")
        yield from (Line(f"  ~ {unit_words(change)}", "plain", 4) for change in diff.units)


def _change_lines(change: PlanChange) -> Iterator[Line]:
    place = change.new or change.old
    assert place is not None
    style: Style = "bad" if change.easier or change.hows == ("dropped",) else "good" if change.harder else "plain"
    yield Line(f"{THING_WORDS[change.thing]} {place.no}　{how_words(change)}", style, 4)
    if change.old and change.new and change.old.text == change.new.text:
        where = f"　原在{change.old.no}“{change.old.within}”" if "moved" in change.hows else ""
        yield Line(f"    {change.new.text}{where}", "plain", 4)
    else:
        if change.old:
            yield Line(f"  - {change.old.no}　{change.old.text}", "quiet", 4)
        if change.new:
            yield Line(f"  + {change.new.no}　{change.new.text}", "plain", 4)
    for clause in clauses(change):
        yield Line(f"    {clause}", "late" if clause.startswith("放松") else "quiet", 4)


def diff_json(diff: PlanDiff) -> dict[str, Any]:
    """The comparison as `luoshi.diff/1`: every thing with what became of it, and the ids new → old."""
    changes = [{**plain(change), "asks_for_reason": change in set(diff.softened())} for change in diff.changes]
    return {"schema": "luoshi.diff/1", "old": plain(diff.old), "new": plain(diff.new), "summary": summary(diff), "changes": changes,
            "units": plain(diff.units), "ids": dict(diff.ids)}
