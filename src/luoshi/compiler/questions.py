"""Pass 8: what a target leaves open → questions. In: `Draft` with targets. Out: the same with questions.

A definition that is not known is asked, never guessed: stock or flow, first-time or net, which denominator, how wide 左右 is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.compiler.draft import Draft
from luoshi.plan.plan import DocumentRef, Plan
from luoshi.plan.target import Target
from luoshi.provenance import Answer, Finding


@dataclass(frozen=True, slots=True)
class Asking:
    """「问法」 When to ask, what, and the likely answers. when: looked for in the metric and the words around the number;
    unless: not asked where these words have answered it. units: only targets in these units."""

    id: str
    when: re.Pattern[str]
    unless: re.Pattern[str] | None
    units: re.Pattern[str]
    question: str
    answers: tuple[Answer, ...]


_COUNTED = re.compile(r"^[百千万亿]?[个家名人项宗件处座条所户台辆批次只支]$")
_MONEY = re.compile(r"元$")
_RATE = re.compile(r"^(?:%|‰|个百分点)$")

ASKED: tuple[Asking, ...] = (
    Asking("target.stock-or-flow", re.compile(r"培育|打造|建成|拥有|达到|形成|发展"),                     # 培育8家百亿企业
           re.compile(r"新增|新引进|新建|新设|新认定|引进|累计|净增|完成"), _COUNTED,
           "是年底时的总数，还是当年新增的数？两种算法差别很大。",
           (Answer("stock", "年底总数（存量）"), Answer("flow", "当年新增（流量）"))),
    Asking("target.stock-or-flow", re.compile(r"额度|规模|余额|贷款"),                                    # 安排…额度30亿元
           re.compile(r"新增|净增|余额"), _MONEY,
           "是年底时点的余额，还是当年累计发生的数额？",
           (Answer("stock", "年底时点余额（存量）"), Answer("flow", "当年累计发生（流量）"))),
    Asking("target.scope", re.compile(r"新增|净增"), re.compile(r"新引进"), _COUNTED,                      # 新增高新技术企业200家
           "只数当年新增的，还是减去退出、到期的净增？",
           (Answer("gross", "当年新增，不减退出"), Answer("net", "年末减年初，净增"))),
    Asking("target.scope", re.compile(r"占|比重|率|覆盖|实现|以上|全"), None, _RATE,                       # …增加值占比达到53%
           "分母是什么范围，截至哪一天？哪些可以不算在内？",
           (Answer("declare", "填写分子、分母和不计入的情形"),)),
    Asking("target.scope", re.compile(r"."), None, _MONEY,                                               # 主营业务收入、贷款
           "统计范围是什么（行业目录版本、企业规模口径），数由谁提供？",
           (Answer("declare", "填写范围和数据来源"),)),
)


def ask_scope(draft: Draft) -> Draft:
    """Ask once per target and kind of question; the band of 左右 apart."""
    plan = Plan(DocumentRef("", "", "", "", None, None), draft.tasks)
    findings = []
    for task, _, target in plan.targets():
        where = f"任务{task.no or ''}“{target.metric} {_written(target)}”"
        findings += [Finding(a.id, f"{a.id}:{target.id}", "question", f"{where}：{a.question}", target.source, target.id, a.answers)
                     for a in _asked_of(target)]
        if target.op == "~":
            findings.append(_band(where, target))
    return draft.found(*findings)


def _asked_of(target: Target) -> Iterator[Asking]:
    words = target.metric + target.source.quote
    seen: set[str] = set()
    for asking in ASKED:
        if asking.id in seen or not asking.units.search(target.unit) or not asking.when.search(words):
            continue
        if asking.unless and asking.unless.search(words):
            continue
        seen.add(asking.id)
        yield asking


def _written(target: Target) -> str:
    return target.source.quote.replace("\n", "")


def _band(where: str, target: Target) -> Finding:
    low, high = target.value * 9 / 10, target.value * 11 / 10
    return Finding("target.band", f"target.band:{target.id}", "question",
                   f"{where}：“左右”算多宽？建议上下各10%，即{low.normalize():f}到{high.normalize():f}{target.unit}。",
                   target.source, target.id, (Answer("10%", "上下10%"), Answer("at_least", "不低于所写的数就算完成")))
