"""Lines for a terminal. In: nothing. Out: the noun `Line`, and widths of Chinese text."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

Style = Literal["title", "head", "plain", "quiet", "mark", "good", "late", "bad", "done", "ask"]


@dataclass(frozen=True, slots=True)
class Line:
    """「行文」 One line for people: text, how it looks, and how far a wrapped line is indented (columns)."""

    text: str
    style: Style = "plain"
    indent: int = 0


def width_of(text: str) -> int:
    """Columns that the text takes in a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, width: int) -> str:
    """The text and spaces up to that many columns."""
    return text + " " * max(0, width - width_of(text))


def cut(text: str, width: int) -> str:
    """The text, ended by … where it is wider."""
    if width_of(text) <= width:
        return text
    while text and width_of(text) > width - 1:
        text = text[:-1]
    return text + "…"
