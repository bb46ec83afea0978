"""YAML text → plain values, with the line on which each key and item stands.

In: text (YAML 1.2). Out: `PlacedYaml`. Dates stay text; duplicate keys, anchors and tags are problems, never resolved by a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.error import MarkedYAMLError, YAMLError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Where = tuple[str | int, ...]
"""The way to a value: keys as texts, and places in lists counted from 0."""

_CORE = "tag:yaml.org,2002:"
# the library's words → what a person who does not know YAML should look at
_SYNTAX: tuple[tuple[str, str], ...] = (
    (r"\\t|tab", "缩进里有制表符（Tab），只能用空格"),
    (r"mapping values are not allowed", "冒号后面的文字里又有“: ”，或缩进多了；文字里有冒号时整段加引号"),
    (r"could not find expected ':'", "这里缺“: ”（英文冒号加空格），或上一行的缩进不对"),
    (r"did not find expected|expected <block end>|expected ',' or", "缩进和上面对不齐，或括号、引号没有配对"),
    (r"unexpected end of stream|while scanning a quoted", "引号没有配对"),
    (r"single document", "一个文件只能有一份内容，去掉第二个“---”"),
    (r"undefined alias", "不支持别名（*名称）；以*、&、@、`开头的文字要加引号"),
    (r"cannot start any token", "这一段以YAML的特殊符号开头，整段加引号"),
)


# PyYAML reads YAML 1.1 (yes, 1:30 and 017 mean something there); these are the plain scalars of the core of 1.2.
_PLAIN: tuple[tuple[str, str, str], ...] = (
    ("null", r"^(?:~|null|Null|NULL|)$", "~nN"),   # null, or nothing at all
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),   # true
    ("int", r"^(?:[-+]?[0-9][0-9_]*|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789"),   # 10_000
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$", "-+0123456789."),   # 1.5
    ("float", r"^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$", "-+."),   # .inf
    ("merge", r"^<<$", "<"),   # <<
)
# libyaml, where the wheel has it (every platform we know): twenty times as fast as Python alone, and a pack has a hundred files
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_LOADER):  # type: ignore[misc]  # either class, as the wheel has it
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  # PyYAML's own way of saying it


for _tag, _pattern, _first in _PLAIN:
    for _character in [*_first, *([""] if _tag == "null" else [])]:
        _Loader.yaml_implicit_resolvers.setdefault(_character, []).append((_CORE + _tag, re.compile(_pattern)))


@dataclass(slots=True)
class PlacedYaml:
    """「读到的YAML」 value: plain values; lines: where → line, from 1; problems: (line, where, what is wrong)."""

    value: Any = None
    lines: dict[Where, int] = field(default_factory=dict)
    problems: list[tuple[int, Where, str]] = field(default_factory=list)


def read_yaml(text: str) -> PlacedYaml:
    """「读YAML」 one document. Where the syntax is broken there is no value, and one problem with its line."""
    placed = PlacedYaml()
    try:
        root = yaml.compose(text, Loader=_Loader)
    except (YAMLError, RecursionError) as broken:
        placed.problems.append((_line_of(broken, text), (), _syntax_in_chinese(str(broken))))
        return placed
    if root is not None:
        placed.value = _plain(root, (), placed, set())
    return placed


def line_of(lines: dict[Where, int], where: Where) -> int:
    """「行号」 The line of a value, or of the nearest thing around it."""
    while where and where not in lines:
        where = where[:-1]
    return lines.get(where, 1)


def _plain(node: Node, where: Where, placed: PlacedYaml, seen: set[int]) -> Any:
    placed.lines.setdefault(where, node.start_mark.line + 1)
    if id(node) in seen:  # an alias gives the same node again, and a chain of them grows without end
        placed.problems.append((placed.lines[where], where, "不支持锚点和别名，请把内容写全"))
        return None
    seen.add(id(node))
    if isinstance(node, MappingNode):
        return {key: _plain(value, (*where, str(key)), placed, seen) for key, value in _pairs(node, where, placed)}
    if isinstance(node, SequenceNode):
        return [_plain(item, (*where, i), placed, seen) for i, item in enumerate(node.value)]
    return _scalar(node, where, placed)


def _pairs(node: MappingNode, where: Where, placed: PlacedYaml) -> Iterator[tuple[str | int, Node]]:
    first: dict[str | int, int] = {}
    for key_node, value in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            placed.problems.append((line, where, "键只能是一个词"))
            continue
        key = int(key_node.value) if key_node.tag == f"{_CORE}int" and key_node.value.isdecimal() else key_node.value
        if key in first:
            placed.problems.append((line, (*where, str(key)), f"这个键写了两次，第{first[key]}行已有"))
            continue
        first[key] = placed.lines[(*where, str(key))] = line
        yield key, value


def _scalar(node: Node, where: Where, placed: PlacedYaml) -> Any:
    written, tag = str(node.value), str(node.tag).removeprefix(_CORE)
    if tag == "null":
        return None
    if tag == "bool":
        return written.lower() == "true"
    if tag in ("int", "float"):
        return _number(written, tag, where, placed)
    if tag in ("str", "timestamp"):
        return written
    placed.problems.append((placed.lines[where], where, f"不支持标签 !{tag}"))
    return None


def _number(written: str, tag: str, where: Where, placed: PlacedYaml) -> int | float | None:
    plain = written.replace("_", "")
    if re.fullmatch(r"[-+]?\d+", plain):  # 12, but not 0x1F, .inf or .nan
        return int(plain)
    if tag == "float" and re.fullmatch(r"[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?", plain):
        return float(plain)
    placed.problems.append((placed.lines[where], where, f"数的写法不认：{written}"))
    return None


def _line_of(broken: Exception, text: str) -> int:
    if isinstance(broken, MarkedYAMLError):
        mark = broken.problem_mark or broken.context_mark
        return int(mark.line) + 1 if mark else 1
    position = getattr(broken, "position", None)
    return text.count("\n", 0, position) + 1 if isinstance(position, int) else 1


def _syntax_in_chinese(message: str) -> str:
    for pattern, chinese in _SYNTAX:
        if re.search(pattern, message):
            return f"YAML写法不对：{chinese}"
    if "special characters are not allowed" in message:
        return "YAML写法不对：文件里有不可见的控制字符，删掉它"
    return "YAML写法不对：检查这一行的缩进、冒号和引号"
