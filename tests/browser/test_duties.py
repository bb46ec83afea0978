"""My duties and the report in a browser: sound at a desk and on a phone; a draft outlives a lost connection; without it nothing is missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.chromium import DESK, PHONE, context_of, needs_chromium, show
from tests.browser.pages import LIST
from tests.browser.site import Site
from tests.browser.soundness import Heard, axe, too_wide

pytestmark = needs_chromium
UNIT = (f"{LIST}my-duties/", f"{LIST}my-duties/?period=2019-08", f"{LIST}contributions/", "/calendar/")
OFFICE = (f"{LIST}cycles/", f"{LIST}burden/", f"{LIST}burden/?unit=市经信局", f"{LIST}same-matters/", f"{LIST}contributions/")


@pytest.fixture(scope="module")
def unit(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    with context_of(browser, site, "jingxin") as context:
        yield context


@pytest.fixture(scope="module")
def office(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    with context_of(browser, site, "ducha") as context:
        yield context


def problems(page: Page, address: str) -> list[str]:
    heard = Heard()
    heard.listen(page)
    page.goto(address)
    found = []
    for width in (DESK, PHONE):
        show(page, width)
        found += axe(page, f"{address} {width}") + too_wide(page, f"{address} {width}")
    return found + heard.words


def test_the_pages_of_a_unit_are_sound(unit: BrowserContext) -> None:
    with unit.new_page() as page:
        assert [words for address in UNIT for words in problems(page, address)] == []


def test_the_pages_of_the_office_are_sound(office: BrowserContext) -> None:
    with office.new_page() as page:
        assert [words for address in OFFICE for words in problems(page, address)] == []


def test_one_contribution_and_the_form_for_another_are_sound(unit: BrowserContext) -> None:
    with unit.new_page() as page:
        for which in (".owe a.row[href*='/contributions/']:not([href*=new]) >> nth=0", ".owe a.row[href*=new] >> nth=0"):
            page.goto(f"{LIST}contributions/")
            assert problems(page, page.locator(which).evaluate("link => link.href")) == []


def first_report(page: Page) -> str:
    page.goto(f"{LIST}my-duties/")
    address: str = page.locator(".owe a.row[href*='/reports/']").first.evaluate("link => link.href")
    return address


def test_what_was_typed_when_the_connection_was_lost_is_offered_again(unit: BrowserContext) -> None:
    with unit.new_page() as page:
        show(page, PHONE)
        address = first_report(page)
        page.goto(address)
        words = page.locator("[name=next_step]").input_value() + "示例：断网前写的一句。"
        page.locator("[name=next_step]").fill(words)
        page.wait_for_timeout(600)      # kept a moment after the last key; then the page is gone, as with a connection that is lost
        page.goto(address)
        page.locator("[data-restore]").wait_for(state="visible")
        assert axe(page, "offered again") == []
        page.locator("[data-take]").click()
        assert page.locator("[name=next_step]").input_value() == words
        page.locator("button[value=save]").click()
        page.wait_for_load_state()
        page.goto(address)
        assert not page.locator("[data-restore]").is_visible()
        assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('luoshi.draft.')).length") == 0
