"""Two entries of one thing: the code decides first, the normalised name second, likeness third; what is left, a person decides.

In: names with their codes, and the enterprises that are known. Out: `Matched`s, a merge queue as data, and merges as facts that can be undone.
No enterprise is ever made from a name alone: a name that nothing fits stays in the queue.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from rapidfuzz import fuzz, process

from luoshi.register.uscc import is_uscc

How = Literal["code", "name", "former_name", "person"]
LIKELY: Final = 82.0
"""From this likeness (0–100) on a candidate is worth a person's look; nothing is merged by likeness."""
SURE_MARGIN: Final = 5
_CANDIDATES: Final = 5
# 有限责任公司 · 股份有限公司 · 集团有限公司: what names of one firm differ in
_FORM: Final = re.compile(r"(?:集团)?(?:股份)?(?:有限)?(?:责任)?(?:公司|厂|合作社)$")
# 浙江省 · 嘉兴市: places in front that one entry writes and the other leaves out
_PLACE: Final = re.compile(r"^(?:浙江省?|嘉兴市?|中国)+")
_NOISE: Final = re.compile(r"[\s()（）【】\[\]·.,，。、“”\"'《》-]+")


@dataclass(frozen=True, slots=True)
class KnownFirm:
    """「在册企业」 code: its unified code; names: the present one first, then former ones."""

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """「待认的名字」 key: where it stands (register and row); code may be empty."""

    key: str
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Matched:
    """「认定同一」 An entry and the firm that it is, and how that was decided."""

    entry: Entry
    code: str
    how: How


@dataclass(frozen=True, slots=True)
class Candidate:
    """「可能同一」 score: likeness of the normalised names, 0–100; reason: what speaks for it and against it."""

    code: str
    name: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """「待合并」 One entry of the merge queue: a person picks a candidate, or says that it is another firm. why: what was missing."""

    entry: Entry
    why: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """「合并记录」 entry_key is the firm `code`, as decided by a person; undone_on: the day that this was taken back."""

    entry_key: str
    code: str
    by: str
    on: date
    reason: str
    undone_on: date | None = None
    undone_by: str = ""


def normal_name(name: str) -> str:
    """「规范名」 浙江 示例光电（集团）股份有限公司 → 示例光电: width, brackets, places in front and legal form are not the name."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", name)).upper()
    bare = _FORM.sub("", _PLACE.sub("", plain))
    return bare if len(bare) >= 2 else plain


def match_entries(
    entries: Iterable[Entry], firms: Iterable[KnownFirm], merges: Iterable[Merge] = (), as_of: date | None = None
) -> tuple[tuple[Matched, ...], tuple[Undecided, ...]]:
    """「认企业」 What is decided, and what a person must decide. merges: those in force on the day are obeyed before everything but a code."""
    register = _Register(tuple(firms))
    decided = {merge.entry_key: merge.code for merge in merges if _in_force(merge, as_of)}
    matched: list[Matched] = []
    queue: list[Undecided] = []
    for entry in entries:
        found = register.match(entry, decided.get(entry.key))
        if isinstance(found, Matched):
            matched.append(found)
        else:
            queue.append(found)
    return tuple(matched), tuple(queue)


def undo(merge: Merge, on: date, by: str) -> Merge:
    """「撤销合并」 The fact stays; from that day on it decides nothing."""
    return Merge(merge.entry_key, merge.code, merge.by, merge.on, merge.reason, on, by)


def doubles(spec_key: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[tuple[str, str], ...]:
    """「疑似重复」 Pairs of keys whose same-thing values are the same once written alike. In: (key, values) of every record."""
    first: dict[tuple[str, ...], str] = {}
    pairs = []
    for key, values in spec_key:
        alike = tuple(normal_name(value) for value in values)
        if not all(alike):
            continue
        kept = first.setdefault(alike, key)
        if kept != key and (kept, key) not in pairs:
            pairs.append((kept, key))
    return tuple(pairs)


def _in_force(merge: Merge, as_of: date | None) -> bool:
    return merge.undone_on is None if as_of is None else merge.on <= as_of and (merge.undone_on is None or as_of < merge.undone_on)


class _Register:
    """The known firms, by code and by name."""

    def __init__(self, firms: tuple[KnownFirm, ...]) -> None:
        self.names = {firm.code: firm.names[0] for firm in firms}
        self.now: dict[str, set[str]] = {}
        self.before: dict[str, set[str]] = {}
        for firm in firms:
            self.now.setdefault(normal_name(firm.names[0]), set()).add(firm.code)
            for name in firm.names[1:]:
                self.before.setdefault(normal_name(name), set()).add(firm.code)
        self.all: Mapping[str, set[str]] = {name: self.now.get(name, set()) | self.before.get(name, set()) for name in {*self.now, *self.before}}

    def match(self, entry: Entry, merged: str | None) -> Matched | Undecided:
        if entry.code and is_uscc(entry.code):
            if entry.code in self.names:
                return self._by_code(entry)
            return Undecided(entry, "信用代码正确，名录里还没有这家企业：请先在企业名录补登", ())
        if merged in self.names and merged is not None:
            return Matched(entry, merged, "person")
        broken = "信用代码校验不过；" if entry.code else ""
        name = normal_name(entry.name)
        for how, book in (("name", self.now), ("former_name", self.before)):
            codes = book.get(name, set())
            if len(codes) == 1 and not broken:
                return Matched(entry, next(iter(codes)), how)  # type: ignore[arg-type]
            if codes:
                why = f"{broken}名称相同的企业有{len(codes)}家" if len(codes) > 1 else f"{broken}名称对得上，代码要核对"
                return Undecided(entry, why, tuple(self._candidate(code, 100.0, "名称相同") for code in sorted(codes)))
        return Undecided(entry, f"{broken}名录里没有同名的企业；只凭名称不能新建", self._likely(name))

    def _by_code(self, entry: Entry) -> Matched | Undecided:
        """A right code decides, unless the name is quite another one: then the code may have been copied from another row."""
        known = self.names[entry.code]
        names = [name for name, codes in self.all.items() if entry.code in codes]
        if not entry.name or max(fuzz.ratio(normal_name(entry.name), name) for name in names) >= LIKELY / 2:
            return Matched(entry, entry.code, "code")
        reason = f"代码是“{known}”的，写的名称却是“{entry.name}”"
        return Undecided(entry, reason, (Candidate(entry.code, known, 0.0, reason),))

    def _likely(self, name: str) -> tuple[Candidate, ...]:
        found = process.extract(name, list(self.all), scorer=fuzz.ratio, score_cutoff=LIKELY, limit=_CANDIDATES)
        close = len(found) > 1 and found[0][1] - found[1][1] < SURE_MARGIN
        return tuple(
            self._candidate(code, score, f"名称相似{score:.0f}%" + ("，另有一家差不多相似" if close else ""))
            for other, score, _ in found for code in sorted(self.all[other])
        )

    def _candidate(self, code: str, score: float, reason: str) -> Candidate:
        return Candidate(code, self.names[code], round(score, 1), reason)
