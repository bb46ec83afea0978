"""Every page, and how a person gets there. In: a browser on the demonstration. Out: addresses; what some pages need is made first."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from luoshi.pack.find import SHIPPED
from tests.browser.chromium import context_of
from tests.browser.desk import as_csv
from tests.browser.site import Site

DOCUMENT = SHIPPED / "jiaxing-2019" / "document.txt"
LIST = "/lists/1/"


@dataclass(frozen=True)
class Shown:
    """by: sign-in name, "" for nobody; start: an address, or a name of `Site.papers`; clicks: the links from there on.

    in_chinese: False for pages about field names and addresses, which are English."""

    name: str
    by: str
    start: str
    clicks: tuple[str, ...] = ()
    status: int = 200
    in_chinese: bool = True


PAGES = (
    Shown("sign-in", "", "/sign-in/"), Shown("lists", "ducha", "/"),
    Shown("board", "lingdao", LIST), Shown("task", "ducha", LIST, (".tasks th.task a >> nth=2",)),
    Shown("target", "ducha", LIST, ("td.n a.val >> nth=0",)),
    Shown("count", "ducha", LIST, ("td.n a.val >> nth=0", "main a[href*='/count/']")),
    Shown("count-form", "ducha", LIST, ("td.n a.val >> nth=0", "main a[href*='/count/']", "main a[href*='use=register']")),
    Shown("parts", "lingdao", LIST, ("td.n a.val >> nth=0", "main a[href*='see=district']", "main tbody a >> nth=0")),
    Shown("parts-moved", "ducha", LIST, ("td.n a.val >> nth=0", "main a[href*='see=moved']")),
    Shown("target-reported", "ducha", LIST, ("tr:has(th.name:has-text('重大项目')) td.n a",)),
    Shown("registers", "heyan", f"{LIST}registers/"), Shown("register", "heyan", f"{LIST}registers/", ("main table a >> nth=0",)),
    Shown("record", "heyan", f"{LIST}registers/", ("main table a >> nth=0", "main tbody a >> nth=0")),
    Shown("search", "ducha", f"{LIST}search/?q=项目"), Shown("search-nothing", "ducha", f"{LIST}search/?q=月球"),
    Shown("imports", "ducha", f"{LIST}imports/"), Shown("import-before", "ducha", "import"),
    Shown("import-question", "ducha", "import", ("#questions ~ a",)), Shown("import-edit", "ducha", "import", ("a.edit[href*=measure] >> nth=0",)),
    Shown("import-edit-target", "ducha", "import", ("a.edit[href*=target] >> nth=0",)), Shown("import-add", "ducha", "import", ("#add",)),
    Shown("import-confirm", "ducha", "confirm"), Shown("import-confirmed", "ducha", f"{LIST}imports/", ("main tbody a >> nth=0",)),
    Shown("new-list", "ducha", "/lists/new/"), Shown("my-duties", "jingxin", f"{LIST}my-duties/"),
    Shown("report", "jingxin", f"{LIST}my-duties/", (".owe a.row >> nth=0",)),
    Shown("report-read", "ducha", f"{LIST}reviews/", ("main tbody a >> nth=0",)),
    Shown("reviews-head", "jingxin-fuze", f"{LIST}reviews/"), Shown("reviews", "ducha", f"{LIST}reviews/"),
    Shown("bulletins", "ducha", f"{LIST}bulletins/"), Shown("bulletin-draft", "ducha", "draft"), Shown("bulletin-issued", "lingdao", "issued"),
    Shown("people", "admin", "/people/"), Shown("new-person", "admin", "/people/new/"),
    Shown("person", "admin", "/people/7/"), Shown("posts", "admin", "/posts/"), Shown("new-post", "admin", "/posts/new/"),
    Shown("post", "admin", "/posts/7/"), Shown("units", "admin", "/units/"), Shown("new-unit", "admin", "/units/new/"),
    Shown("unit", "admin", "/units/6/"), Shown("tokens", "admin", "/tokens/"), Shown("journal", "shenji", "/journal/"),
    Shown("monday", "ducha", f"{LIST}monday/"), Shown("monday-note", "ducha", f"{LIST}monday/", (".calls a.btn >> nth=0",)),
    Shown("slips", "ducha", f"{LIST}slips/"), Shown("slips-unit", "jingxin", f"{LIST}slips/"),
    Shown("slip", "jingxin", f"{LIST}slips/", ("main tbody a >> nth=0",)),
    Shown("slip-verify", "heyan", f"{LIST}slips/?state=replied", ("main tbody a >> nth=0",)),
    Shown("office", "ducha", f"{LIST}office/", in_chinese=False),
    Shown("new-slip", "ducha", f"{LIST}slips/new/", in_chinese=False),
    Shown("my-password", "jingxin", "/my-password/"),
    Shown("api-docs", "admin", "/api/docs", in_chinese=False), Shown("api-try", "admin", "/api/try", in_chinese=False),
    Shown("not-found", "ducha", "/lists/999/", status=404), Shown("refused", "jingxin", "/people/", status=403),
)


FIRST = "main tbody a >> nth=0"
SOLVING = (
    Shown("blockers", "ducha", f"{LIST}blockers/"), Shown("blocker", "ducha", f"{LIST}blockers/?state=all", (FIRST,)),
    Shown("new-blocker", "jingxin", f"{LIST}blockers/new/"),
    Shown("changes", "lingdao", f"{LIST}changes/"), Shown("change", "lingdao", f"{LIST}changes/", (FIRST,)),
    Shown("new-change", "jingxin", LIST, ("tr:has(th.name:has-text('数字经济领域重大项目')) td.n a >> nth=0", "main a[href*='changes/new']")),
    Shown("samples", "heyan", f"{LIST}samples/"), Shown("sample", "heyan", f"{LIST}samples/", (FIRST,)),
    Shown("sample-item", "heyan", f"{LIST}samples/", (FIRST, FIRST)),
    Shown("meetings", "ducha", f"{LIST}meetings/"), Shown("meeting", "ducha", f"{LIST}meetings/", (FIRST,)),
    Shown("months", "ducha", f"{LIST}months/"), Shown("cycles", "ducha", f"{LIST}cycles/"), Shown("burden", "ducha", f"{LIST}burden/"),
    Shown("working-days", "ducha", "/working-days/?year=2028"), Shown("owners", "ducha", f"{LIST}owners/"),
    Shown("presets", "jingxin", f"{LIST}presets/", in_chinese=False),
    Shown("figures", "ducha", f"{LIST}figures/"), Shown("incomings", "ducha", f"{LIST}incomings/"), Shown("rounds", "ducha", f"{LIST}rounds/"),
    Shown("register-map", "heyan", f"{LIST}registers/terminal/map/"), Shown("rows-refused", "ducha", "rows"),
    Shown("own-register", "ducha", f"{LIST}registers/new/", in_chinese=False),
)
"""Pages of solving and of the month: their pictures, and looked at once in tests/browser/test_solving.py."""


def go(page: Page, site: Site, shown: Shown) -> int:
    """Open it; the answer's status."""
    response = page.goto(site.papers.get(shown.start, shown.start))
    for click in shown.clicks:
        response = page.goto(page.locator(click).first.evaluate("link => link.href"))
    assert response is not None
    return response.status


