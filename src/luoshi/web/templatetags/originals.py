"""What a promise asked for when it was first confirmed, beside what it asks for now. In: a line of the board, the version. Out: words."""

from __future__ import annotations

from typing import Any

from django import template

from luoshi.status.stand import Item

register = template.Library()


@register.filter
def original(item: Item, version: Any) -> dict[str, str] | None:
    """text, version, reason; None where it never changed."""
    found = (version.carried if version else {}).get("originals", {}).get(item.promise.id)
    return dict(found) if found else None
