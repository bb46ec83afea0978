"""Bytes of a text or web page → characters. In: bytes. Out: the decoded text without BOM, and the encoding that fitted.

By hand and in this order, because guessing libraries are wrong on short Chinese texts: BOM, strict UTF-8, GB18030.
"""

from __future__ import annotations

import re
from typing import Final

from luoshi.provenance import Finding
from luoshi.reading.refusal import refusal

BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# \x07 or \ue5e5: signs that no text holds, but that garbage decoded as GB18030 is full of
ODD: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffe\uffff]")
ODD_SHARE: Final = 0.02


def decode_text(data: bytes, name: str) -> tuple[str, str]:
    """The text and the name of its encoding."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _decode(data[len(bom) :], (encoding,), name)
    return _decode(data, ("utf-8", "gb18030"), name)


def _decode(data: bytes, encodings: tuple[str, ...], name: str) -> tuple[str, str]:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue   # the next encoding may fit; none fitting is refused below
        odd = len(ODD.findall(text))
        if encoding != "gb18030" and odd > ODD_SHARE * len(text):
            raise refusal("file.unknown", name, why="内容多是控制字符，不是文字")
        if odd <= ODD_SHARE * len(text):
            return text, encoding
    raise refusal("text.encoding", name)


def encoding_finding(encoding: str) -> tuple[Finding, ...]:
    """Says that the encoding was inferred; UTF-8 goes without saying."""
    if encoding != "gb18030":
        return ()
    message = "文件不是 UTF-8，已按 GB18030（GBK）读取。如果文字显示为乱码，请用记事本打开原文件，另存为 UTF-8 编码后重试。"
    return (Finding("text.gb18030", "text.gb18030:file", "info", message),)