def prepare(browser: Browser, site: Site) -> None:
    """A document that waits for its confirmation, a draft and an issued bulletin; once for each server."""
    if site.papers:
        return
    with context_of(browser, site, "ducha") as office:
        page = office.new_page()
        for name, make in (("import", _waiting_document), ("draft", _draft), ("issued", _issued), ("rows", _wrong_rows)):
            make(page)
            site.papers[name] = page.url.removeprefix(site.address)
        site.papers["confirm"] = f"{site.papers['import'].partition('#')[0]}confirm/"


def upload(page: Page, title: str) -> None:
    """A new list with the pack's own document, read and not yet confirmed."""
    page.goto("/lists/new/")
    page.fill("#id_title", title)
    page.fill("#id_year", "2019")
    page.select_option("#id_pack", "jiaxing-2019")
    page.click("main button[type=submit]")
    page.set_input_files("#id_file", DOCUMENT)
    page.click("main button[type=submit]")
    for _ in range(60):
        if page.locator("#plan").count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"it was not read: {page.locator('main').inner_text()}")


def confirm_all_the_same(page: Page) -> None:
    """From the document: what is open may stay open."""
    page.click("button[value=confirm]")
    page.check("#sure")
    page.click("button[value=confirm]")


def _waiting_document(page: Page) -> None:
    upload(page, "待确认的清单（示例）")


def _wrong_rows(page: Page) -> None:
    """A file of rows of which most cannot be taken."""
    good = {"企业名称": "示例企业甲", "申请类型": "首次认定", "证书编号": "GR201933000901", "发证日期": "2019-06-10", "证书状态": "有效",
            "发生日期": "2019-06-10"}
    rows = [good, good | {"证书编号": "GR201933000902", "发证日期": "2019-13-01"}, good | {"证书编号": "GR201933000903", "申请类型": "再次认定"},
            good | {"证书编号": "", "企业名称": "示例企业丁"}, good | {"证书编号": "GR201933000905", "发证日期": "2029-06-10"}]
    page.goto(f"{LIST}registers/hightech_enterprise/import/")
    page.set_input_files("#id_file", {"name": "高企（示例）.csv", "mimeType": "text/csv", "buffer": as_csv(rows)})
    page.click("main .form button[type=submit]")
    page.wait_for_selector("ul.tally, .problems", timeout=60_000)


def _draft(page: Page) -> None:
    page.goto(f"{LIST}bulletins/")
    page.click("main form button[type=submit]")


def _issued(page: Page) -> None:
    _draft(page)
    page.click("form[action$='/issue/'] button")
