"""Every address, as one literal list of pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from luoshi.web import board, lists, set_up, sign_in

PAGES = (sign_in, set_up, lists, board)
urlpatterns: list[URLPattern | URLResolver] = [pattern for each in PAGES for pattern in each.urlpatterns]
