"""One page of a PDF as marks on paper. In: a page of pdfium. Out: `Sheet`: glyphs and ruled lines, turned so that text reads level.

Positions are points, x to the right, y downwards. Blank characters are dropped: gaps tell more truly where a space stands.
"""

from __future__ import annotations

import ctypes
import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium

from luoshi.reading.pdf.signs import read_sign

THIN: Final = 3.0              # points; a box thinner than this is a line
MIN_RULE: Final = 3.0          # points; shorter ones are dots of a dotted line or decoration
MAX_OBJECTS: Final = 300_000   # on one page
MAX_NESTING: Final = 8         # forms inside forms
MAX_NOTES: Final = 1_000
WORDLESS: Final = frozenset({pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_UNDERLINE})
SAMPLE: Final = 40             # glyphs looked at to see how the text is turned
HYPHEN: Final = 0x02           # what pdfium gives for a hyphen at the end of a line
BLANKS: Final = frozenset({0x20, 0xA0, 0x3000, 0x00AD, 0xFEFF, *range(0x2000, 0x2010), *range(0x03, 0x20)})


Box = tuple[float, float, float, float]   # left, top, right, bottom


class Glyph(NamedTuple):
    """「字形」 One printed character: its left and right edge, the line it stands on and how far it rises (some fonts say so falsely)."""

    text: str
    left: float
    right: float
    base: float
    height: float


class Rule(NamedTuple):
    """「框线」 One straight line. at: its y when level, else its x; start, end: along it."""

    is_level: bool
    at: float
    start: float
    end: float


class TooManyObjects(Exception):
    """「对象过多」 A page with more objects than any task list has."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """「页」 What is printed on one page. odd: characters whose meaning the file does not tell. picture: share of the page that its
    largest picture covers. notes: remarks and form fields laid over the page, which are no part of what is printed."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]
    picture: float
    notes: int
    odd: Counter[str]


def read_sheet(page: Any, number: int) -> Sheet:
    """Everything printed on the page. page: raw pdfium page."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    if pdfium.FPDFPage_GetRotation(page) % 2:
        width, height = height, width   # back to the page as it was before the viewer turns it
    text = pdfium.FPDFText_LoadPage(page)
    try:
        count = pdfium.FPDFText_CountChars(text)
        turn = _turn(text, count)
        odd: Counter[str] = Counter()
        glyphs = [_glyph(sign, box, origin, turn, width, height) for sign, box, origin in _signs(text, count, odd)]
    finally:
        pdfium.FPDFText_ClosePage(text)
    boxes = _Boxes(page)
    rules = [rule for box in boxes.found for rule in _rules(_turned(box, turn, width, height))]
    if turn % 2:
        width, height = height, width
    return Sheet(number, width, height, glyphs, rules, boxes.picture / max(width * height, 1.0), _notes(page), odd)


def _notes(page: Any) -> int:
    """Annotations that may carry words; links do not."""
    count = 0
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if note:
            count += pdfium.FPDFAnnot_GetSubtype(note) not in WORDLESS
            pdfium.FPDFPage_CloseAnnot(note)
    return count


def _turn(text: Any, count: int) -> int:
    """Quarter turns to the left of the page's text: lists in landscape are often set so on an upright page."""
    step = max(1, count // SAMPLE)
    turns = Counter(-round(pdfium.FPDFText_GetCharAngle(text, index) / 1.5707963) % 4 for index in range(0, count, step))
    return turns.most_common(1)[0][0] if turns else 0


def _signs(text: Any, count: int, odd: Counter[str]) -> Iterator[tuple[str, Box, tuple[float, float]]]:
    """Each character with its box and where its base line begins."""
    read_code, read_box, read_origin = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharOrigin
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    pointer, to_x, to_y = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)   # once: there are 100,000 calls
    for index in range(count):
        code = read_code(text, index)
        if code in BLANKS:
            continue
        read_box(text, index, pointer)
        read_origin(text, index, to_x, to_y)
        character = "-" if code == HYPHEN else chr(code)
        if code == 0 or code > 0x2E7F:
            character = read_sign(code, odd)
        yield character, (box.left, box.top, box.right, box.bottom), (x.value, y.value)


