"""怎么算 and 细看 in a browser: a target is agreed on from the page alone, previewed, confirmed, restored; at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import DESK, PHONE, context_of, needs_chromium, show
from tests.browser.pages import LIST
from tests.browser.site import Site
from tests.browser.soundness import axe, too_wide

pytestmark = needs_chromium


@pytest.fixture(params=[DESK, PHONE])
def office(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[tuple[Page, int]]:
    with context_of(browser, site, "ducha") as context, context.new_page() as page:
        show(page, request.param)
        page.goto(LIST)
        page.goto(page.locator("td.n a.val").first.evaluate("link => link.href"))
        yield page, request.param


def sound(page: Page, width: int) -> list[str]:
    return too_wide(page, str(width)) + axe(page, str(width))


def test_a_target_is_agreed_on_previewed_and_given_back_to_the_pack(office: tuple[Page, int]) -> None:
    page, width = office
    page.click("main a[href*='/count/']")
    page.click("main a[href*='use=register%3Aplatform']")
    assert sound(page, width) == []
    page.click("button[value=confirm]")
    assert "口径要写清楚" in page.locator("main").inner_text()
    assert sound(page, width) == []
    page.fill("#id_scope", "示例：勘测报告为准，合并的算一个。")
    page.click("button[value=preview]")
    assert "还没有保存" in page.locator("main").inner_text()
    assert sound(page, width) == []
    page.click("button[value=confirm]")
    assert "在“怎么算”约定" in page.locator("main").inner_text()
    page.click("main a[href*='/count/']")
    page.locator("button[value=restore]").last.click()
    assert "已经恢复" in page.locator(".said").inner_text()


def test_a_figure_is_looked_at_down_to_its_rows(office: tuple[Page, int]) -> None:
    page, width = office
    page.click("main a[href*='see=district']")
    page.locator("main tbody a").first.click()
    assert "没有计入的" in page.locator("main").inner_text()
    assert sound(page, width) == []
    page.click("main a[href*='see=moved']")
    assert sound(page, width) == []
