"""The story of the product, in a browser: from the document to an explained figure, a report on its way to the board, a bulletin."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.chromium import context_of, needs_chromium
from tests.browser.pages import confirm_all_the_same, upload
from tests.browser.site import Site

pytestmark = needs_chromium
PROMISE = "数字经济领域重大项目"


def page_of(browser: Browser, site: Site, username: str) -> Page:
    return context_of(browser, site, username).new_page()


def row(page: Page) -> str:
    return page.locator(f".tasks tr:has(th.name:has-text('{PROMISE}'))").inner_text()


def confirm_list(page: Page) -> str:
    """The office uploads, answers what shapes the plan, and confirms; the address of the board."""
    upload(page, "督查室自己导入的清单（示例）")
    groups = page.locator("#answers > ol .choices")
    assert groups.count() >= 4
    for number in range(groups.count()):
        groups.nth(number).locator("input").first.check()
        page.wait_for_selector("#saved:has-text('已保存')")
    confirm_all_the_same(page)
    page.wait_for_selector(".tasks")
    return page.url


def report(page: Page, board: str, photo: bytes) -> None:
    page.goto(f"{board}my-duties/")
    page.locator(f".owe a.row:has-text('{PROMISE}')").click()
    page.fill("#id_value", "43")
    page.fill("#id_progress", "9月新备案2个重大项目（示例），累计43个。")
    page.set_input_files("#id_papers", {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo})
    page.click("button[value=submit]")
    assert "已提交，等单位负责人签发" in page.locator(".said").inner_text()


def test_from_the_document_to_a_reported_value_on_the_board(browser: Browser, site: Site) -> None:
    office, liaison, head = (page_of(browser, site, name) for name in ("ducha", "jingxin", "jingxin-fuze"))
    board = confirm_list(office)
    assert "43" not in row(office)
    report(liaison, board, office.screenshot(type="jpeg"))
    head.goto(f"{board}reviews/")
    with head.expect_download() as photo:
        head.click("a:has-text('现场.jpg')")
    assert photo.value.path().read_bytes().startswith(b"\xff\xd8\xff")
    head.click("button[value=sign]")
    office.goto(f"{board}reviews/")
    office.click("button[value=accept]")
    office.goto(board)
    assert "43 / ≥50个" in row(office)
    assert "填报" in row(office)
    for page in (office, liaison, head):
        page.context.close()


def test_two_clicks_from_the_board_to_the_rows_and_the_sentence(browser: Browser, site: Site) -> None:
    with context_of(browser, site, "lingdao") as context, context.new_page() as page:
        page.goto("/lists/1/")
        page.click("tr:has(th.name:has-text('低效用地')) td.n a")
        assert "全年完成6000亩城镇低效用地再开发" in page.locator(".paper-quote").inner_text()
        counted = page.locator("section:has(h2:has-text('计入的')) tbody th a").first
        words = counted.inner_text()
        counted.click()
        assert words in page.locator("h1").inner_text()


def test_a_bulletin_is_drafted_reworded_issued_and_taken_away(browser: Browser, site: Site, tmp_path: Path) -> None:
    with context_of(browser, site, "ducha") as context, context.new_page() as page:
        page.goto("/lists/1/bulletins/")
        page.click("main form button[type=submit]")
        opening = page.locator(".words-edit textarea").first
        opening.fill(opening.input_value() + "请各单位对照检查。")
        page.click("text=存文字")
        assert "请各单位对照检查。" in page.locator(".notice").inner_text()
        page.click("form[action$='/issue/'] button")
        assert "已印发" in page.locator(".said").inner_text()
        for kind, sign in (("Word", b"PK"), ("PDF", b"%PDF")):
            with page.expect_download() as taken:
                page.click(f"text=下载 {kind}")
            assert taken.value.path().read_bytes().startswith(sign)
