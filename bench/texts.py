"""Text to measure on, in our own words, the same in every run. In: a seed. Out: text with the quantities in it, a flattened list.

No sentence is taken from a real document: names, works and figures are put together from the words of `vocabulary.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from vocabulary import AFTER, BEFORE, COUNTED, FILLERS, HOW, OFFICES, PHASES, PLACES, SHARES, WHY, WORKS

SEED = 20191124

@dataclass(frozen=True, slots=True)
class Known:
    """A quantity the generator wrote: where, how much, of what, compared how."""

    start: int
    end: int
    value: float
    value2: float | None
    unit: str
    op: str


@dataclass
class Writer:
    """Puts sentences together and keeps the place of every quantity."""
    random: Random
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    known: list[Known] = field(default_factory=list)

    def say(self, words: str) -> None:
        """Words without a quantity."""
        self.pieces.append(words)
        self.length += len(words)

    def quantity(self, unit: str, low: str, high: str, op: str, before: str = "", after: str = "") -> None:
        """A quantity with its comparator; high: empty unless a range."""
        self.say(before)
        written = f"{low}—{high}{unit}" if high else f"{low}{unit}"
        self.known.append(Known(self.length, self.length + len(written), float(low), float(high) if high else None, unit, op))
        self.say(written + after)

    def filler(self) -> None:
        """A sentence that promises nothing measurable."""
        pick, n = self.random.choice, self.random.choice("三四五六七八九")
        work, other = self.random.sample(WORKS, 2)
        self.say(pick(FILLERS).format(place=pick(PLACES), office=pick(OFFICES), work=work, other=other, how=pick(HOW), why=pick(WHY), n=n))

    def target(self) -> None:
        """A sentence with one quantity, sometimes two."""
        pick = self.random.choice
        if self.random.random() < 0.6:
            self.say(f"{pick(PHASES)}，")
        if self.random.random() < 0.3:
            name, verb, unit = pick(SHARES)
            self.say(f"{pick(PLACES)}{name}{verb}")
            self._figure(unit, 2, 95, 1)
        else:
            verb, thing, units, least, most, decimals = pick(COUNTED)
            self.say(f"{pick(PLACES)}{verb}{thing}")
            self._figure(pick(units), least, most, decimals)
        self.say("。")

    def _figure(self, unit: str, least: int, most: int, decimals: int) -> None:
        digits = decimals if self.random.random() < 0.4 else 0
        value = self.random.uniform(least, most)
        low = f"{value:.{digits}f}"
        kind = self.random.random()
        if kind < 0.4:
            self.quantity(unit, low, "", "=")
        elif kind < 0.7:
            before, op = self.random.choice(list(BEFORE.items()))
            self.quantity(unit, low, "", op, before=before)
        elif kind < 0.92:
            after, op = self.random.choice(list(AFTER.items()))
            self.quantity(unit, low, "", op, after=after)
        else:
            self.quantity(unit, low, f"{value * 1.4 + 1:.{digits}f}", "range")

    def duty(self) -> None:
        """Who leads and who helps, in brackets."""
        lead, *others = self.random.sample(OFFICES, self.random.randint(2, 4))
        self.say(f"（{lead}牵头，{'、'.join(others)}配合）")


def running_text(characters: int, seed: int = SEED) -> tuple[str, list[Known]]:
    """Paragraphs of varied sentences, and every quantity promised in them."""
    writer = Writer(Random(seed))
    writer.say("2019年重点工作任务安排\n")
    while writer.length < characters:
        for _ in range(writer.random.randint(2, 5)):
            writer.target() if writer.random.random() < 0.45 else writer.filler()
        if writer.random.random() < 0.5:
            writer.duty()
        writer.say("\n")
    return "".join(writer.pieces), writer.known


def flattened_list(tasks: int, seed: int = SEED) -> str:
    """A list of tasks as a Word table pasted into a text file: a TAB before each cell, a blank line after each row."""
    writer = Writer(Random(seed))
    writer.say("附件1\n2019年重点工作任务清单\n")
    rows = [["序号", "工作任务", "年度目标", "具体措施", "牵头单位", "配合单位"]]
    for number in range(1, tasks + 1):
        for measure in range(writer.random.randint(1, 4)):
            first = [str(number), f"推进{writer.random.choice(WORKS)}", _sentences(writer.random, 2)] if not measure else ["", "", ""]
            lead, *others = writer.random.sample(OFFICES, writer.random.randint(2, 4))
            rows.append([*first, _sentences(writer.random, 2), lead, "、".join(others)])
    for row in rows:
        writer.say("".join(f"\t{cell}\n" for cell in row) + "\n")
    return "".join(writer.pieces)


def _sentences(random: Random, count: int) -> str:
    writer = Writer(random)
    for _ in range(count):
        writer.target() if random.random() < 0.55 else writer.filler()
    return "".join(writer.pieces)
