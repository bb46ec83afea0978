"""Judging in a browser: the office begins a round, a judge on a phone declares, scores and signs, a tied one is refused; and a register of
the office's own is made from an empty page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import DESK, PHONE, context_of, needs_chromium, show
from tests.browser.pages import LIST
from tests.browser.site import Site
from tests.browser.soundness import axe, too_wide

pytestmark = needs_chromium
TIED, FREE = "示例禾城科技担保", "示例新科技支行"
"""The judge of the example is registered as tied to the first."""


def sound(page: Page, width: int) -> list[str]:
    show(page, width)
    return too_wide(page, str(width)) + axe(page, str(width))


@pytest.fixture
def judges(browser: Browser, site: Site) -> None:
    """Three more people with a judge's post, by the administrator's page."""
    if "pw1" in site.passwords:
        return
    with context_of(browser, site, "admin") as context, context.new_page() as page:
        for n in (1, 2, 3):
            page.goto("/people/new/")
            page.fill("#id_username", f"pw{n}")
            page.fill("#id_name", f"评审{n}（示例）")
            page.select_option("#id_role", "judge")
            page.click("main button[type=submit]")
            found = re.search(r"[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}", page.locator("main").inner_text())
            assert found is not None
            site.passwords[f"pw{n}"] = found[0]


@pytest.mark.usefixtures("judges")
def test_a_round_from_its_beginning_to_the_signature(browser: Browser, site: Site) -> None:
    with context_of(browser, site, "ducha") as context, context.new_page() as office:
        office.goto(f"{LIST}registers/")
        office.click("main a[href$='/rounds/']")
        assert sound(office, DESK) == []
        office.click("main a[href$='/scitech_review/rounds/new/']")
        office.fill("#id_title", "科技金融企业评定（示例）")
        office.fill("#id_subjects", f"{FREE}\n{TIED}")
        for place, box in enumerate(office.locator("input[name=judge]").all()):
            box.check()
            unit = office.locator("input[name^=unit_]").nth(place)
            unit.fill(unit.input_value() or f"示例大学{place}")
        assert sound(office, PHONE) == []
        office.click("main form button[type=submit]")
        assert "回避1张" in office.locator("main").inner_text()
        assert sound(office, PHONE) == []
        round = office.url
        with context_of(browser, site, "pingwei") as other, other.new_page() as judge:
            judge.goto("/")
            judge.locator("main tbody a", has_text=FREE).click()
            assert sound(judge, PHONE) == []
            judge.check("input[value=无]")
            judge.click("button[value=declare]")
            judge.click("button[value=sign]")
            assert "没有打分" in judge.locator("main").inner_text()
            for field, points in (("scale", "25"), ("served", "24"), ("novelty", "16"), ("risk", "15")):
                judge.fill(f"#id_{field}", points)
            judge.select_option("#id_opinion", "有影响力")
            judge.fill("#id_words", "示例：服务企业多。")
            assert sound(judge, PHONE) == []
            mine = judge.url
            judge.click("button[value=sign]")
            assert "已签定" in judge.locator(".said").inner_text()
            number = int(mine.rstrip("/").rpartition("/")[2])
            barred = [judge.goto(f"/sheets/{n}/") for n in range(number, number + 8)]
            assert [answer.status for answer in barred if answer and answer.status == 403] == [403]
        office.goto(round)
        office.check("input[name=sure]")
        office.click("button[value=lock]")
        assert "不足3名" in office.locator("main").inner_text()
        office.locator("main tbody a", has_text=FREE).click()
        assert "林知远" in office.locator("main").inner_text()
        assert sound(office, PHONE) == []


def test_a_register_of_the_offices_own_is_made_from_an_empty_page(browser: Browser, site: Site) -> None:
    with context_of(browser, site, "ducha") as context, context.new_page() as page:
        page.set_default_timeout(60_000)     # with another register, the whole list is told anew
        page.goto(f"{LIST}registers/")
        page.click("main a[href$='/registers/new/']")
        assert sound(page, PHONE) == []
        page.fill("#id_title", "示范村")
        page.fill("#id_purpose", "挂牌的示范村一村一行（示例）。")
        page.fill("#id_unit", "市经信局")
        for place, (title, kind) in enumerate((("村编号", "code"), ("村名", "text"), ("等级", "choice"))):
            page.fill(f"#c{place}_title", title)
            page.select_option(f"#c{place}_type", kind)
        page.click("button[value=save]")
        assert "要在“选项”里写有哪几项" in page.locator("main").inner_text()
        assert sound(page, PHONE) == []
        page.fill("#c2_choices", "省级、市级")
        page.click("button[value=save]")
        assert "台账建好了" in page.locator(".said").inner_text()
        page.click("main a[href$='/local_1_1/new/']")
        assert page.locator("#id_column_3 option").all_inner_texts() == ["—", "省级", "市级"]
        page.goto(f"{LIST}registers/local_1_1/columns/")
        page.click("button[value=drop]")
        assert "已撤销" in page.locator(".said").inner_text()
