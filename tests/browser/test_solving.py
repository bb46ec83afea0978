"""Blockers, changes of targets, spot checks, meetings and the month in a browser: sound on a phone in the dark, and each goes its whole way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.chromium import PHONE, SMALLEST, context_of, needs_chromium, show
from tests.browser.pages import LIST, SOLVING, Shown, go
from tests.browser.site import Site
from tests.browser.soundness import Heard, axe, too_wide

pytestmark = needs_chromium
Contexts = dict[str, BrowserContext]
ELSEWHERE = {"cycles", "burden"}
"""Looked at by tests/browser/test_duties.py."""


@pytest.fixture(scope="module")
def contexts(browser: Browser, site: Site) -> Iterator[Contexts]:
    made: Contexts = {name: context_of(browser, site, name) for name in ("ducha", "jingxin", "lingdao", "heyan")}
    yield made
    for context in made.values():
        context.close()


@pytest.mark.parametrize("shown", [shown for shown in SOLVING if shown.name not in ELSEWHERE], ids=lambda shown: shown.name)
def test_a_page_of_solving_is_sound(contexts: Contexts, site: Site, shown: Shown) -> None:
    with contexts[shown.by].new_page() as page:
        heard = Heard()
        heard.listen(page)
        assert go(page, site, shown) == 200
        show(page, PHONE, "dark")
        found = axe(page, f"{shown.name} {PHONE}")
        show(page, SMALLEST)
        assert found + too_wide(page, f"{shown.name} {SMALLEST}") + heard.words == []


def test_a_meeting_is_convened_held_and_its_decision_goes_out_as_a_slip(contexts: Contexts) -> None:
    with contexts["ducha"].new_page() as page:
        page.goto(f"{LIST}meetings/")
        page.fill("#id_title", "十项任务推进会（示例，浏览器）")
        page.click("main form button[type=submit]")
        page.fill("#id_minutes", "逐项听了进展（示例）。")
        _decision(page)
        page.click("text=会开过了，议定的发成督办单")
        assert "已记下" in page.locator(".said").inner_text()
        assert "示例督〔2019〕" in page.locator("main table").first.inner_text()
        with page.expect_download() as minutes:
            page.click("text=纪要PDF")
        assert minutes.value.path().read_bytes().startswith(b"%PDF")


def _decision(page: Page) -> None:
    page.locator("details:has(#id_text1)").evaluate("each => each.open = true")
    page.fill("#id_text1", "由市经信局10月15日前报一份名单（示例）。")
    page.select_option("#id_organ1", label="市经信局")
    page.fill("#id_due1", "2019-10-15")


def test_a_spot_check_is_drawn_and_written_down_on_a_phone_with_its_photo(contexts: Contexts) -> None:
    with contexts["ducha"].new_page() as office, contexts["heyan"].new_page() as checker:
        office.goto(f"{LIST}samples/")
        office.fill("#id_title", "浏览器里抽的一批（示例）")
        office.click("main form button[type=submit]")
        assert "已抽出" in office.locator(".said").inner_text()
        show(checker, PHONE)
        checker.goto(office.url)
        checker.locator("main tbody a").first.click()
        checker.select_option("#id_result", "true")
        checker.fill("#id_where", "示例路1号")
        checker.set_input_files("#id_photo", {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": office.screenshot(type="jpeg")})
        checker.click("text=记下结果")
        assert "已记下：属实" in checker.locator(".said").inner_text()
        assert "查了1件" in checker.locator(".meta").inner_text()
