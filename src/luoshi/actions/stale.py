"""Somebody else was faster: what the form was made from is no longer so. In: nothing. Out: the refusal `Stale`, answered with 409."""

from __future__ import annotations


class Stale(Exception):
    """「过时」 str(error) is the Chinese message: what happened meanwhile, and what to do."""
