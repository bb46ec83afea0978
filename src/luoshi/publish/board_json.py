"""The board for programs. In: `Board`, its items. Out: JSON text `luoshi.board/1`, numbers exact as strings."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from luoshi.plan.plan import plain
from luoshi.publish.board import Board
from luoshi.status.stand import Item


def board_json(board: Board, items: tuple[Item, ...]) -> str:
    """Every line with its value, light and because."""
    return json.dumps(board_tree(board, items), ensure_ascii=False, indent=2)


def board_tree(board: Board, items: tuple[Item, ...]) -> dict[str, Any]:
    """The same as JSON types."""
    return {"schema": "luoshi.board/1", "title": board.title, "as_of": board.as_of.isoformat(), "counts": board.counts,
            "items": [item_tree(item) for item in items]}


def item_tree(item: Item) -> dict[str, Any]:
    """One line of the board: value, light, because."""
    standing, figure = item.standing, item.figure
    return {
        "number": item.number, "id": item.promise.id, "task": item.task.no, "title": item.title, "leads": list(item.leads),
        "class": item.binding.figure_class if item.binding else None, "indicator": item.binding.indicator if item.binding else None,
        "value_from": item.value_from, "value": _exact(item.value), "unit": standing.unit if standing else None,
        "target": _exact(standing.target) if standing else None, "planned": _exact(standing.planned) if standing else None,
        "observed_on": standing.observed_on.isoformat() if standing else None,
        "light": {"state": item.light.state, "word": item.light.word, "sentence": item.light.sentence, "gap": _exact(item.light.gap)},
        "because": plain(figure.because) if figure else None,
        "shadows": [{"indicator": s.indicator, "title": s.title, "value": _exact(s.value), "unit": s.unit}
                    for s in (figure.shadows if figure else ())],
        "reported": [plain(r) for r in item.reported], "source": plain(item.promise.source),
    }


def _exact(value: Decimal | None) -> str | None:
    """Exact decimals travel as text; 4 places are more than any document writes, and hide the tail of a division."""
    return None if value is None else f"{round(value, 4).normalize():f}"
