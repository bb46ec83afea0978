"""Debian's Chromium, driven by playwright. In: REQUIRE_BROWSER. Out: a browser, or a loud skip that names the package."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.site import Site

PROGRAM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--lang=zh-CN"]
"""--lang: file and date fields are in the browser's own language, where chromium-l10n is installed."""
DESK, PHONE, SMALLEST = 1280, 390, 360
HEIGHTS = {DESK: 800, PHONE: 844, SMALLEST: 640}

needs_chromium = pytest.mark.skipif(not PROGRAM.exists() and os.environ.get("REQUIRE_BROWSER") != "1",
                                    reason="Chromium is missing, no page was looked at: apt-get install chromium")


@contextmanager
def opened() -> Iterator[Browser]:
    """Closed again with its event loop: Django refuses its database to a thread in which one runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=ARGUMENTS)
        yield browser
        browser.close()


def context_of(browser: Browser, site: Site, username: str = "", script: bool = True) -> BrowserContext:
    """Signed in as that person (once for each session), or as nobody."""
    if username and username not in site.kept:
        with browser.new_context(locale="zh-CN") as first:
            first.set_default_navigation_timeout(60_000)
            sign_in(first.new_page(), site, username)
            site.kept[username] = first.storage_state()
    made = browser.new_context(locale="zh-CN", java_script_enabled=script, storage_state=site.kept.get(username), base_url=site.address,
                               viewport={"width": DESK, "height": HEIGHTS[DESK]}, timezone_id="Asia/Shanghai", accept_downloads=True)
    made.set_default_timeout(10_000)
    made.set_default_navigation_timeout(60_000)
    return made


def sign_in(page: Page, site: Site, username: str) -> None:
    page.goto(f"{site.address}/sign-in/")
    page.fill("#id_username", username)
    page.fill("#id_password", site.passwords[username])
    page.click("main button[type=submit]")
    page.wait_for_selector("form.who")


def show(page: Page, width: int, theme: str = "light") -> None:
    """As wide as that, in that theme, without loading the page again."""
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.wait_for_timeout(150)     # pictures are drawn anew in the frames after
