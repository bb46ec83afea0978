"""Edits as JSON and back. In: an `Edit`, or what `edit_to_json` gave. Out: the other. Raises KeyError, ValueError where it is not one."""

from __future__ import annotations

from typing import Any

from luoshi.plan.edit import Add, Assign, Change, Drop, Edit, Merge, Move, Split
from luoshi.plan.plan import plain
from luoshi.provenance import SourceRef


def edit_to_json(edit: Edit) -> dict[str, Any]:
    """Its fields by name, and under `edit` which verb it is."""
    return {"edit": type(edit).__name__.lower(), **plain(edit)}


def edit_from_json(tree: dict[str, Any]) -> Edit:
    """The edit that was written."""
    match tree:
        case {"edit": "change", "about": about, "values": values}:
            return Change(about, _pairs(values))
        case {"edit": "assign", "abouts": abouts, "duties": duties}:
            return Assign(tuple(abouts), tuple((unit, role) for unit, role in duties))
        case {"edit": "split", "about": about, "at": at}:
            return Split(about, at)
        case {"edit": "merge", "about": about, "other": other}:
            return Merge(about, other)
        case {"edit": "move", "about": about, "to": to}:
            return Move(about, to)
        case {"edit": "drop", "about": about, "reason": reason}:
            return Drop(about, reason)
        case {"edit": "add", "kind": kind, "to": to, "source": source, "values": values}:
            return Add(kind, to, SourceRef(**source), _pairs(values))
    raise ValueError(f"不是一处修改：{tree}")


def _pairs(values: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((field, text) for field, text in values)
