"""Which rows behind a figure a person may open. In: the person's names, a story, an item, rows. Out: addresses by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from django.urls import reverse

from luoshi.indicator.figure import Figure
from luoshi.publish.register_rows import RegisterLine, cards_of, sources_of, thing_of
from luoshi.register.record import field_of
from luoshi.status.stand import Item
from luoshi.store.queries.registers import see_register
from luoshi.store.queries.story import Told


def links_of(names: frozenset[str] | None, told: Told, item: Item, on: str, list_id: int, keys: Iterable[str]) -> Mapping[str, str]:
    """Row key → address of its record, for those of these rows that may be opened."""
    return links_behind(names, told, item.figure.indicator, on, list_id, keys) if item.figure else {}


def links_behind(names: frozenset[str] | None, told: Told, indicator: str, on: str, list_id: int, keys: Iterable[str]) -> Mapping[str, str]:
    """The same of an indicator, and of those that are shown beside it."""
    wanted, links = frozenset(keys), dict[str, str]()
    specs = told.pack.indicators
    sources = {source for name in (indicator, *specs[indicator].shadows) for source in sources_of(specs[name])}
    for card in cards_of(told.pack):
        if card.name in sources:
            named = {one.title: one.name for one in told.pack.deliverables[card.name].items} if card.name in told.pack.deliverables else {}
            for line in see_register(told, card, names).lines:      # of a deliverable, its last stage
                key = named.get(thing_of(told.pack, card.name, line.key), "") if named else line.key
                judged = _subject(told, card.name, line)
                if judged in wanted:
                    links.setdefault(judged, f"{reverse('verdict', args=(list_id, card.name))}?of={quote(judged)}{on.replace('?', '&', 1)}")
                elif key in wanted and (named or key not in links):
                    links[key] = reverse("record", args=(list_id, card.name, line.key)) + on
    return links


def _subject(told: Told, name: str, line: RegisterLine) -> str:
    """Of a judgement, whom it is about: the figure's row is the subject, and its way leads to all that was said of it."""
    spec = told.pack.registers.get(name)
    if spec is None or spec.rubric is None:
        return ""
    return dict(line.now.cells).get(field_of(spec, spec.rubric.subject).title, "")


def keys_behind(item: Item) -> frozenset[str]:
    """Every row that the item's figure and its shadows were told with."""
    return keys_of(item.figure) if item.figure else frozenset()


def keys_of(figure: Figure) -> frozenset[str]:
    """Every row that a figure and its shadows were told with."""
    shadows = (row for shadow in figure.shadows for row in shadow.because.counted)
    return frozenset(row.key for row in (*figure.because.counted, *figure.because.excluded, *shadows))
