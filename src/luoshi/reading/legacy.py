"""Formats of old Office and WPS (doc, wps, xls, et, rtf). In: bytes. Out: the docx or xlsx that LibreOffice makes of them.

LibreOffice runs in a process of its own: with a profile of its own in which macros, links and active content are off, with no
proxy that answers, and with an end. What it made is kept for the next reader of the same bytes: a page shows a document often.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Final

from luoshi.provenance import Finding
from luoshi.reading.refusal import refusal
from luoshi.reading.source import Format, Unreadable

SECONDS: Final = 90
MAX_BYTES: Final = 50 * 1024 * 1024
KEPT: Final = 8
PROGRAMS: Final = ("soffice", "libreoffice")
# path, property, value: no macros, no active content, nothing fetched from elsewhere
SETTINGS: Final = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "1"),
)
ITEM: Final = (
    '<item oor:path="/org.openoffice.Office.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
)
PROFILE: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(ITEM.format(*setting) for setting in SETTINGS) + "</oor:items>"
)


@dataclass(frozen=True, slots=True)
class Legacy:
    """「旧格式」 A format that must be converted. words: what people call it; endings: of its file names; target: what it becomes."""

    words: str
    endings: tuple[str, ...]
    target: Format
    program: str


WORD: Final = Legacy("doc 或 wps", (".doc", ".wps", ".dot", ".wpt"), "docx", "Word 或 WPS")
EXCEL: Final = Legacy("xls 或 et", (".xls", ".et", ".xlt", ".ett"), "xlsx", "Excel 或 WPS")
RICH: Final = Legacy("rtf", (".rtf", ".doc"), "docx", "Word 或 WPS")

_made: dict[str, bytes] = {}
_one_at_a_time = Lock()


def find_legacy(data: bytes) -> Legacy | None:
    """Which old format the bytes are; None for everything else, encrypted files too."""
    if data.startswith(rb"{\rtf"):
        return RICH
    if not data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") or "EncryptedPackage".encode("utf-16-le") in data:
        return None
    if "WordDocument".encode("utf-16-le") in data:
        return WORD
    return EXCEL if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data else None


def convert(data: bytes, name: str, legacy: Legacy) -> tuple[bytes, Finding]:
    """The file in its new format, and a remark that it was converted."""
    program = next((found for each in PROGRAMS if (found := shutil.which(each))), None)
    if program is None:
        raise refusal("file.legacy", name, kind=legacy.words, program=legacy.program, target=legacy.target)
    digest = sha256(data).hexdigest()
    with _one_at_a_time:   # each run takes some 200 MB
        if digest not in _made:
            while len(_made) >= KEPT:
                del _made[next(iter(_made))]
            _made[digest] = _run(program, data, name, legacy)
    message = f"文件是旧格式（{legacy.words}），已用 LibreOffice 转成 {legacy.target} 再读。版面复杂的地方请对照原件核对。"
    return _made[digest], Finding("file.converted", f"file.converted:{legacy.target}", "info", message)


def _run(program: str, data: bytes, name: str, legacy: Legacy) -> bytes:
    with tempfile.TemporaryDirectory(prefix="luoshi-convert-") as folder:
        home = Path(folder)
        (home / "profile" / "user").mkdir(parents=True)
        (home / "profile" / "user" / "registrymodifications.xcu").write_text(PROFILE, "utf-8")
        source = home / f"source{legacy.endings[0]}"
        source.write_bytes(data)
        command = [program, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
                   "--convert-to", legacy.target, "--outdir", str(home / "made"), str(source)]
        if not _finishes(command, home):
            raise _failed(name, legacy, f"{SECONDS}秒内没有转完")
        made = home / "made" / f"source.{legacy.target}"
        if not made.is_file() or not 0 < made.stat().st_size <= MAX_BYTES:
            raise _failed(name, legacy, "文件设了密码、已损坏或过大")
        return made.read_bytes()


def _failed(name: str, legacy: Legacy, why: str) -> Unreadable:
    return refusal("file.not-converted", name, kind=legacy.words, why=why, program=legacy.program, target=legacy.target)


def _finishes(command: list[str], home: Path) -> bool:
    """Run to the end; past its time it is stopped with all it has started."""
    nowhere = "http://127.0.0.1:9"
    environment = {**os.environ, "HOME": str(home), "http_proxy": nowhere, "https_proxy": nowhere, "no_proxy": ""}
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)
    try:
        process.wait(timeout=SECONDS)
        return True
    except subprocess.TimeoutExpired:
        return False
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            process.poll()   # all of them have ended by themselves
        process.wait()
