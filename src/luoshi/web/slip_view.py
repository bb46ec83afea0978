"""A slip as it is shown and printed. In: a list, `SlipPage`. Out: `SlipDocument`."""

from __future__ import annotations

from typing import Any

from luoshi.actions.case_data import SOURCES
from luoshi.lexicon.written import day
from luoshi.pack.supervision_spec import WEIGHTS
from luoshi.publish.slip_document import COLOUR_WORDS, SlipDocument
from luoshi.store.queries.office import office_of, presets_of
from luoshi.store.queries.slips import SlipPage

EXAMPLE_OFFICE, OFFICE = "示例市政府督查室", "督查室"


def slip_document(record: Any, shown: SlipPage) -> SlipDocument:
    """What is known is printed; what is not leaves room to write."""
    case, data = shown.case, shown.case.data
    issued, received, reply = shown.last("issue"), shown.last("receive"), shown.last("reply") if case.state in _ANSWERED else None
    verified = shown.last("verify") if case.state in ("verified", "closed") else None
    closed = shown.last("close") if case.state == "closed" else None
    note = data.get("source") == "note"
    return SlipDocument(
        organ=office_of(record).organ or (EXAMPLE_OFFICE if record.example else OFFICE), title=_title(data.get("colour", "")), number=case.number,
        issued_on=issued.on if issued else None, subject=case.title, lead=case.organ.name if case.organ else "", support=shown.support,
        due_on=case.due_on, first_due_on=shown.clock.first_on, level=_level(record, case), source=SOURCES.get(data.get("source", ""), ""),
        basis=_basis(case, note), requirement=tuple(line.strip() for line in data.get("requirement", "").splitlines() if line.strip()),
        owner="主要负责人", contact=shown.contact, instruction=data.get("source_no", "") if note else "",
        received=f"{received.by.name} {received.on.month}月{received.on.day}日" if received else "",
        result=_lines(reply), result_sign=_signed(reply), checked=_checked(verified), checked_sign=_signed(verified),
        closed=("同意销号",) if closed else (), closed_sign=_signed(closed), sample=record.example)


_ANSWERED = ("replied", "verified", "closed")


def _title(colour: str) -> str:
    return f"督办单（{COLOUR_WORDS[colour]}）" if colour in COLOUR_WORDS else "督办单"


def _level(record: Any, case: Any) -> str:
    """The rung where a ladder gave one; else how heavy the matter is."""
    ladder = presets_of(record).ladders.get(case.ladder)
    rung = next((rung for rung in ladder.rungs if rung.rung == case.rung), None) if ladder else None
    return rung.title if rung else WEIGHTS.get(case.weight, "")


def _basis(case: Any, note: bool) -> str:
    """Where it comes from, then why."""
    named = "" if note else case.data.get("source_no", "")
    return "\n".join(part for part in (named, case.text) if part)


def _lines(step: Any) -> tuple[str, ...]:
    return tuple(line for line in step.text.splitlines() if line.strip()) if step else ()


def _checked(step: Any) -> tuple[str, ...]:
    if step is None:
        return ()
    place = step.data.get("place", "")
    return ((f"地点：{place}",) if place else ()) + _lines(step)


def _signed(step: Any) -> str:
    return f"{step.by.name}　{day(step.on)}" if step else ""
