"""Reads about people, posts and units."""

from __future__ import annotations

from luoshi.store.models import PersonRecord


def is_set_up() -> bool:
    """Whether anybody is there."""
    return PersonRecord.objects.exists()
