"""Generated documents are current; every noun has its term, once; every finding is documented."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["generate"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["GLOSSARY.md", "docs/cli.md", "docs/packs.md", "TOUR.md", "README.md", "README.zh-CN.md"])
def test_it_is_what_make_docs_would_write(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == generator().DOCUMENTS[name](), f"{name} is stale: run `make docs`"


def test_every_public_noun_has_a_chinese_term() -> None:
    module = generator()
    assert [n.name for n in module.nouns() if not n.term and n.name not in module.NO_TERM] == []


def test_no_term_is_used_twice() -> None:
    terms = Counter(n.term for n in generator().nouns() if n.term)
    assert [term for term, times in terms.items() if times > 1] == []


ROOMS = "file|text|docx|xlsx|html|pdf|list|table|row|task|duty|due|target|quantity|binding|answer|reported|pack"
LITERAL = re.compile(rf'"((?:{ROOMS})\.[a-z][a-z0-9-]+)"')
WITHIN = (("pack", re.compile(r'\.finding\(\s*"([a-z-]+)"')), ("xlsx", re.compile(r'_finding\(\s*"([a-z-]+)", name')))
"""Where the room is put before the kind at run time."""
FILE_NAMES = {"pack.yaml", "answers.yaml", "text.html", "list.make", "reported.all"}   # files, a journal entry, a bound number


def remarked_ids() -> set[str]:
    ids = {"pack.unknown-key", "pack.missing-key"}
    for path in (ROOT / "src" / "luoshi").rglob("*.py"):
        if path.parent.name == "actions" or path.name == "journal_words.py":       # there the same shape names an entry of the journal
            continue
        text = path.read_text("utf-8")
        ids |= set(LITERAL.findall(text))
        for room, pattern in WITHIN:
            ids |= {f"{room}.{kind}" for kind in pattern.findall(text)} if path.parent.name in {"pack", "reading"} else set()
    return ids - FILE_NAMES


def test_every_finding_and_refusal_is_documented() -> None:
    page = (ROOT / "docs" / "findings.md").read_text("utf-8")
    assert sorted(i for i in remarked_ids() if f"`{i}`" not in page) == []


def test_no_finding_is_documented_that_nobody_remarks() -> None:
    source = "".join(p.read_text("utf-8") for p in (ROOT / "src" / "luoshi").rglob("*.py"))
    documented = re.findall(rf"`((?:{ROOMS})\.[a-z0-9-]+)`", (ROOT / "docs" / "findings.md").read_text("utf-8"))
    assert documented
    assert [i for i in documented if f'"{i}"' not in source and f'"{i.split(".")[1]}"' not in source] == []
