"""A list of its own, whose rows are entered and verified by its pages. In: a browser, a site. Out: `Desk`: what the office and a checker do there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page

Rows = Iterable[Mapping[str, object]]


@dataclass
class Desk:
    """office, checker: a page of each; list: its address, /lists/2/."""

    office: Page
    checker: Page
    list: str

    def bring(self, register: str, rows: Rows, verify: bool = True) -> None:
        """A file of rows, looked at, taken as a whole; each then verified by the checker."""
        page = self.office
        page.goto(f"{self.list}registers/{register}/import/")
        page.set_input_files("#id_file", {"name": f"{register}.csv", "mimeType": "text/csv", "buffer": as_csv(rows)})
        page.click("main .form button[type=submit]")
        page.wait_for_selector("ul.tally, .problems", timeout=60_000)
        for reason in page.locator("input[name^='reason:']").all():
            reason.fill("示例，已核对")
        assert page.locator("button[value=take]").count() == 1, page.locator("main").inner_text()[:2000]
        page.click("button[value=take]")
        page.wait_for_selector("h1:has-text('已经入库')", timeout=60_000)
        if verify:
            self.verify(register)

    def verify(self, register: str) -> None:
        """All that waits, at once."""
        page = self.checker
        page.goto(f"{self.list}registers/{register}/table/?verification=已填报")
        if page.locator("#every").count():
            page.check("#every")
        else:
            page.check("input[name=key]")
        page.select_option("#level", "lead")
        page.click("button[value=verify]")
        assert "没有符合的行" in page.locator("main").inner_text(), page.locator("main").inner_text()[:600]

    def correct(self, register: str, key: str, cells: Mapping[str, str], verify: bool = True) -> None:
        """One row, by its form; name of the field → text."""
        page = self.office
        page.goto(f"{self.list}registers/{register}/{key}/correct/")
        self.fill(cells)
        page.fill("#id_reason", "示例：照批文更正")
        page.click("main form.form button.main")
        assert page.locator(".said").count() == 1, page.locator("main").inner_text()[:1500]
        if verify:
            self.verify(register)

    def fill(self, cells: Mapping[str, str]) -> None:
        """Lists are chosen from, everything else is typed."""
        for name, text in cells.items():
            field = self.office.locator(f"main form.form [name={name}]")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(text)
            else:
                field.fill(text)

    def figure(self, name: str, more: str = "") -> str:
        """What the page of a figure says."""
        self.office.goto(f"{self.list}figures/{name}/{more}")
        return self.office.locator("main").inner_text()

    def value(self, name: str, more: str = "") -> str:
        """The figure itself, in large type."""
        self.figure(name, more)
        return self.office.locator(".title .figure b").inner_text()


def as_csv(rows: Rows) -> bytes:
    """UTF-8 with a mark, as Excel writes it."""
    lines, out = list(rows), io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(column for line in lines for column in line)), restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode("utf-8-sig")
