"""One month of a city, played by its people: the office opens it, sixty units report, some late, some sent back; a blocker climbs to the leader and
comes back, a target is changed, a slip goes out and is closed; the month is settled, and the journal proves all of it."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError

from tests.browser.chromium import PHONE, context_of, needs_chromium, opened, show
from tests.browser.month_city import AFTER, BROWSER, OPENS, UNITS
from tests.browser.site import Site, running
from tests.browser.soundness import axe, too_wide

pytestmark = needs_chromium
ROOT = Path(__file__).parents[2]
PHONED, CUT_OFF = BROWSER
"""Places of the two units that file in the browser: 市教育局 on a phone, 市经信局 whose connection drops."""
LATE = list(range(10, 15))
SENT_BACK = [CUT_OFF, 5, 6]
IN_TIME = [place for place in range(60) if place not in (PHONED, CUT_OFF, *LATE)]
FIELDS = re.compile(r"每月要填([\d.]+)个字段")     # 市教育局每月要填3.1个字段


@dataclass
class City:
    """The list, and a browser on the server that stands at the day at hand."""

    data: Path
    list_id: int
    site: Site
    browser: Browser
    contexts: dict[str, BrowserContext] = field(default_factory=dict)

    @property
    def at(self) -> str:
        return f"/lists/{self.list_id}/"

    @contextmanager
    def page(self, username: str, width: int = 0) -> Iterator[Page]:
        """A page of one person; what it says, where something does not come."""
        if username not in self.contexts:
            self.contexts[username] = context_of(self.browser, self.site, username)
        with self.contexts[username].new_page() as page:
            if width:
                show(page, width)
            try:
                yield page
            except TimeoutError as waited:
                raise AssertionError(f"{page.url} says: {page.locator('body').inner_text()[:1500]}") from waited

    def acts(self, **wanted: Any) -> dict[str, Any]:
        return beside(self.data, list=self.list_id, **wanted)


def beside(data: Path, **wanted: Any) -> dict[str, Any]:
    """The actions, in a process of their own on the server's data."""
    command = [sys.executable, "-m", "tests.browser.month_city", str(data), *([json.dumps(wanted)] if wanted else [])]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def said(page: Page) -> str:
    return page.locator(".said").first.inner_text()


def printed(page: Page) -> str:
    """The page on paper, as text."""
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    return "".join(sheet.get_textpage().get_text_bounded() for sheet in document)


def fields_printed(city: City) -> float:
    """What the unit that was sent a slip has to fill in a month, off the burden meter's paper."""
    with city.page("ducha") as page:
        page.goto(f"{city.at}burden/?unit={UNITS[PHONED]}")
        found = FIELDS.search(printed(page).replace("\n", "").replace("\r", ""))
        assert found
        return float(found[1])


def open_the_month(city: City) -> None:
    """How the office works, from when on reports are asked for."""
    with city.page("ducha") as page:
        page.goto(f"{city.at}office/")
        page.fill("#id_organ", "示例市政府督查室")
        page.fill("#id_slip_scheme", "示例督〔｛年｝〕｛号｝号")
        page.select_option("#id_cycle", "monthly-5")
        page.fill("#id_ceiling", "4")
        page.click("main form button[type=submit]")
        assert "督查规则已存" in said(page)
        page.goto(f"{city.at}cycles/")
        page.fill("#id_starts_on", "2019-09-27")
        page.click("button[value=start]")
        assert "截止日不早于2019年9月27日的各期要报" in page.locator(".meta").inner_text()
        page.goto(f"{city.at}months/")
        assert "9月还没有过完" in page.locator("h1").inner_text()


def send_a_slip(city: City) -> str:
    """Drafted, looked at, sent: its address."""
    with city.page("ducha") as page:
        page.goto(f"{city.at}slips/new/")
        page.select_option("#id_source", "meeting")
        page.fill("#id_source_no", "市政府第3次常务会议（示例）")
        page.fill("#id_title", "报送示范点选址情况")
        page.fill("#id_requirement", "10月12日前报送选址情况（示例）。")
        page.select_option("#id_organ", label=UNITS[PHONED])
        page.fill("#id_due_on", "2019-10-12")
        page.click("main form button[type=submit]")
        page.click("button[value=issue]")
        assert page.locator(".sheet .no").inner_text().startswith("示例督〔2019〕1号")
        return page.url.removeprefix(city.site.address)


def file_on_a_phone(city: City) -> None:
    with city.page(f"u{PHONED}", PHONE) as page:
        page.goto(f"{city.at}my-duties/")
        assert too_wide(page, "duties") == []
        page.locator(".owe a.row[href*='/reports/']").first.click()
        assert too_wide(page, "report") == []
        page.fill("#id_value", "8")
        page.fill("#id_progress", "9月新建2个（示例），累计8个。")
        page.click("button[value=submit]")
        assert "已提交，等单位负责人签发" in said(page)


