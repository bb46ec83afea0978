"""Text files. In: the bytes of a txt, md, tsv. Out: `Contents`: tables found by their signs, every other line a paragraph.

Offsets count characters of the decoded file, BOM dropped, line ends as they are: text[start:end] == quote.
"""

from __future__ import annotations

from luoshi.provenance import Finding
from luoshi.reading.decode import decode_text, encoding_finding
from luoshi.reading.lines import Page
from luoshi.reading.listed import find_listed
from luoshi.reading.source import Block, Contents
from luoshi.reading.tabbed import find_tabbed
from luoshi.reading.tabular import find_piped, find_tab_separated

FINDERS = (find_piped, find_tab_separated, find_tabbed, find_listed)


def read_text(data: bytes, name: str) -> Contents:
    """Read a text file from its bytes."""
    text, encoding = decode_text(data, name)
    page = Page(text)
    blocks: list[Block] = []
    findings: list[Finding] = [*encoding_finding(encoding)]
    at = 0
    while at < len(page.lines):
        at = _read_block(page, at, blocks, findings)
    return Contents(tuple(blocks), None, tuple(findings))


def _read_block(page: Page, at: int, blocks: list[Block], findings: list[Finding]) -> int:
    """Add the table or the line that stands at `at`; return the line after it."""
    line = page.lines[at]
    if line.is_blank and "\t" not in line.text:
        return at + 1
    for find in FINDERS:
        found = find(page, at)
        if isinstance(found, Finding):
            findings.append(found)
        elif found is not None:
            rows, after = found
            blocks.append(page.table(rows))
            return after
    if not line.is_blank:
        blocks.append(page.paragraph(line))
    return at + 1
