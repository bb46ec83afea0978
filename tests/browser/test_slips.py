"""A week of slips in a browser: the Monday list leads to the act, a unit answers on a phone, another person verifies, the slip prints on one page."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import context_of, needs_chromium
from tests.browser.pages import LIST
from tests.browser.site import Site
from tests.browser.soundness import axe

pytestmark = needs_chromium


def page_of(browser: Browser, site: Site, username: str) -> Page:
    return context_of(browser, site, username).new_page()


def test_the_monday_list_leads_to_the_act_in_one_click(browser: Browser, site: Site) -> None:
    office = page_of(browser, site, "ducha")
    office.goto(f"{LIST}monday/")
    assert "今天要联系" in office.locator("h1").inner_text()
    office.locator("tr:has(.kind:has-text('申请延期')) a.btn").first.click()
    assert office.locator("#id_extend-due_on").input_value() == "2019-10-31"
    office.click("button[value=extend]")
    assert "批准延期" in office.locator(".said").inner_text()
    assert "原定2019年10月15日" in office.locator(".sheet").inner_text()
    office.goto(f"{LIST}monday/?group=等我决定")
    assert office.locator(".kind:has-text('申请延期')").count() == 0


def test_a_unit_answers_on_a_phone_and_another_person_verifies(browser: Browser, site: Site) -> None:
    liaison, checker, office = (page_of(browser, site, name) for name in ("jingxin", "heyan", "ducha"))
    liaison.set_viewport_size({"width": 360, "height": 740})
    liaison.goto(f"{LIST}slips/")
    liaison.locator("main tbody a:has-text('加快推进“新三板”挂牌企业')").click()
    where = liaison.url
    assert liaison.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(liaison, "slip on a phone") == []
    liaison.fill("#id_reply-text", "已说明原因，10月起每周报进展（示例）。")
    liaison.click("button[value=reply]")
    assert "已回复，待核验" in liaison.locator(".meta").first.inner_text()
    checker.goto(where)
    checker.locator("details:has(#id_verify-text)").evaluate_all("all => all.forEach(each => each.open = true)")
    checker.fill("#id_verify-text", "看了书面说明和后备名单（示例）。")
    checker.fill("#id_verify-place", "资料核验")
    checker.click("button[value=verify]")
    office.goto(where)
    office.click("button[value=close]")
    assert "已销号" in office.locator(".meta").first.inner_text()


def test_a_proposal_becomes_a_draft_by_one_click_and_a_slip_prints_on_one_page(browser: Browser, site: Site) -> None:
    office = page_of(browser, site, "ducha")
    office.goto(f"{LIST}slips/")
    office.locator("button:has-text('拟成草稿')").first.click()
    assert "还没有发出" in office.locator(".said").inner_text()
    office.click("button[value=issue]")
    assert "示例督〔2019〕" in office.locator(".sheet .no").inner_text()
    assert len(pypdfium2.PdfDocument(io.BytesIO(office.pdf(prefer_css_page_size=True)))) == 1


@pytest.mark.parametrize("where", ["monday/", "slips/", "slips/new/", "office/"])
def test_the_pages_of_the_office_are_accessible(browser: Browser, site: Site, where: str) -> None:
    office = page_of(browser, site, "ducha")
    office.goto(f"{LIST}{where}")
    assert axe(office, where) == []
