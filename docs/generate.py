"""Documents that are made from the code, so that they cannot go stale: GLOSSARY.md, docs/cli.md, docs/packs.md, docs/presets.md, and the
output of the commands in TOUR.md and the READMEs.

`make docs` writes them; a test fails when what stands in the repository is not what would be written.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "luoshi"
GENERATED = "<!-- Made by `make docs` from the code. Do not edit. -->\n\n"
TERM = re.compile(r"^「([^」]+)」\s*(.*)")
NO_TERM = {
    "Strict": "the strictness of pack files, not a thing of the field", "Counting": "what all kinds of indicator share",
    "RowFilters": "what the kinds over registers share"}
"""Public nouns without a Chinese term, each with its reason."""


@dataclass(frozen=True)
class Noun:
    """A public noun found in the code."""

    name: str
    term: str
    words: str
    module: str


def nouns() -> Iterator[Noun]:
    """Every public dataclass and pack model; the term is empty where the docstring marks none."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and is_noun(node):
                first = (ast.get_docstring(node) or "").split("\n\n")[0].replace("\n", " ")
                marked = TERM.match(first)
                module = str(path.relative_to(SOURCE.parent)).removesuffix(".py").replace("/", ".")
                yield Noun(node.name, marked[1] if marked else "", marked[2] if marked else first, module)


def is_noun(node: ast.ClassDef) -> bool:
    """A dataclass, or a model of a pack file's part (whole files are documented in docs/packs.md)."""
    decorated = any("dataclass" in ast.unparse(d) for d in node.decorator_list)
    bases = {ast.unparse(b) for b in node.bases}
    return decorated or (bool(bases & {"Strict", "Counting", "RowFilters"}) and not node.name.endswith("File"))


def glossary() -> str:
    """GLOSSARY.md"""
    lines = ["# Glossary 术语", "", GENERATED.strip(), "", "One English word for one Chinese term, in code, files and commands.", "",
             "| English | 中文 | what it is | where |", "|---|---|---|---|"]
    lines += [f"| {n.name} | {n.term} | {n.words.replace('|', '/')} | `{n.module}` |" for n in sorted(nouns(), key=lambda n: n.name) if n.term]
    return "\n".join(lines) + "\n"


def cli() -> str:
    """docs/cli.md"""
    from typer.main import get_command

    from luoshi.cli.main import app

    lines = ["# Command line", "", GENERATED.strip(), ""]
    for name, command in _commands(get_command(app), "luoshi"):
        lines += [f"## `{name}`", "", (command.help or "").strip(), ""]
        lines += [f"- `{_usage(p)}` — {getattr(p, 'help', None) or ''}" for p in command.params if p.name != "help"]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    yield name, command
    for child in getattr(command, "commands", {}).values():
        yield from _commands(child, f"{name} {child.name}")


def _usage(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return parameter.name.upper()
    default = parameter.default
    shown = f" （默认 {getattr(default, 'value', default)}）" if default not in (None, False, ...) and not callable(default) else ""
    return " ".join(parameter.opts) + shown


def packs() -> str:
    """docs/packs.md"""
    from luoshi.pack.find import shipped_packs
    from luoshi.pack.load import load_pack

    lines = [(ROOT / "docs" / "packs.head.md").read_text("utf-8").rstrip(), ""]
    for name in shipped_packs():
        pack, _ = load_pack(name)
        lines += [f"## {pack.file.id}　{pack.file.title}", ""]
        lines += ["| 灯规则 | 名称 | 用于 | 量什么 | 滞后线 | 严重滞后线 | 依据 |", "|---|---|---|---|---|---|---|"]
        lines += [f"| `{p.light}` | {p.title} | {p.run} | {p.gap} | {p.late:g} | {p.seriously_late:g} | {p.reference} |"
                  for p in pack.lights.values()]
        lines += ["", "| 台账 | 名称 | 键 | 供数 | 从哪级核验起算 |", "|---|---|---|---|---|"]
        lines += [f"| `{r.register_name}` | {r.title} | {'、'.join(r.key)} | {r.supply.unit} | {r.counts_from} |" for r in pack.registers.values()]
        if pack.indicators:
            lines += ["", "| 测算 | 名称 | 类别 | 算法 | 单位 | 口径 |", "|---|---|---|---|---|---|"]
            lines += [f"| `{i.indicator}` | {i.title} | {i.figure_class} | {i.kind} | {i.unit} | {' '.join((i.scope or '（待填）').split())} |"
                      for i in pack.indicators.values()]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def presets() -> str:
    """docs/presets.md"""
    from luoshi.pack.presets import load_presets
    from luoshi.pack.reference import load_reference
    from luoshi.publish.presets_text import presets_document
    from luoshi.supervision.preset_cases import run_preset_cases

    held = load_presets("base")
    head = (ROOT / "docs" / "presets.head.md").read_text("utf-8").rstrip()
    return "\n".join([head, "", GENERATED.strip(), "", *presets_document(held, run_preset_cases(held, load_reference().calendar))]) + "\n"


def rights() -> str:
    """docs/rights.md: role × right, and the pages behind each right."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.project.settings")
    django.setup()
    from luoshi.project.urls import PAGES
    from luoshi.store.roles import RIGHTS, ROLE_WORDS

    pages: dict[str, list[str]] = {}
    for pattern in (pattern for page in PAGES for pattern in page.urlpatterns):
        if hasattr(pattern.callback, "right"):
            pages.setdefault(pattern.callback.right or "", []).append(f"`/{pattern.pattern}`")
    reach = {"all": "●", "unit": "○"}
    head = ["# 权限表", "", GENERATED.strip(), "",
            "●：全部；○：只对本单位；空白：没有。每次访问和每次提交都在服务器上核对，`tests/web/test_rights.py` 逐页走一遍。", "",
            "| 权限 | " + " | ".join(ROLE_WORDS.values()) + " | 页面 |", "|---" * (len(ROLE_WORDS) + 2) + "|"]
    rows = [f"| `{right}` | " + " | ".join(reach.get(by_role.get(role, ""), "") for role in ROLE_WORDS) + f" | {' '.join(pages.get(right, ()))} |"
            for right, by_role in RIGHTS.items()]
    return "\n".join([*head, *rows, "", "凡登录的人都有（只对自己，或再按清单和单位核对）：" + " ".join(pages.get("", ()))]) + "\n"


BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)


def with_output(name: str) -> str:
    """A document whose console blocks show what their commands (lines that begin with `$ `) print now."""
    return BLOCK.sub(lambda found: f"```console\n{_run_block(found[1])}```", (ROOT / name).read_text("utf-8"))


def _run_block(block: str) -> str:
    shown = []
    for line in block.splitlines():
        if line.startswith("$ "):
            path = f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}"
            result = subprocess.run(["bash", "-c", line[2:]], cwd=ROOT, capture_output=True, text=True, check=False,
                                    env={**os.environ, "PATH": path, "PYTHONUTF8": "1"})
            shown.append(f"{line}\n{result.stdout}{result.stderr}")
    return "".join(shown)


DOCUMENTS = {"GLOSSARY.md": glossary, "docs/cli.md": cli, "docs/packs.md": packs, "docs/presets.md": presets, "docs/rights.md": rights,
             **{name: partial(with_output, name) for name in ("TOUR.md", "README.md", "README.zh-CN.md")}}


def main() -> None:
    """Write every document."""
    for name, make in DOCUMENTS.items():
        (ROOT / name).write_text(make(), "utf-8")
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
