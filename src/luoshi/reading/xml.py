"""XML parts of Office files. In: bytes without a DTD. Out: an lxml tree, parsed without network, entities or huge trees."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from luoshi.reading.archive import Archive
from luoshi.reading.refusal import refusal

STRICT_W: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
PLAIN_W: Final = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"
# Target="word/document.xml" of a relation whose Type ends in /officeDocument
MAIN_PART: Final = re.compile(rb'<Relationship\b(?=[^>]*Type="[^"]*/officeDocument")[^>]*Target="/?([^"]+)"')


def parse_part(archive: Archive, part: str) -> etree._Element:
    """The root of one part; "strict" Office files get the usual namespace."""
    content = archive.read_xml(part).replace(STRICT_W, PLAIN_W)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise refusal("file.damaged", archive.name, why=f"部件 {part} 不是完整的 XML") from error


def main_part(archive: Archive, usual: str) -> str:
    """Name of the part that holds the body: it may be word/document2.xml."""
    if "_rels/.rels" in archive:
        found = MAIN_PART.search(archive.read_xml("_rels/.rels"))
        if found and found[1].decode("utf-8", "replace") in archive:
            return found[1].decode()
    return usual


def read_title(archive: Archive) -> str | None:
    """The title in the file's properties, if somebody wrote one."""
    if "docProps/core.xml" not in archive:
        return None
    title = parse_part(archive, "docProps/core.xml").findtext(CORE_TITLE)
    return (title or "").strip() or None
