"""A document compiled with what the base pack knows, loaded only where the document asks for it: YAML would double the start-up.

In: a document. Out: its plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from luoshi.pack.reference import Reference
    from luoshi.plan.plan import Plan
    from luoshi.reading.source import Document


def reference_told(pack: str) -> Reference:
    """Of a pack that a person named. Ends with status 2 where there is no such pack, or its files are wrong."""
    from luoshi.cli.terminal import fail
    from luoshi.pack.reference import reference_of
    from luoshi.pack.stated import PackBroken

    try:
        return reference_of(pack)
    except PackBroken as error:
        fail(str(error))


def compile_told(document: Document, year: int | None, table: str | None = None, pack: str = "") -> Plan:
    """As `compile_plan`, with the work calendar where the text speaks of a feast of the moon (春节前). pack: a city's names of units and calendar."""
    from luoshi.compiler.passes import compile_plan
    from luoshi.lexicon.period import names_a_moving_feast
    from luoshi.reading.source import Paragraph

    if pack:
        told = reference_told(pack)
        return compile_plan(document, year, table, directory=told.directory, calendar=told.calendar)
    pieces = (piece for block in document.blocks for piece in ((block,) if isinstance(block, Paragraph) else block.cells))
    if not any(names_a_moving_feast(piece.text) for piece in pieces):
        return compile_plan(document, year, table)
    from luoshi.pack.reference import load_reference

    return compile_plan(document, year, table, calendar=load_reference().calendar)
