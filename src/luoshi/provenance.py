"""Where a thing comes from, why a number is what it is, and what a reader should know. Shared by every room.

In: nothing. Out: the frozen nouns `SourceRef`, `Finding`, `Row`, `Because`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Level = Literal["error", "warning", "question", "info"]


@dataclass(frozen=True, slots=True)
class SourceRef:
    """「出处」 A span of the document: where a noun was read.

    place: how a person finds it, e.g. `line 12`, `table 1 row 3 column 2`, `sheet 任务清单 C5`.
    start, end: characters (code points). In a .txt they count in the decoded file (BOM dropped, newlines as they are);
        in other formats in the cell or paragraph that `place` names.
    quote: the characters themselves; its length is always end - start.
    """

    place: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Answer:
    """「答案」 One likely answer of a question: `key` is kept, `text` is shown."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """「提示」 What a stage wants a person to know. Data, never an exception, so that nothing is lost in silence.

    id: the kind, stable and named, e.g. `duty.blank`.
    key: unique in one plan, and the same when the same document is read again: answers are kept under it.
    message: Chinese: what, where, why it matters, what to do.
    about: id of the noun it is about, if there is one.
    answers: of a question, the likeliest first.
    """

    id: str
    key: str
    level: Level
    message: str
    source: SourceRef | None = None
    about: str | None = None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """「明细」 One row behind a figure: a record, an observation, a deliverable.

    key: the register's own key, as people write it.
    title: what to call the row on a page.
    amount: what the row adds to the figure, in the figure's unit; None where the row only counts by being there.
    reason: why it counted, or why it did not. Chinese.
    facts: (field title, value as people write it) of the fields that the rule looked at.
    evidence: file hash, document number or address, as recorded.
    verification: the level reached, as people write it.
    """

    key: str
    title: str
    amount: Decimal | None
    reason: str
    facts: tuple[tuple[str, str], ...] = ()
    evidence: tuple[str, ...] = ()
    verification: str = ""


@dataclass(frozen=True, slots=True)
class Because:
    """「依据」 Why a figure is what it is: the rule, the rows that counted, the rows that did not and why.

    rule: the calculation in words. Chinese.
    scope: the scope statement「口径」; empty only where nobody has declared it yet.
    facts_from: which register, series or set of deliverables, and how many rows were looked at.
    counted, excluded: at most `Because.SHOWN` rows each; the totals say how many there are.
    questions: rows that cannot be decided (an item without materials): they are asked about, not guessed.
    """

    rule: str
    scope: str
    facts_from: str
    counted: tuple[Row, ...] = ()
    excluded: tuple[Row, ...] = ()
    counted_total: int = 0
    excluded_total: int = 0
    questions: tuple[Finding, ...] = ()
