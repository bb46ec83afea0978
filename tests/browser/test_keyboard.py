"""Without a mouse: past the navigation, and never lost."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import DESK, PHONE, context_of, needs_chromium, show
from tests.browser.pages import PAGES, go
from tests.browser.site import Site

pytestmark = needs_chromium
STOPS = 25
FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {what: e.outerHTML.slice(0, 120), tag: e.tagName, inside: !!e.closest('main'), skip: e.classList.contains('skip'),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight};
}"""


def tab(page: Page) -> dict[str, Any]:
    page.keyboard.press("Tab")
    found: dict[str, Any] = page.evaluate(FOCUSED)
    return found


def test_the_first_key_offers_the_way_past_the_navigation(browser: Browser, site: Site) -> None:
    with context_of(browser, site, "ducha") as context, context.new_page() as page:
        page.goto("/lists/1/")
        first = tab(page)
        assert first["skip"]
        assert first["seen"]
        page.keyboard.press("Enter")
        assert tab(page)["inside"]


@pytest.mark.parametrize(("name", "width"), [("board", DESK), ("target", DESK), ("import-before", DESK), ("report", PHONE), ("bulletin-draft", DESK),
                                             ("reviews", PHONE), ("people", PHONE)])
def test_it_is_always_seen_where_the_keyboard_is(browser: Browser, site: Site, name: str, width: int) -> None:
    shown = next(shown for shown in PAGES if shown.name == name)
    with context_of(browser, site, shown.by) as context, context.new_page() as page:
        show(page, width)
        go(page, site, shown)
        stops = [tab(page) for _ in range(STOPS)]
        reached = [stop for stop in stops if stop["tag"] != "BODY"]
        assert len(reached) >= 10
        assert [stop["what"] for stop in reached if not (stop["ring"] and stop["seen"])] == []


def test_a_person_signs_in_by_the_keyboard_alone(browser: Browser, site: Site) -> None:
    with context_of(browser, site) as context, context.new_page() as page:
        page.goto("/sign-in/")
        page.wait_for_function("document.activeElement.name === 'username'")     # the page puts the keyboard there by itself
        page.keyboard.type("keji")
        page.keyboard.press("Tab")
        page.keyboard.type(site.passwords["keji"])
        page.keyboard.press("Enter")
        page.wait_for_selector("form.who")
