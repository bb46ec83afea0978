"""A goal or a measure with its promises marked. In: text, promises read from it. Out: `SentencePart`s in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.plan.milestone import Milestone
from luoshi.plan.target import Target


@dataclass(frozen=True, slots=True)
class SentencePart:
    """「句片」 promise_id: what was promised by these words; empty for the words between."""

    text: str
    promise_id: str = ""


def mark_promises(text: str, promises: Iterable[Target | Milestone]) -> tuple[SentencePart, ...]:
    """Found by their words, from left to right; of two that overlap the first keeps its mark."""
    spans: list[tuple[int, int, str]] = []
    for promise in promises:
        quote = promise.source.quote
        start = text.find(quote)
        while quote and start >= 0 and any(a < start + len(quote) and start < b for a, b, _ in spans):
            start = text.find(quote, start + 1)
        if quote and start >= 0:
            spans.append((start, start + len(quote), promise.id))
    parts, at = [], 0
    for start, end, promise_id in sorted(spans):
        parts += [SentencePart(text[at:start]), SentencePart(text[start:end], promise_id)]
        at = end
    return tuple(part for part in (*parts, SentencePart(text[at:])) if part.text)


def mark_words(text: str, words: str) -> tuple[SentencePart, ...]:
    """The first place of these words; all of the text unmarked where they do not stand in it."""
    start = text.find(words) if words else -1
    if start < 0:
        return (SentencePart(text),) if text else ()
    end = start + len(words)
    return tuple(part for part in (SentencePart(text[:start]), SentencePart(text[start:end], words), SentencePart(text[end:])) if part.text)
