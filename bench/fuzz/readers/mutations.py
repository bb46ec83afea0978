"""How a valid file is spoiled. In: its bytes and a source of choices (Hypothesis or atheris). Out: other bytes.

Three depths, because bytes spoiled blindly rarely get past the check sum of an archive: the bytes, the parts of an Office
file, the nodes of an XML part. A PDF is spoiled in its objects, packed again so that they can be read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Protocol

from lxml import etree

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
# the numbers, names and operators inside objects of a PDF
TOKEN = re.compile(rb"-?\d+(?:\.\d+)?|/[A-Za-z]+")
NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483647", b"4294967296", b"-2147483648", b"99999999999999999999", b"1e308", b"0.0000001")
WORDS = ("", " ", "0", "-1", "999999999", "１２", "Ⅷ", "²", "true", "restart", "continue", "\u202e", "\ue010", "A" * 3_000, "%9", "XFD1048576", "A0")


class Choices(Protocol):
    """Where decisions come from."""

    def below(self, count: int) -> int:
        """0 … count - 1."""

    def blob(self, most: int) -> bytes:
        """Some bytes."""


def spoil(data: bytes, choices: Choices) -> bytes:
    """The file, spoiled once to four times."""
    for _ in range(1 + choices.below(4)):
        data = _spoil_once(data, choices)
    return data


def _spoil_once(data: bytes, choices: Choices) -> bytes:
    depth = choices.below(4)
    if depth and data.startswith(b"PK"):
        return _spoil_archive(data, choices)
    if depth and data.startswith(b"%PDF"):
        return _spoil_pdf(data, choices)
    if depth > 1 and b"<" in data[:200]:
        return _spoil_markup(data, choices)
    return _spoil_bytes(data, choices)


def _spoil_bytes(data: bytes, choices: Choices) -> bytes:
    size = len(data)
    if not size:
        return choices.blob(64)
    at, length = choices.below(size), 1 + choices.below(min(size, 64))
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: data[:at] + choices.blob(64) + data[at + length:],
        lambda: data[:at] + choices.blob(16) + data[at:],
        lambda: data[:at] + data[at + length:],
        lambda: data[:at],
        lambda: data[:at] + data[at : at + length] * (2 + choices.below(200)) + data[at + length:],
        lambda: data[:at] + bytes([data[at] ^ 1 << choices.below(8)]) + data[at + 1:],
        lambda: data[:at] + NUMBERS[choices.below(len(NUMBERS))] + data[at + length:],
        lambda: data[:at] + data[choices.below(size):][:4_000] + data[at:],
    )
    return ways[choices.below(len(ways))]()


def _spoil_archive(data: bytes, choices: Choices) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:   # spoiled before: go on with its bytes
        return _spoil_bytes(data, choices)
    names = sorted(parts)
    if not names:
        return _spoil_bytes(data, choices)
    name, way = names[choices.below(len(names))], choices.below(12)
    if way == 0:
        del parts[name]
    elif way == 1:
        parts[names[choices.below(len(names))]] = parts[name]
    elif way == 2:
        parts[name] = choices.blob(200)
    elif way == 3:
        parts[name] = _spoil_bytes(parts[name], choices)
    elif way == 4:
        parts[name + "\x00/../" * choices.below(3)] = parts[name]
    else:
        parts[name] = _spoil_markup(parts[name], choices)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if choices.below(4) else zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()


def _spoil_markup(data: bytes, choices: Choices) -> bytes:
    try:
        root = etree.fromstring(data, etree.XMLParser(recover=True, huge_tree=False))
        nodes = list(root.iter(etree.Element)) if root is not None else []
    except (etree.XMLSyntaxError, ValueError):
        nodes = []
    if len(nodes) < 2:
        return _spoil_bytes(data, choices)
    one, other = nodes[1 + choices.below(len(nodes) - 1)], nodes[choices.below(len(nodes))]
    word = WORDS[choices.below(len(WORDS))]
    way = choices.below(9)
    if way == 0:
        one.getparent().remove(one)
    elif way == 1:
        for _ in range(1 + choices.below(300)):
            one.addnext(_copy(one))
    elif way == 2 and one is not other and one not in other.iterancestors():
        other.append(_copy(one))
    elif way == 3:
        inner = _copy(one)
        for _ in range(1 + choices.below(300)):
            shell = etree.Element(one.tag, dict(one.attrib))
            shell.append(inner)
            inner = shell
        one.getparent().replace(one, inner)
    elif way == 4 and one.attrib:
        one.set(list(one.attrib)[choices.below(len(one.attrib))], _clean(word))
    elif way == 5:
        one.text = _clean(word)
    elif way == 6:
        one.tag = other.tag
    elif way == 7:
        one.attrib.update(dict(other.attrib))
    else:
        one.attrib.clear()
    return etree.tostring(root)


def _copy(node: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(node, with_tail=False))


def _clean(word: str) -> str:
    return word.replace("\x00", "")


def _spoil_pdf(data: bytes, choices: Choices) -> bytes:
    streams = list(STREAM.finditer(data))
    if streams and choices.below(3):
        found = streams[choices.below(len(streams))]
        try:
            content = zlib.decompress(found[1])
        except zlib.error:
            return _spoil_bytes(data, choices)
        content = _spoil_tokens(content, choices) if choices.below(3) else _spoil_bytes(content, choices)
        packed = zlib.compress(content)
        return data[: found.start(1)] + packed + data[found.end(1):]   # the cross references are wrong now: pdfium repairs
    return _spoil_tokens(data, choices)


def _spoil_tokens(data: bytes, choices: Choices) -> bytes:
    tokens = list(TOKEN.finditer(data))
    if not tokens:
        return _spoil_bytes(data, choices)
    one, other = tokens[choices.below(len(tokens))], tokens[choices.below(len(tokens))]
    put = (NUMBERS[choices.below(len(NUMBERS))], other[0], one[0] * 2, b"")[choices.below(4)]
    return data[: one.start()] + put + data[one.end():]
