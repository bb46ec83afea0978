"""Where a matter's page is, by its kind. In: kind, list, matter. Out: an address; the board's, where no page shows that kind."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

NAMES: dict[str, str] = {"slip": "slip", "blocker": "blocker", "change": "change", "contribution": "contribution",
                         "incoming": "incoming"}


def case_link(kind: str, list_id: int, case_id: int) -> str:
    """/lists/1/slips/12/"""
    try:
        return reverse(NAMES[kind], args=(list_id, case_id))
    except NoReverseMatch:
        return reverse("board", args=(list_id,))
