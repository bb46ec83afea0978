"""With JavaScript switched off everything still works: the browser only shows pages and sends forms."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import context_of, needs_chromium
from tests.browser.pages import confirm_all_the_same, upload
from tests.browser.site import Site

pytestmark = needs_chromium


@pytest.fixture
def office(browser: Browser, site: Site) -> Iterator[Page]:
    with context_of(browser, site, "ducha", script=False) as context:
        yield context.new_page()


def test_the_board_and_a_figure_are_read_without_script(office: Page) -> None:
    office.goto("/lists/1/?months=1")
    assert office.locator(".tasks tbody").count() == 10
    assert office.locator(".heat tbody tr").count() > 5
    office.click("tr:has(th.name:has-text('低效用地')) td.n a")
    assert office.locator(".trend svg.chart").is_visible()
    assert not office.locator(".trend .picture").first.is_visible()
    assert "6000亩" in office.locator(".paper-quote mark").inner_text()


def test_a_document_comes_in_without_script(office: Page) -> None:
    upload(office, "不用脚本的清单（示例）")
    assert "读出10项任务、38条举措、" in office.locator(".title").inner_text()
    office.check(".choices >> nth=0 >> input >> nth=0")
    office.click("button[value=answer]")
    assert office.locator(".choices >> nth=0 >> input >> nth=0").is_checked()
    confirm_all_the_same(office)
    assert "已确认为第1版方案" in office.locator(".said").inner_text()
    assert office.locator(".tasks tbody").count() == 10


def test_a_unit_reports_without_script(browser: Browser, site: Site) -> None:
    with context_of(browser, site, "fagai", script=False) as context, context.new_page() as page:
        page.goto("/lists/1/my-duties/")
        page.locator(".owe a.row[href*=reports]").first.click()
        page.fill("#id_progress", "")
        page.click("button[value=submit]")
        assert page.locator(".problems").is_visible()
        page.fill("#id_progress", "9月按计划推进（示例）。")
        page.click("button[value=submit]")
        assert "已提交" in page.locator(".said").inner_text()
