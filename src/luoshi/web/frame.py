"""What every page's frame shows. In: a request. Out: context: who, navigation, the list at hand, whether it is an example."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

NAVIGATION: tuple[tuple[str, Any, str], ...] = (
    # address name, words, right; shown where the list is known and the right is there
    ("board", _("总览"), "see_lists"), ("my_duties", _("我的事"), "file_report"), ("reviews", _("审核"), "see_reports"),
    ("registers", _("台账"), "see_registers"), ("bulletins", _("通报"), "make_bulletin"), ("imports", _("导入"), "import_document"))


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for templates/frame.html."""
    who = getattr(request, "who", None)
    match = request.resolver_match
    list_id = match.kwargs.get("list_id") if match else None
    shown = [(reverse(name, args=(list_id,)), words, match is not None and match.url_name == name)
             for name, words, right in NAVIGATION if who and list_id and who.may(right)]
    return {"who": who, "navigation": shown, "list_id": list_id}