def file_after_the_connection_dropped(city: City) -> None:
    """What was typed is there again, and goes in once."""
    with city.page(f"u{CUT_OFF}") as page:
        page.goto(f"{city.at}my-duties/")
        page.locator(".owe a.row[href*='/reports/']").first.click()
        where = page.url
        page.fill("#id_value", "9")
        page.fill("#id_progress", "9月新建1个（示例），累计9个；断网前写的。")
        page.wait_for_timeout(600)
        page.context.set_offline(True)
        page.locator("button[value=submit]").click(no_wait_after=True)
        page.wait_for_timeout(300)
        page.context.set_offline(False)
        page.goto(where)
        page.locator("[data-restore]").wait_for(state="visible")
        page.click("[data-take]")
        assert "断网前写的" in page.locator("#id_progress").input_value()
        page.click("button[value=submit]")
        assert "已提交" in said(page)


def sign(city: City, username: str) -> None:
    with city.page(username) as page:
        page.goto(f"{city.at}reviews/")
        page.click("button[value=sign]")
        assert "已签发" in said(page)


def raise_what_is_stuck(city: City) -> tuple[str, str]:
    """A blocker of one unit and the other's request for another target: their addresses."""
    with city.page(f"u{PHONED}") as page:
        page.goto(f"{city.at}blockers/new/")
        page.fill("#id_title", "两处示范点用地没有批（示例）")
        page.fill("#id_asked_for", "请自然资源部门先行审批（示例）")
        page.fill("#id_cost_of_waiting", "拖一个月误2个点（示例）")
        page.click("main form button[type=submit]")
        assert "已提出" in said(page)
        page.click("main a:has-text('两处示范点用地没有批')")
        blocker = page.url.removeprefix(city.site.address)
    with city.page(f"u{CUT_OFF}") as page:
        page.goto(city.at)
        page.locator(f"tr:has(th.name:has-text('第{CUT_OFF + 1}类')) td.n a").first.click()
        page.click("text=申请调整")
        page.fill("#id_value_to", "11")
        page.fill("#id_reason", "两家承建企业退出（示例）。")
        page.click("main form button[type=submit]")
        assert "决定以前按原来的要求评" in said(page)
        return blocker, page.url.removeprefix(city.site.address)


def step(city: City, username: str, where: str, act: str, text: str = "", **more: str) -> str:
    """One act on a matter's page, by its button: how the page then calls its state."""
    with city.page(username) as page:
        page.goto(f"{where}?act={act}")
        form = page.locator(f"form:has(button[value={act}])")
        for name, words in {"text": text, **more}.items():
            field = form.locator(f"[name='{act}-{name}']")
            if words and name == "organ":
                field.select_option(label=words)
            elif words:
                field.fill(words)
        form.locator(f"button[value={act}]").click()
        assert page.locator(".problem").count() == 0, page.locator(".problem").first.inner_text()
        return page.locator(".meta").first.inner_text()


def climb_and_come_back(city: City, blocker: str) -> None:
    step(city, "ducha", blocker, "consult", "涉及三家，先会商（示例）。", next_on="2019-10-09")
    step(city, "ducha", blocker, "escalate", "会商定不下来，请领导定（示例）。")
    decided = step(city, "lingdao", blocker, "decide", "由市教育局牵头报批，自然资源部门配合（示例）。", organ=UNITS[PHONED], due_on="2019-10-20")
    assert "已决定，落实中" in decided
    step(city, f"h{PHONED}", blocker, "solve", "两处都批了（示例）。")
    assert "已解决" in step(city, f"u{PHONED}", blocker, "confirm")


def change_the_target(city: City, change: str) -> None:
    step(city, "ducha", change, "review", "情况属实，建议同意（示例）。")
    assert "已同意" in step(city, "lingdao", change, "approve", "同意调为11个（示例）。")
    with city.page("lingdao") as page:
        page.goto(city.at)
        row = page.locator(f"tr:has(th.name:has-text('第{CUT_OFF + 1}类'))").first
        assert "11个" in row.inner_text()
        row.locator("td.n a").first.click()
        assert "13" in page.locator("main").inner_text(), "the original stays beside it"


def answer_verify_and_close(city: City, slip: str) -> None:
    step(city, f"u{PHONED}", slip, "receive")
    step(city, f"u{PHONED}", slip, "reply", "选址已定，附后（示例）。")
    step(city, "heyan", slip, "verify", "看了选址图（示例）。", place="资料核验")
    assert "已销号" in step(city, "ducha", slip, "close")
    with city.page("ducha") as page:
        page.goto(slip)
        with page.expect_download() as taken:
            page.locator("a[href$='file.pdf']").first.click()
        text = pypdfium2.PdfDocument(taken.value.path().read_bytes())[0].get_textpage().get_text_bounded()
        assert "示例督〔2019〕1号" in text


