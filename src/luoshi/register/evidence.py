"""What a piece of evidence is, and the same file or photo put under two rows. In: evidence as written. Out: `EvidenceUse`s, findings.

A document number may prove many rows (a list of recognised firms); a photograph or a file of one row may not prove another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from luoshi.provenance import Finding
from luoshi.register.record import REJECTED, Record

EvidenceKind = Literal["file", "document", "address", "words"]
# sha256:9f86d0… or the bare 64 digits
_HASH: Final = re.compile(r"(?:sha256:)?[0-9a-f]{64}", re.IGNORECASE)
# 现场照片.jpg · 验收意见.pdf
_FILE: Final = re.compile(r"[^/\\]+\.(?:jpe?g|png|heic|pdf|docx?|xlsx?|zip|mp4)", re.IGNORECASE)
# https://www.jiaxing.gov.cn/art/2019/9/18/art_1.html
_ADDRESS: Final = re.compile(r"https?://\S+")
# 嘉政发〔2019〕3号
_DOCUMENT: Final = re.compile(r".*〔\d{4}〕.*号.*|.*\[\d{4}\].*号.*")


@dataclass(frozen=True, slots=True)
class EvidenceUse:
    """「佐证重用」 One file or photo, and the rows that it was put under: (register, key)."""

    evidence: str
    rows: tuple[tuple[str, str], ...]


def kind_of(evidence: str) -> EvidenceKind:
    """「佐证种类」 A file by its hash or name, a document by its number, an address, or words."""
    for pattern, kind in ((_ADDRESS, "address"), (_HASH, "file"), (_FILE, "file"), (_DOCUMENT, "document")):
        if pattern.fullmatch(evidence.strip()):
            return kind  # type: ignore[return-value]
    return "words"


def reused(records: Mapping[str, Iterable[Record]]) -> tuple[EvidenceUse, ...]:
    """「查重用」 Files under more than one thing; versions of one thing may share them."""
    uses: dict[str, dict[tuple[str, str], None]] = {}
    for name, rows in records.items():
        for row in rows:
            for piece in row.evidence if row.level != REJECTED else ():
                if kind_of(piece) == "file":
                    uses.setdefault(piece.lower().removeprefix("sha256:"), {})[name, row.key] = None
    return tuple(EvidenceUse(piece, tuple(rows)) for piece, rows in uses.items() if len(rows) > 1)


def reuse_findings(records: Mapping[str, Iterable[Record]], titles: Mapping[str, str]) -> tuple[Finding, ...]:
    """「重用提示」 titles: register → its title."""
    told = []
    for use in reused(records):
        rows = "、".join(f"{titles.get(name, name)}“{key}”" for name, key in use.rows[:5])
        message = f"同一份佐证“{use.evidence[:40]}”用在{len(use.rows)}行：{rows}。请核对是不是各有各的佐证；确实共用的，写明理由后可以接受。"
        told.append(Finding("row.evidence-reused", f"row.evidence-reused:{use.evidence[:64]}", "warning", message, None, use.rows[0][0]))
    return tuple(told)
