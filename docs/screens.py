"""Pictures of every page for docs/screens. In: the demonstration, Chromium, ImageMagick, poppler. Out: PNG files, none above 120 kB.

Run `.venv/bin/python docs/screens.py [NAME …]`; without names, all. A page longer than its picture is cut at the bottom.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from playwright.sync_api import Browser, Page  # noqa: E402
from tests.browser.chromium import DESK, PHONE, context_of, opened, show  # noqa: E402
from tests.browser.pages import PAGES, SOLVING, Shown, go, prepare  # noqa: E402
from tests.browser.site import SETUP, Site, running  # noqa: E402

OUT = ROOT / "docs" / "screens"
LONGEST = {DESK: 1500, PHONE: 2000}
MOST_BYTES = 120_000
SET_UP = "set-up"
PAPERS = {"slip": "slip-paper", "bulletin-issued": "bulletin-paper"}


def main(wanted: list[str]) -> None:
    """Page after page; both widths of one load."""
    OUT.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, opened() as browser:
        with running(Path(folder), port=8850) as site:
            prepare(browser, site)
            for shown in (*PAGES, *SOLVING):
                if not wanted or shown.name in wanted:
                    _page(browser, site, shown)
        if not wanted or SET_UP in wanted:
            with running(Path(folder), "serve", 8860) as empty:
                link = SETUP.search(empty.said())
                assert link
                _page(browser, empty, Shown(SET_UP, "", link[1]))


def _page(browser: Browser, site: Site, shown: Shown) -> None:
    with context_of(browser, site, shown.by) as context, context.new_page() as page:
        go(page, site, shown)
        page.locator("[hx-trigger=load]").wait_for(state="detached")
        for width in (DESK, PHONE):
            show(page, width)
            _picture(page, f"{shown.name}-{width}", width)
        if shown.name in PAPERS:
            _paper(page, PAPERS[shown.name])
        if shown.name == "board":
            show(page, DESK, "dark")
            _picture(page, "board-dark", DESK)
            _printed(page)


def _picture(page: Page, name: str, width: int) -> None:
    page.wait_for_timeout(300)
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), LONGEST[width])
    path = OUT / f"{name}.png"
    page.screenshot(path=path, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    _shrink(path)


def _paper(page: Page, name: str) -> None:
    """The first sheet, as the PDF shows it."""
    with page.expect_download() as taken:
        page.locator("a[href$='file.pdf']").first.click()
    path = OUT / name
    subprocess.run(["pdftoppm", "-png", "-r", "96", "-f", "1", "-l", "1", "-singlefile", str(taken.value.path()), str(path)], check=True)
    _shrink(path.with_suffix(".png"))


def _printed(page: Page) -> None:
    """The first sheet, as paper shows it."""
    path = OUT / "board-printed"
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    subprocess.run(["pdftoppm", "-png", "-r", "96", "-f", "1", "-l", "1", "-singlefile", "-", str(path)], input=pdf, check=True)
    _shrink(path.with_suffix(".png"))


def _shrink(path: Path) -> None:
    """As few colours as it takes to come below the limit."""
    for colours in (96, 48, 24, 12, 6):
        less = ["+dither", "-colors", str(colours), "-strip", "-define", "png:compression-level=9"]
        subprocess.run(["convert", str(path), *less, f"PNG8:{path}"], check=True)
        if path.stat().st_size <= MOST_BYTES:
            return
    raise SystemExit(f"{path.name} stays above {MOST_BYTES} bytes: {path.stat().st_size}")


if __name__ == "__main__":
    main(sys.argv[1:])