def send_back_three(city: City) -> None:
    """With a reason each; one is handed in again in the browser, two by the actions."""
    with city.page("ducha") as page:
        page.goto(f"{city.at}reviews/")
        for place in SENT_BACK:
            waiting = page.locator(f"section:has(h2:has-text('第{place + 1}类'))")
            waiting.locator("textarea[name=reason]").fill("请附示范点名单再报（示例）。")
            waiting.locator("button[value=return]").click()
            assert "已退回" in said(page)
    with city.page(f"u{CUT_OFF}", PHONE) as page:
        page.goto(f"{city.at}my-duties/")
        page.locator(".owe a.row[href*='/reports/']").first.click()
        assert "请附示范点名单再报" in page.locator("main").inner_text()
        page.fill("#id_progress", "9月新建1个（示例），累计9个，名单见附件。")
        page.click("button[value=submit]")
        assert "已提交" in said(page)
    sign(city, f"h{CUT_OFF}")


def accept(city: City) -> None:
    """Two by hand, the others by the action, with the two that are handed in again."""
    others = [place for place in SENT_BACK if place != CUT_OFF]
    assert city.acts(file=[[AFTER.isoformat(), others]], accept=[PHONED, CUT_OFF])["accepted"] == 58
    with city.page("ducha") as page:
        page.goto(f"{city.at}months/")
        assert "9月还不能结" in page.locator("h1").inner_text()
        for place in (PHONED, CUT_OFF):
            page.goto(f"{city.at}reviews/")
            page.locator(f"section:has(h2:has-text('第{place + 1}类')) button[value=accept]").click()
            assert "已接收" in said(page)


def settle(city: City) -> None:
    """A bulletin, then the month; what the page then says."""
    with city.page("ducha") as page:
        page.goto(f"{city.at}bulletins/")
        page.fill("#id_as_of", "2019-09-30")
        page.fill("#id_organ", "示例市政府督查室")
        page.fill("#id_code", "示例督")
        page.click("main form button[type=submit]")
        page.click("form[action$='/issue/'] button")
        assert "已印发" in said(page)
        page.goto(f"{city.at}months/")
        assert "9月都了了，可以结" in page.locator("h1").inner_text()
        assert axe(page, "month at hand") == []
        page.click("main form button[type=submit]")
        assert "已月结" in said(page)
        words = page.locator("main").inner_text()
        assert "应报60份" in words
        assert "逾期5份" in words
        assert "未报" not in page.locator(".meta").inner_text()
        assert sum(int(row) for row in page.locator("td[data-l=被退回] strong").all_inner_texts()) == 3
        assert page.locator("td[data-l=逾期] strong").count() == 5
        assert axe(page, "settled month") == []


def prove(city: City) -> None:
    """The auditor's page and the command find every entry whole; the closing is among them."""
    with city.page("shenji") as page:
        page.goto("/journal/")
        page.click("text=核验")
        assert page.locator(".verdict.ok").inner_text().startswith("完好")
        assert "办月结" in page.locator("tbody").inner_text()
    command = [sys.executable, "-m", "luoshi", "journal", "verify", "--data", str(city.data)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "日志完好" in done.stdout) == (0, True), done.stdout


def test_a_city_reports_a_month_is_chased_decides_and_settles_it(tmp_path: Path) -> None:
    data = tmp_path / "serve"
    data.mkdir()
    seeded = beside(data)
    kept: dict[str, Any] = {}
    with running(tmp_path, "serve", 8960, OPENS.isoformat(), "--no-jobs") as site, opened() as browser:
        site.passwords, site.kept = seeded["passwords"], kept
        city = City(data, seeded["list"], site, browser)
        open_the_month(city)
        before = fields_printed(city)
        slip = send_a_slip(city)
        file_on_a_phone(city)
        file_after_the_connection_dropped(city)
        for place in (PHONED, CUT_OFF):
            sign(city, f"h{place}")
        blocker, change = raise_what_is_stuck(city)
    beside(data, list=seeded["list"], file=[["2019-09-30", IN_TIME], ["2019-10-07", LATE]])
    with running(tmp_path, "serve", 8960, AFTER.isoformat(), "--no-jobs") as site, opened() as browser:
        site.passwords, site.kept = seeded["passwords"], kept
        city = City(data, seeded["list"], site, browser)
        climb_and_come_back(city, blocker)
        change_the_target(city, change)
        answer_verify_and_close(city, slip)
        send_back_three(city)
        accept(city)
        settle(city)
        prove(city)
        assert fields_printed(city) > before, "the slip that went out is one field more"
