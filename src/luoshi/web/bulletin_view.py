"""How a page shows a bulletin: words and linked numbers. In: `Bulletin`. Out: pieces for the template."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from luoshi.publish.bulletin import Bulletin
from luoshi.publish.bulletin_numbers import PLACEHOLDER, BoundNumber
from luoshi.publish.official import OfficialDocument


@dataclass(frozen=True, slots=True)
class Shown:
    """「所示」 Words, or a number with the address of what stands behind it and its because in one line."""

    text: str
    address: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EditedPassage:
    """「待改段」 One paragraph of the form: name of its field, heading, text with placeholders, what each stands for, what is wrong."""

    name: str
    head: str
    text: str
    keys: tuple[tuple[str, str], ...]
    fault: str
    rows: int


def shown(bulletin: Bulletin, list_id: int, words: str) -> tuple[Shown, ...]:
    """Words in pieces."""
    made, at = [], 0
    for match in PLACEHOLDER.finditer(words):
        made.append(Shown(words[at:match.start()]))
        number = bulletin.numbers[int(match[1]) - 1]
        made.append(Shown(number.text, _address(bulletin, list_id, number), number.reason))
        at = match.end()
    return tuple(piece for piece in (*made, Shown(words[at:])) if piece.text)


def _address(bulletin: Bulletin, list_id: int, number: BoundNumber) -> str:
    page = reverse("target", args=(list_id, number.promise)) if number.promise else reverse("board", args=(list_id,))
    return f"{page}?on={bulletin.as_of.isoformat()}"


def shown_passages(bulletin: Bulletin, list_id: int) -> list[tuple[str, str, tuple[Shown, ...]]]:
    """(level, heading, pieces) of every paragraph."""
    return [(p.level, p.head, shown(bulletin, list_id, p.text)) for p in bulletin.passages]


def shown_annexes(bulletin: Bulletin, laid: OfficialDocument, list_id: int) -> list[dict[str, object]]:
    """Every annex with its cells in pieces; left: which columns hold words."""
    return [{"label": laid.annex_label(i), "title": a.title, "note": a.note, "columns": a.columns,
             "rows": [[(c.align, shown(bulletin, list_id, cell) or (Shown("—"),)) for c, cell in zip(a.columns, row, strict=True)] for row in a.rows]}
            for i, a in enumerate(bulletin.annexes)]


def edited_passages(bulletin: Bulletin, texts: tuple[str, ...], faults: dict[int, str]) -> list[EditedPassage]:
    """What may be reworded; texts: what the person typed, kept where it was refused."""
    made, section = [], ""
    for place, passage in enumerate(bulletin.passages):
        section = passage.head if passage.level == "h1" else section
        if passage.text:
            keys = dict.fromkeys(PLACEHOLDER.findall(passage.text))
            text = texts[place] if texts else passage.text
            named = tuple((f"{{{key}}}", bulletin.numbers[int(key) - 1].text) for key in keys)
            made.append(EditedPassage(f"p{place}", f"{section} {passage.head}".strip(), text, named,
                                      faults.get(place, ""), max(2, len(text) // 38 + 1)))
    return made
