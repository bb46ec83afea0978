"""The office's work on a document in a browser: questions one by one, edits, undo, what was missed, the confirmation; at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import DESK, PHONE, context_of, needs_chromium, show
from tests.browser.pages import confirm_all_the_same, upload
from tests.browser.site import Site
from tests.browser.soundness import axe, too_wide

pytestmark = needs_chromium


@pytest.fixture(params=[DESK, PHONE])
def office(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[tuple[Page, int]]:
    with context_of(browser, site, "ducha") as context, context.new_page() as page:
        show(page, request.param)
        upload(page, f"改一改的清单（示例）{request.param}")
        yield page, request.param


def sound(page: Page, width: int) -> list[str]:
    return too_wide(page, str(width)) + axe(page, str(width))


def test_a_document_is_answered_edited_and_confirmed(office: tuple[Page, int]) -> None:
    page, width = office
    here = page.url.partition("#")[0]
    answer_first(page, width)
    page.goto(here)
    edit_first_target(page, width)
    page.click("button[value=undo]")
    assert "已撤销：改指标" in page.locator(".said").inner_text()
    page.click("button[value=redo]")
    assert "已重做：改指标" in page.locator(".said").inner_text()
    add_by_selecting(page, width)
    page.goto(here)
    confirm_all_the_same(page)
    assert "10项任务、38条举措" in page.locator(".said").inner_text()


def answer_first(page: Page, width: int) -> None:
    page.click("#questions ~ a")
    assert page.locator("h1").inner_text().startswith("1 / ")
    assert sound(page, width) == []
    page.click("text=跳过")
    assert page.locator("h1").inner_text().startswith("2 / ")
    page.click("text=上一问")
    page.locator(".btns.big button").first.click()
    assert not page.locator("h1").inner_text().startswith("1 / ")


def edit_first_target(page: Page, width: int) -> None:
    link = page.locator("a.edit[href*=target]").first
    link.click()
    value = page.locator("[name=value]")
    before = value.input_value()
    value.fill("许多")
    page.click("button[value=change]")
    assert page.locator(".problem").first.is_visible()
    assert sound(page, width) == []
    value.fill(str(int(before) + 1))
    page.click("button[value=change]")
    assert f"由“{before}”改为“{int(before) + 1}”" in page.locator(".said").inner_text()
    assert page.locator(":target").is_visible()
    assert sound(page, width) == []


def add_by_selecting(page: Page, width: int) -> None:
    """Words selected in the document go along to the form."""
    page.evaluate("() => document.getSelection().selectAllChildren(document.querySelector('.doc td mark.c, .doc mark.c'))")
    page.wait_for_function("document.getElementById('add').href.includes('quote=')")
    page.click("#add")
    assert "找到了" in page.locator(".title").inner_text()
    assert sound(page, width) == []


def test_a_mark_leads_to_its_noun_and_back(office: tuple[Page, int]) -> None:
    page, _width = office
    page.locator(".doc mark.q > a").first.click()
    there = page.locator(".plan :target")
    assert there.is_visible()
    there.locator("b a").first.click()
    assert page.locator(".doc :target").is_visible()
