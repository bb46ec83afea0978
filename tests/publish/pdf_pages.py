"""What a PDF really shows, by poppler: pages, lines of text with their places, and ink. Skipped loudly where poppler is missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

DPI = 144
PIXELS_PER_POINT = DPI / 72

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None and os.environ.get("REQUIRE_POPPLER") != "1",
                                   reason="poppler-utils is not installed: the PDF is not looked at")


@dataclass(frozen=True, slots=True)
class Word:
    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def run(tool: str, content: bytes, *arguments: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "it.pdf"
        path.write_bytes(content)
        return subprocess.run([tool, *(a.replace("IT", str(path)) for a in arguments)], capture_output=True, check=True).stdout


@cache
def info(content: bytes) -> str:
    return run("pdfinfo", content, "IT").decode()


@cache
def words(content: bytes) -> tuple[Word, ...]:
    page, found = 0, []
    for line in run("pdftotext", content, "-bbox", "IT", "-").decode().splitlines():
        page += "<page " in line
        match = re.search(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)</word>', line)
        if match:
            found.append(Word(page, *(float(match[i]) for i in range(1, 5)), unescape(match[5])))
    return tuple(found)


def lines(content: bytes, page: int) -> list[tuple[Word, ...]]:
    """Words of a page, in lines: their middles lie less than 8 pt apart."""
    made: list[list[Word]] = []
    for word in sorted((w for w in words(content) if w.page == page), key=lambda w: (w.middle, w.left)):
        if made and abs(made[-1][0].middle - word.middle) < 8:
            made[-1].append(word)
        else:
            made.append([word])
    return [tuple(sorted(line, key=lambda w: w.left)) for line in made]


def text(content: bytes) -> str:
    return "".join("".join(w.text for w in line) for page in range(1, pages(content) + 1) for line in lines(content, page))


def pages(content: bytes) -> int:
    match = re.search(r"Pages:\s+(\d+)", info(content))
    assert match
    return int(match[1])


@dataclass(frozen=True, slots=True)
class Ink:
    """A page as pixels; places are given in points."""

    width: int
    height: int
    pixels: bytes

    def run_at(self, y: int, is_ink: object) -> tuple[int, int]:
        """First and last pixel of a row that is inked so."""
        row = self.pixels[y * self.width * 3:(y + 1) * self.width * 3]
        hits = [x for x in range(self.width) if is_ink(row[3 * x], row[3 * x + 1], row[3 * x + 2])]  # type: ignore[operator]
        return (hits[0], hits[-1]) if hits else (0, 0)

    def full_rules(self, is_ink: object, points: float = 442.2) -> list[tuple[float, float, float]]:
        """(top, left, right) of every row of pixels inked over the whole width, one for each rule."""
        found: list[tuple[float, float, float]] = []
        for y in range(self.height):
            left, right = self.run_at(y, is_ink)
            row = self.pixels[(y * self.width + left) * 3:(y * self.width + right) * 3]
            whole = right - left >= (points - 3) * PIXELS_PER_POINT and all(
                is_ink(row[i], row[i + 1], row[i + 2]) for i in range(0, len(row), 3))  # type: ignore[operator]
            if whole and not (found and y / PIXELS_PER_POINT - found[-1][0] < 3):
                found.append((y / PIXELS_PER_POINT, left / PIXELS_PER_POINT, (right + 1) / PIXELS_PER_POINT))
        return found


@cache
def ink(content: bytes, page: int) -> Ink:
    raw = run("pdftoppm", content, "-r", str(DPI), "-f", str(page), "-l", str(page), "IT")
    match = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", raw)
    assert match
    return Ink(int(match[1]), int(match[2]), raw[match.end():])


def is_red(r: int, g: int, b: int) -> bool:
    return r > 200 and g < 120 and b < 120


def is_dark(r: int, g: int, b: int) -> bool:
    return r < 170 and g < 170 and b < 170
