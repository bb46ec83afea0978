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


def test_every_finding_and_refusal_is_documented() -> None:
    ids = set()
    for path in (ROOT / "src" / "luoshi").rglob("*.py"):
        text = path.read_text("utf-8")
        ids |= set(re.findall(r'(?:Finding|Unreadable|Asking)\(\s*"([a-z]+(?:\.[a-z0-9-]+)+)"', text))
    page = (ROOT / "docs" / "findings.md").read_text("utf-8")
    assert sorted(i for i in ids if f"`{i}`" not in page) == []
