"""Pass 1: where the list stands: in a table, in several that are one, or in the running text. In: a document. Out: `Draft` with the table,
its columns, title and year; or with the rows of the running text.

Where several could be it, the likeliest is read and the others are offered.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from luoshi.compiler.combined import combine_tables
from luoshi.compiler.draft import Draft, tidy
from luoshi.compiler.joined import ANNEX, TITLE_WORD, Listed, join_tables
from luoshi.compiler.layout_findings import missing_columns, no_list, not_there, other_lists, unknown_columns
from luoshi.compiler.outline import is_date, marker_of
from luoshi.compiler.running import Running, read_running, running_rows
from luoshi.compiler.same_tasks import find_same_tasks
from luoshi.lexicon.written import place_words
from luoshi.reading.source import Paragraph, Table

TEXT = "text"
"""The place of the running text, where a person chooses it."""
LONGEST_TITLE = 80
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")                                       # 2019年重点工作
_YEARS = re.compile(r"(20\d\d)年?[-—–~～至到]+(20\d\d)年")                        # （2023—2025年）
_FIRST_LINES = 12
_SAYING = frozenset(("title", "measure", "goal", "stage", "lead", "support", "responsible", "due", "no"))


def choose_list(draft: Draft) -> Draft:
    """Find the list among the tables and the running text; say so where there is none, or a choice."""
    blocks = draft.document.blocks
    tables = join_tables(blocks)
    lists = [one for one in tables if one.header.is_list and (one.table.rows > one.header.end or len(tables) == 1)]
    named = _with_title(draft, max(lists, key=_size) if lists else None)
    running = read_running(draft.document, named.year, named.title, draft.calendar)
    same = find_same_tasks(running, lists)
    table = _choose_table(draft, lists, running, bool(same))
    if table is None and not running.tasks:
        return _with_title(draft, None).found(no_list(draft.document.name, bool(tables)))
    draft = _with_title(draft, table)
    if draft.wanted and not (table.together or is_wanted(draft.wanted, table) if table else draft.wanted in {TEXT, "正文"}):
        draft = draft.found(not_there(draft.wanted, table))
    if table is None:
        draft = running_rows(draft, running)
    else:
        draft = replace(draft, table=table.table, columns=table.header.columns, header_end=table.header.end, bands=table.bands)
        draft = draft.found(*missing_columns(table), *unknown_columns(table))
    return draft.found(*other_lists(table, tables, running, same))


def _size(one: Listed) -> tuple[int, int]:
    """The fullest header, then the most rows."""
    return len({c.kind for c in one.header.columns} & _SAYING), one.table.rows


def _choose_table(draft: Draft, lists: list[Listed], running: Running, same: bool) -> Listed | None:
    """What a person wanted; else the fullest table, unless the running text names more units and says other things."""
    if draft.wanted in {TEXT, "正文"} and running.tasks:
        return None
    wanted = wanted_of(draft.wanted, lists)
    if wanted or not lists:
        return combine_tables(wanted) if wanted else None
    fullest = max(lists, key=_size)
    has_units = any(c.kind in {"lead", "support", "responsible"} for c in fullest.header.columns)
    rows = fullest.table.rows - fullest.header.end if has_units else 0
    return None if not same and running.with_units > max(rows, 1) else fullest


def wanted_of(wanted: str | None, lists: list[Listed]) -> list[Listed]:
    """The table, or the tables with commas between them (表1,表2), that a person wants; none where one of them is no list of the document."""
    whole = [one for one in lists if is_wanted(wanted, one)]
    names = [name.strip() for name in re.split("[,，、]", wanted or "")]
    if whole or not all(any(is_wanted(name, one) for one in lists) for name in names):
        return whole[:1]
    return [one for one in lists if any(is_wanted(name, one) for name in names)]


def is_wanted(wanted: str | None, one: Listed) -> bool:
    """A person may write the place as the program does (table 2) or as the findings print it (表2)."""
    return wanted is not None and any(wanted in {place, place_words(place)} for place in one.parts)


def _with_title(draft: Draft, table: Listed | None) -> Draft:
    """The last line before the list that sounds like a title; else the file's own title, else its name."""
    document = draft.document
    above: list[str] = []
    for block in document.blocks:
        if table is not None and isinstance(block, Table) and block.place == table.place:
            break
        if isinstance(block, Paragraph) and (table is not None or len(above) < _FIRST_LINES):
            if table is None and marker_of(tidy(block.text))[0]:
                break
            above.append(tidy(block.text))
    if table is not None:
        above += [tidy(c.text) for c in table.table.cells if c.row < table.header.start and c.text.strip()]
    lines = [x for x in above if x and not ANNEX.match(x)]
    titles = [x for x in lines if TITLE_WORD.search(x) and len(x) <= LONGEST_TITLE and not x.endswith(("。", "：", "；")) and not marker_of(x)[0]]
    first = [x for x in lines[:1] if len(x) <= LONGEST_TITLE]
    best = (titles[-1:] if table is not None else titles[:1])
    title = next(x for x in (*best, document.title or "", *first, document.name) if x)
    given = draft.given_year
    year, last_year = (given, None) if given else read_years(title, draft, table)
    return replace(draft, title=title, year=year, last_year=last_year)


def read_years(title: str, draft: Draft, table: Listed | None) -> tuple[int | None, int | None]:
    """The year the list is for, and the last of a plan of several years: in the title; else of the goal columns; else, for a table, the
    one most often written (the earliest of equals: later ones are mostly aims), for running text that of its date."""
    span = _YEARS.search(title)
    if span:
        return int(span[1]), int(span[2])
    named = _YEAR.findall(title)
    if named:
        return int(named[-1]), None
    goals = [c.year for c in table.header.columns if c.year] if table else []
    if goals:
        return min(goals), max(goals)
    if table is None:
        dates = [b.text[:4] for b in draft.document.blocks if isinstance(b, Paragraph) and is_date(b.text) and b.text[:4].isdecimal()]
        return (int(dates[0]), None) if dates else (None, None)
    text = " ".join(b.text if isinstance(b, Paragraph) else " ".join(c.text for c in b.cells) for b in draft.document.blocks)
    years = Counter(_YEAR.findall(text))
    return (int(min(years, key=lambda y: (-years[y], y))) if years else None), None
