"""Every page in a browser: axe finds nothing, light or dark, at a desk or on a phone; nothing scrolls sideways; no complaint, no English."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.chromium import DESK, PHONE, SMALLEST, context_of, needs_chromium, show
from tests.browser.pages import DOCUMENT, PAGES, Shown, go
from tests.browser.site import SETUP, Site, running
from tests.browser.soundness import ENGLISH, Heard, axe, english, too_wide

pytestmark = needs_chromium
NAMES = frozenset(ENGLISH.findall(DOCUMENT.read_text("utf-8"))) | {"li", "wei"}
"""What the list itself writes so (GDP), and the example of a sign-in name."""
PASSWORD = "xiangcun-7281-qiaoliang"
PAIRS = [(width, theme) for width in (DESK, PHONE) for theme in ("light", "dark")]
"""All four of every page by `make walks`; otherwise by turns light at a desk and dark on a phone: axe takes seconds on a long page."""
Contexts = dict[str, BrowserContext]


@pytest.fixture(scope="module")
def contexts(browser: Browser, site: Site) -> Iterator[Contexts]:
    made: Contexts = {name: context_of(browser, site, name) for name in {shown.by for shown in PAGES}}
    yield made
    for context in made.values():
        context.close()


def problems(context: BrowserContext, site: Site, shown: Shown) -> list[str]:
    """Axe in one theme and width, or in all, of one load; at the smallest width nothing scrolls sideways."""
    with context.new_page() as page:
        heard = Heard(shown.status)
        heard.listen(page)
        show(page, DESK)
        status = go(page, site, shown)
        page.locator("[hx-trigger=load]").wait_for(state="detached")
        found = [] if status == shown.status else [f"answered {status}, not {shown.status}", site.said()[-2000:]]
        found += english(page, NAMES | frozenset(site.passwords)) if shown.in_chinese else []
        found += too_wide(page, "1280")
        by_turns = PAIRS[0] if sum(shown.name.encode()) % 2 else PAIRS[3]
        for width, theme in PAIRS if os.environ.get("EVERY_PAIR") else (by_turns,):
            show(page, width, theme)
            found += axe(page, f"{width} {theme}")
        show(page, SMALLEST)
        return found + too_wide(page, "360") + heard.words


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_a_page_is_sound_in_its_theme_and_at_its_width(contexts: Contexts, site: Site, shown: Shown) -> None:
    assert problems(contexts[shown.by], site, shown) == []


def test_the_set_up_page_is_sound_and_makes_the_first_administrator(browser: Browser, tmp_path: Path) -> None:
    with running(tmp_path, "serve", 8790) as empty, context_of(browser, empty) as context:
        link = SETUP.search(empty.said())
        assert link
        address = link[1].removeprefix(empty.address)
        assert problems(context, empty, Shown("set-up", "", address)) == []
        with context.new_page() as page:
            page.goto(address)
            for field, words in (("username", "guanli"), ("name", "顾明远"), ("password", PASSWORD), ("again", PASSWORD)):
                page.fill(f"#id_{field}", words)
            page.click("main button[type=submit]")
            assert page.url.endswith("/sign-in/")