def _glyph(sign: str, box: Box, origin: tuple[float, float], turn: int, width: float, height: float) -> Glyph:
    if turn == 0:
        return Glyph(sign, box[0], box[2], height - origin[1], box[1] - box[3])
    left, top, right, bottom = _turned(box, turn, width, height)
    base = (origin[0], origin[1], width - origin[0])[turn - 1]
    return Glyph(sign, left, right, base, bottom - top)


def _turned(box: Box, turn: int, width: float, height: float) -> Box:
    """From the PDF's upward y to ours, turned so that text reads level."""
    left, top, right, bottom = box
    if turn == 0:
        return left, height - top, right, height - bottom
    if turn == 1:
        return bottom, left, top, right
    if turn == 2:
        return width - right, bottom, width - left, top
    return height - top, width - right, height - bottom, width - left


def _rules(box: Box) -> Iterator[Rule]:
    """The line that a thin box is."""
    left, top, right, bottom = box
    if bottom - top <= THIN and right - left >= MIN_RULE and right - left > bottom - top:
        yield Rule(True, (top + bottom) / 2, left, right)
    elif right - left <= THIN and bottom - top >= MIN_RULE:
        yield Rule(False, (left + right) / 2, top, bottom)


Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Final[Matrix] = (1, 0, 0, 1, 0, 0)


class _Boxes:
    """Boxes of everything drawn, filled boxes thin enough to be lines and the four edges of boxes with an outline."""

    def __init__(self, page: Any) -> None:
        self.found: list[Box] = []
        self.picture = 0.0   # area of the largest
        self._left = MAX_OBJECTS
        objects = (pdfium.FPDFPage_GetObject(page, index) for index in range(pdfium.FPDFPage_CountObjects(page)))
        self._read(objects, UNMOVED, 0)

    def _read(self, objects: Iterator[Any], matrix: Matrix, depth: int) -> None:
        for one in objects:
            self._left -= 1
            if self._left < 0:
                raise TooManyObjects
            kind = pdfium.FPDFPageObj_GetType(one)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._read_path(one, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._read_image(one, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_NESTING:
                inner = (pdfium.FPDFFormObj_GetObject(one, index) for index in range(pdfium.FPDFFormObj_CountObjects(one)))
                self._read(inner, _after(_matrix(one), matrix), depth + 1)

    def _read_image(self, one: Any, matrix: Matrix) -> None:
        box = _bounds(one, matrix)
        if _is_thin(box):
            self.found.append(box)   # lines of a table drawn as pictures one pixel wide
        else:
            self.picture = max(self.picture, (box[2] - box[0]) * (box[1] - box[3]))

    def _read_path(self, path: Any, matrix: Matrix) -> None:
        box = _bounds(path, matrix)
        if _is_thin(box):
            self.found.append(box)
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        if not stroke.value and pdfium.FPDFPath_CountSegments(path) <= 5:
            return   # a shaded area
        to_page = _after(_matrix(path), matrix)
        for piece in _pieces(path, to_page):
            if stroke.value:
                self.found.extend(_edge(a, b) for a, b in itertools.pairwise(piece))
            else:
                self.found.append(_around(piece))


def _pieces(path: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The corners of each stretch of a path; curves count as straight, and are then too thick to be lines."""
    piece: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and piece:
            yield piece
            piece = []
        piece.append(_moved(x.value, y.value, matrix))
        if pdfium.FPDFPathSegment_GetClose(segment):
            piece.append(piece[0])
    if piece:
        yield piece


def _edge(a: tuple[float, float], b: tuple[float, float]) -> Box:
    return min(a[0], b[0]), max(a[1], b[1]), max(a[0], b[0]), min(a[1], b[1])


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), max(ys), max(xs), min(ys)


def _is_thin(box: Box) -> bool:
    return box[2] - box[0] <= THIN or box[1] - box[3] <= THIN


def _bounds(one: Any, matrix: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(one, left, bottom, right, top)
    if matrix is UNMOVED:
        return left.value, top.value, right.value, bottom.value
    corners = ((left.value, bottom.value), (right.value, top.value))
    return _around([_moved(x, y, matrix) for x, y in corners])


def _matrix(one: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(one, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _after(inner: Matrix, outer: Matrix) -> Matrix:
    """Both movements as one, the inner first."""
    a, b, c, d, e, f = inner
    k, m, n, o, p, q = outer
    return (a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q)


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
