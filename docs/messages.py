"""The English of the pages: src/luoshi/web/locale/en/LC_MESSAGES/django.po, kept beside the code. In: code and templates. Out: .po, .mo.

`python docs/messages.py` adds what is new with an empty translation, drops what is gone, and compiles; nothing but Python is needed.
A test fails when a message has no English, or the .mo is not what the .po says.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "luoshi"
PO = SOURCE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
HEADER = ("Project-Id-Version: luoshi\nLanguage: en\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
          "Content-Transfer-Encoding: 8bit\nPlural-Forms: nplurals=2; plural=(n != 1);\n")
CALL = re.compile(r"""\b(?:n?gettext|_)\((?P<one>u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))(?:,\s*(?P<many>u?(?:"[^"]*"|'[^']*')))?""")   # _('总览')
ENTRY = re.compile(r'^msgid (?P<id>(?:"[^\n]*"\n)+)(?:msgid_plural (?P<many>(?:"[^\n]*"\n)+))?(?P<said>(?:msgstr(?:\[\d\])? (?:"[^\n]*"\n)+)+)', re.M)


@dataclass(frozen=True)
class Message:
    """A text of the pages: Chinese, its plural where it counts something, and the English of each."""

    text: str
    plural: str = ""
    said: tuple[str, ...] = ()


def collect() -> dict[str, Message]:
    """Every text that code or templates give to be translated, in the order of the files."""
    found: dict[str, Message] = {}
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.glob("web/templates/**/*.html")]):
        for one, many in _in_code(path) if path.suffix == ".py" else _in_template(path):
            if many or one not in found:
                found[one] = Message(one, many)
    return found


def _in_code(path: Path) -> Iterator[tuple[str, str]]:
    tree = ast.parse(path.read_text("utf-8"))
    names = {alias.asname or alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
             for alias in node.names if "gettext" in alias.name}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            words = [each.value for each in node.args[:2] if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if words:
                yield words[0], words[1] if len(words) > 1 else ""


def _in_template(path: Path) -> Iterator[tuple[str, str]]:
    from django.utils.translation.template import templatize

    for call in CALL.finditer(templatize(path.read_text("utf-8"))):
        yield ast.literal_eval(call["one"]), ast.literal_eval(call["many"]) if call["many"] else ""


def read_po() -> dict[str, Message]:
    """What is translated so far."""
    found = {}
    for entry in ENTRY.finditer(PO.read_text("utf-8")):
        said = tuple(_joined(each) for each in re.split(r"^msgstr(?:\[\d\])? ", entry["said"], flags=re.M)[1:])
        found[_joined(entry["id"])] = Message(_joined(entry["id"]), _joined(entry["many"] or ""), said)
    found.pop("", None)     # the header
    return found


def _joined(lines: str) -> str:
    return "".join(ast.literal_eval(line) for line in lines.splitlines())


def write_po(messages: dict[str, Message]) -> str:
    """One message after another; placeholders are written as Python writes them: %(count)s."""
    parts = [f'msgid ""\nmsgstr ""\n{"".join(_quoted(line) + chr(10) for line in HEADER.splitlines(keepends=True))}']
    for message in messages.values():
        flag = "#, python-format\n" if re.search(r"%\(\w+\)", message.text) else ""
        if message.plural:
            said = "".join(f"msgstr[{n}] {_quoted(words)}\n" for n, words in enumerate(message.said or ("", "")))
            parts.append(f"{flag}msgid {_quoted(message.text)}\nmsgid_plural {_quoted(message.plural)}\n{said}")
        else:
            parts.append(f"{flag}msgid {_quoted(message.text)}\nmsgstr {_quoted(message.said[0] if message.said else '')}\n")
    return "\n".join(parts)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def compiled(messages: dict[str, Message]) -> bytes:
    """The .mo: sorted keys and values, each with its length and place."""
    pairs = {"": HEADER, **{f"{m.text}\0{m.plural}" if m.plural else m.text: "\0".join(m.said) for m in messages.values() if all(m.said) and m.text}}
    keys = sorted(pairs, key=lambda key: key.encode())
    ids, words = [key.encode() for key in keys], [pairs[key].encode() for key in keys]
    start, tables = 28 + 16 * len(keys), []
    for texts in (ids, words):
        for text in texts:
            tables += [len(text), start]
            start += len(text) + 1
    body = b"".join(text + b"\0" for text in (*ids, *words))
    return struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, 0) + struct.pack(f"<{len(tables)}I", *tables) + body


def main() -> None:
    """Bring both files up to date and say what waits for a translator."""
    kept = read_po() if PO.exists() else {}
    merged = {text: Message(text, m.plural, kept[text].said if text in kept and bool(kept[text].plural) == bool(m.plural) else ())
              for text, m in collect().items()}
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_text(write_po(merged), "utf-8")
    MO.write_bytes(compiled(merged))
    open_ones = [text for text, message in merged.items() if not all(message.said) or not message.said]
    sys.stdout.write(f"{len(merged)} messages, {len(open_ones)} without English\n" + "".join(f"  {text}\n" for text in open_ones))


if __name__ == "__main__":
    main()
