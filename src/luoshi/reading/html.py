"""Web pages. In: the bytes of an html file. Out: `Contents`: paragraphs and tables as a browser would show them.

No network, no scripts. Values of form fields are text. A table that only lays out the page is not a table: its cells
are read as running text, and the tables inside it on their own.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from luoshi.provenance import Finding
from luoshi.reading.decode import decode_text, encoding_finding
from luoshi.reading.html_table import is_layout, place_cells, rows_of
from luoshi.reading.refusal import refusal
from luoshi.reading.source import Block, Cell, Contents, Paragraph, Table

BREAK: Final = "\u2028"   # stands for <br> and for the edge of a block until white space has been collapsed
DROPPED: Final = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "object", "head", "title", "nav", "button", "datalist"}
)
MARGINS: Final = frozenset({"header", "footer"})   # of the page; those of an article carry its title
BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})
# <meta charset="gb2312">, <meta http-equiv="Content-Type" content="text/html; charset=gbk">
CHARSET: Final = re.compile(rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
# a line end in the source between two Chinese characters is no space: 推进<line end>平台
WIDE: Final = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
WIDE_BREAK: Final = re.compile(rf"(?<={WIDE})[ \t\f]*[\r\n][ \t\r\n\f]*(?={WIDE})")
SPACES: Final = re.compile(r"[ \t\r\n\f]+")


def read_html(data: bytes, name: str) -> Contents:
    """Read a web page from its bytes."""
    text, encoding = _decode(data, name)
    if "<!ENTITY" in text[:8192]:
        raise refusal("file.xml-entities", name, part="开头")
    root = _parse(text, name)
    walk = _Walk(name)
    walk.read_flow(root)
    walk.end_paragraph()
    title = _squeeze(root.findtext(".//title") or "") or None
    return Contents(tuple(walk.blocks), title, (*encoding_finding(encoding), *walk.findings))


def _decode(data: bytes, name: str) -> tuple[str, str]:
    """By BOM, then by <meta charset> if it is true, then as a text file is."""
    found = CHARSET.search(data[:4096])
    if found and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        declared = found[1].decode("ascii", "replace").lower()
        encoding = "gb18030" if declared in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else declared
        try:
            return data.decode(encoding), declared
        except (UnicodeDecodeError, LookupError):
            return decode_text(data, name)   # the page lies about its encoding; many do
    return decode_text(data, name)


def _parse(text: str, name: str) -> etree._Element:
    # etree's parser, not lxml.html's: the same libxml2, without a Python class lookup for every element
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        raise refusal("file.empty", name)
    if any("depth" in entry.message for entry in parser.error_log):
        raise refusal("html.too-deep", name)
    return root


def _squeeze(text: str) -> str:
    """Collapse white space as browsers do; breaks become \\n, empty lines go."""
    if text.isprintable() and " " not in text:
        return text   # most cells: no other white space, no break
    if "\n" in text or "\r" in text:
        text = WIDE_BREAK.sub("", text)
    text = SPACES.sub(" ", text).replace("\xa0", " ")
    if BREAK not in text:
        return text.strip()
    return "\n".join(line for line in map(str.strip, text.split(BREAK)) if line)


class _Walk:
    """What has been read so far. In a cell, edges of blocks are line breaks; outside, they end the paragraph."""

    def __init__(self, name: str) -> None:
        self.blocks: list[Block] = []
        self.findings: list[Finding] = []
        self._name = name
        self._pieces: list[str] = []
        self._nested: list[etree._Element] | None = None   # a list while inside a cell
        self._apart: set[etree._Element] = set()   # nested tables: read once on their own however deep they are
        self._tables = 0
        self._paragraphs = 0

    def read_flow(self, node: etree._Element) -> None:
        if node.text:
            self._pieces.append(node.text)
        for child in node:
            self._read_element(child)
            if child.tail:
                self._pieces.append(child.tail)

    def end_paragraph(self) -> None:
        for text in _squeeze("".join(self._pieces)).split("\n"):
            if text:
                self._paragraphs += 1
                self.blocks.append(Paragraph(text, f"paragraph {self._paragraphs}"))
        self._pieces = []

    def _read_element(self, node: etree._Element) -> None:
        tag = node.tag
        if not isinstance(tag, str) or tag in DROPPED:
            return
        if tag in MARGINS and self._is_margin(node):
            self._leave_out(node)
        elif tag == "br":
            self._pieces.append(BREAK)
        elif tag in FIELDS:
            self._pieces.append(_field_value(node))
        elif tag == "table" and not is_layout(node):
            self._meet_table(node)
        elif tag in BLOCKS:
            self._edge()
            self.read_flow(node)
            self._edge()
        else:
            self.read_flow(node)

    def _edge(self) -> None:
        if self._nested is None:
            self.end_paragraph()
        else:
            self._pieces.append(BREAK)

    @staticmethod
    def _is_margin(node: etree._Element) -> bool:
        return next(node.iterancestors("article", "main"), None) is None

    def _leave_out(self, node: etree._Element) -> None:
        text = _squeeze("".join(map(str, node.itertext())))
        if text:
            where = "页眉" if node.tag == "header" else "页脚"
            message = f"网页的{where}没有读入（“{text[:20]}”等 {len(text)} 字）。如果任务写在那里，请复制到正文后重新读取。"
            self.findings.append(Finding("html.left-out", f"html.left-out:{node.tag} {len(self.findings) + 1}", "info", message))

    def _meet_table(self, node: etree._Element) -> None:
        """A table in a cell is text there, and a table of its own after the outer one."""
        if self._nested is None:
            self.end_paragraph()
            self._read_table(node)
            return
        if node not in self._apart and len(rows_of(node)) > 1:
            self._apart.add(node)
            self._nested.append(node)
        self._edge()
        self.read_flow(node)
        self._edge()

    def _read_table(self, node: etree._Element) -> None:
        for caption in node.iterchildren("caption"):
            self.read_flow(caption)
            self.end_paragraph()
        self._tables += 1
        place = f"table {self._tables}"
        nested: list[etree._Element] = []
        placed, rows, columns = place_cells(node, self._name)
        cells = tuple(
            Cell(self._cell_text(cell, nested), f"{place} row {row + 1} column {column + 1}", row, column, down, wide)
            for cell, row, column, down, wide in placed
        )
        if any(cell.text for cell in cells):
            self.blocks.append(Table(cells, place, rows, columns))
        else:
            self._tables -= 1
        for inner in nested:
            self._read_table(inner)

    def _cell_text(self, cell: etree._Element, nested: list[etree._Element]) -> str:
        if len(cell) == 0:
            return _squeeze(cell.text or "")
        self._pieces, self._nested = [], nested
        self.read_flow(cell)
        text = _squeeze("".join(self._pieces))
        self._pieces, self._nested = [], None
        return text


FIELDS: Final = frozenset({"input", "textarea", "select"})
NO_TEXT: Final = frozenset({"hidden", "password", "button", "submit", "reset", "image", "file"})


def _field_value(field: etree._Element) -> str:
    """What the field shows: its value, the chosen option, or a box that is ticked or not."""
    if field.tag == "textarea":
        return (field.text or "").replace("\r\n", "\n").replace("\n", BREAK)
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return BREAK.join("".join(map(str, option.itertext())) for option in chosen)
    kind = (field.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "☐" if field.get("checked") is None else "☑"
    return "" if kind in NO_TEXT else field.get("value") or ""
