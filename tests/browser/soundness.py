"""What makes a page sound in a browser. In: an open page. Out: sentences about what is wrong; none is good."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

AXE = Axe()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
ENGLISH = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z'_-]*[A-Za-z](?![A-Za-z0-9])")     # Save, sign-in; not the letters of 91330482MA2EX00710
FILE = re.compile(r"[\w.（）-]+\.(?:csv|docx|jpg|pdf|txt|xlsx)\b")     # document.txt
ALLOWED = {"API", "CSV", "Ctrl-C", "DOCX", "EB", "English", "Excel", "GB", "ID", "JPEG", "JPG", "JSON", "KB", "MB", "OpenAPI", "PDF", "PNG", "TB",
           "TXT", "StratML", "Word", "XLSX", "doc", "wps", "csv", "docx", "html", "jpeg", "jpg", "json", "pdf", "png", "txt", "xlsx"}
"""Formats, units of size, and the name of the other language: people write them so in Chinese."""

WORDS = """() => {
  const texts = [document.title];
  const skipped = 'script, style, template, noscript, code, pre, kbd, samp, [lang=en]';
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (!walk.currentNode.parentElement.closest(skipped)) texts.push(walk.currentNode.data);
  for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
    for (const element of document.querySelectorAll(`[${name}]`)) texts.push(element.getAttribute(name));
  return texts.filter((text) => /[A-Za-z]{2}/.test(text)).map((text) => text.trim().slice(0, 120));
}"""
TOO_WIDE = """() => {
  const root = document.scrollingElement, width = root.clientWidth;
  if (root.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > width + 1);
  return wide.slice(-3).map((e) => `${e.tagName.toLowerCase()}.${e.className} ends at ${Math.round(e.getBoundingClientRect().right)} of ${width}`)
    .concat([`${root.scrollWidth} > ${width}`]);
}"""


@dataclass
class Heard:
    """What the browser itself complained about: console, scripts, policy."""

    status: int = 200
    words: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.words.append(f"script: {error}"))

    def _console(self, message: ConsoleMessage) -> None:
        """A page that says 404 is itself reported as one."""
        own = self.status >= 400 and f"status of {self.status}" in message.text
        if message.type in {"error", "warning"} and not own:
            self.words.append(f"console: {message.text}")


def axe(page: Page, where: str) -> list[str]:
    found: list[dict[str, Any]] = AXE.run(page, options=RULES).response["violations"]
    return [f"axe, {where}: {rule['id']}: {rule['help']}: {[(n['target'], n['html'][:160]) for n in rule['nodes'][:3]]}" for rule in found]


def english(page: Page, names: frozenset[str]) -> list[str]:
    """names: words of the data, such as sign-in names."""
    found = []
    for text in page.evaluate(WORDS):
        strange = [word for word in ENGLISH.findall(FILE.sub("", text)) if word not in ALLOWED and word not in names]
        found += [f"English: {strange} in “{text}”"] if strange else []
    return found


def too_wide(page: Page, where: str) -> list[str]:
    return [f"scrolls sideways, {where}: {words}" for words in page.evaluate(TOO_WIDE)]
