"""Where in a document these words stand. In: `Document`, words as a person selected or typed them. Out: every place, in reading order.

Blanks and line breaks do not count, nor does full or half width: what is copied from a page or a PDF loses them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from luoshi.provenance import SourceRef
from luoshi.reading.source import Cell, Document, Paragraph


def find_words(document: Document, words: str) -> tuple[SourceRef, ...]:
    """Empty where they stand nowhere, or across two cells or paragraphs."""
    wanted, _ = _folded(words)
    if not wanted:
        return ()
    return tuple(source for block in document.blocks for piece in ((block,) if isinstance(block, Paragraph) else block.cells)
                 for source in _found_in(piece, wanted))


def _found_in(piece: Paragraph | Cell, wanted: str) -> Iterator[SourceRef]:
    text, places = _folded(piece.text)
    at = text.find(wanted)
    while at >= 0:
        yield piece.ref(places[at], places[at + len(wanted) - 1] + 1)
        at = text.find(wanted, at + len(wanted))


def _folded(text: str) -> tuple[str, list[int]]:
    """The characters that count, and where each came from."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for one in unicodedata.normalize("NFKC", character):
            if not one.isspace():
                folded.append(one)
                places.append(place)
    return "".join(folded), places
