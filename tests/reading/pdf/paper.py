"""PDF files made on the spot: by Typst from its markup, or by hand where a file must be odd. In: words. Out: bytes."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence

import typst

Row = Sequence[str]
SHEET = """#set page(paper: "a4", flipped: true, margin: (x: 2cm, top: 2cm, bottom: {bottom}), {page})
#set text(font: "Noto Serif CJK SC", size: 10pt, lang: "zh")
#set par(justify: true)
"""


def typeset(body: str, page: str = "", bottom: str = "2cm") -> bytes:
    """The PDF of Typst markup. page: further arguments of the page, such as its footer."""
    return typst.compile((SHEET.format(page=page, bottom=bottom) + body).encode(), format="pdf")


def table(rows: Sequence[Row], columns: str = "(1.2cm, 3cm, 1fr, 3cm)", stroke: str = "0.5pt", header: int = 1) -> str:
    """Markup of a table of plain cells; the first rows repeat on every page."""
    cells = ["".join(f"[#{json.dumps(text, ensure_ascii=False)}]," for text in row) for row in rows]
    head = f"table.header({''.join(cells[:header])})," if header else ""
    return f"#table(columns: {columns}, stroke: {stroke}, {head}{''.join(cells[header:])})\n"


def by_hand(content: bytes, characters: dict[int, str], pages: int = 1, extra: str = "") -> bytes:
    """A PDF whose font says by itself what each two-byte code means; every page has the same content."""
    pairs = "\n".join(f"<{code:04X}> <{text.encode('utf-16-be').hex()}>" for code, text in characters.items())
    cmap = f"""/CIDInit /ProcSet findresource begin begincmap /CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange
{len(characters)} beginbfchar
{pairs}
endbfchar endcmap end"""
    kids = " ".join(f"{10 + n} 0 R" for n in range(pages))
    objects = {
        1: f"<</Type/Catalog/Pages 2 0 R{extra}>>",
        2: f"<</Type/Pages/Count {pages}/Kids[{kids}]>>",
        3: "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        4: "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>/DW 1000/FontDescriptor 7 0 R>>",
        5: stream(cmap.encode()),
        6: stream(content),
        7: "<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 -200 1000 800]/Ascent 800/Descent -200/CapHeight 700/StemV 80/ItalicAngle 0>>",
    }
    for n in range(pages):
        objects[10 + n] = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources<</Font<</F 3 0 R>>>>>>"
    return assemble(objects)


def stream(content: bytes, entries: str = "") -> bytes:
    """A packed stream object."""
    packed = zlib.compress(content)
    return f"<</Length {len(packed)}/Filter/FlateDecode{entries}>>stream\n".encode() + packed + b"\nendstream"


def assemble(objects: dict[int, str | bytes], trailer: str = "") -> bytes:
    """The file of numbered objects, object 1 its root."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += f"{number} 1\n{place:010} 00000 n \n".encode()
    out += f"trailer<</Size {max(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def written(text: str, x: float, y: float, codes: dict[int, str], size: float = 10) -> bytes:
    """The operators that print a text; codes are given out as they are needed."""
    known = {character: code for code, character in codes.items()}
    hexes = ""
    for character in text:
        if character not in known:
            known[character] = len(codes) + 1
            codes[known[character]] = character
        hexes += f"{known[character]:04X}"
    return f"BT /F {size} Tf {x} {y} Td <{hexes}> Tj ET\n".encode()
