"""WordprocessingML by hand: elements whose children stand in the order that the schema asks. In: names, values. Out: lxml elements."""

from __future__ import annotations

from typing import Any, TypeAlias

from lxml.etree import Element, QName, _Element

Xml: TypeAlias = _Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ORDERS = {
    "pPr": ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "pBdr", "tabs", "kinsoku", "overflowPunct", "topLinePunct",
            "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing", "ind", "jc", "outlineLvl"],
    "rPr": ["rFonts", "color", "sz", "szCs", "lang"],
}


def w(tag: str, *children: Xml | None, **attributes: Any) -> Xml:
    """One element of the w namespace; attributes without prefix; None among the children is left out."""
    made = Element(f"{{{W}}}{tag}", {f"{{{W}}}{name}": str(value) for name, value in attributes.items()}, nsmap={"w": W})
    made.extend(child for child in children if child is not None)
    return made


def ordered(tag: str, *children: Xml | None) -> Xml:
    """pPr or rPr with its children in schema order."""
    order = _ORDERS[tag]
    return w(tag, *sorted((c for c in children if c is not None), key=lambda c: order.index(QName(c).localname)))


def off(tag: str) -> Xml:
    """A switch, written as off."""
    return w(tag, val="0")


def run(text: str, *properties: Xml) -> Xml:
    """Text in a run. The hint keeps “ ” — … in the Chinese face. The text is only ever text: no field, no formula."""
    held = w("t")
    held.text = clean(text)
    held.set(SPACE, "preserve")
    return w("r", ordered("rPr", w("rFonts", hint="eastAsia") if not any(QName(p).localname == "rFonts" for p in properties) else None,
                          *properties), held)


def paragraph(style: str, *runs: Xml, extra: tuple[Xml, ...] = ()) -> Xml:
    """A paragraph of a style; extra: paragraph properties of its own."""
    return w("p", ordered("pPr", w("pStyle", val=style), *extra), *runs)


def blank(lines: int = 1) -> list[Xml]:
    """Blank lines on the grid."""
    return [w("p") for _ in range(lines)]


def clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff"))


def fonts(chinese: str, latin: str = "") -> Xml:
    """Chinese face for Chinese; latin where a style says so, else the document's."""
    own = {"ascii": latin, "hAnsi": latin} if latin else {}
    return w("rFonts", hint="eastAsia", eastAsia=chinese, **own)
