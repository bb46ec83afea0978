"""Which rows behind a figure a person may open. In: the person's names, a story, an item, rows. Out: addresses by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse

from luoshi.publish.register_rows import cards_of, sources_of
from luoshi.status.stand import Item
from luoshi.store.queries.registers import see_register
from luoshi.store.queries.story import Told


def links_of(names: frozenset[str] | None, told: Told, item: Item, on: str, list_id: int, keys: Iterable[str]) -> Mapping[str, str]:
    """Row key → address of its record, for those of these rows that may be opened."""
    if item.figure is None:
        return {}
    wanted, links = frozenset(keys), dict[str, str]()
    for card in cards_of(told.pack):
        if card.name in sources_of(told.pack.indicators[item.figure.indicator]):
            for line in see_register(told, card, names).lines:
                if line.key in wanted:
                    links.setdefault(line.key, reverse("record", args=(list_id, card.name, line.key)) + on)
    return links


def keys_behind(item: Item) -> frozenset[str]:
    """Every row that the item's figure and its shadows were told with."""
    if item.figure is None:
        return frozenset()
    because = item.figure.because
    shadows = (row for shadow in item.figure.shadows for row in shadow.because.counted)
    return frozenset(row.key for row in (*because.counted, *because.excluded, *shadows))
