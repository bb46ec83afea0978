"""The worked cases of a pack, run. In: a `Pack`. Out: `CaseResult`s: what each expected, what came out, and how they differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from luoshi.indicator.evaluate import CannotMeasure, evaluate_indicator
from luoshi.indicator.figure import Figure
from luoshi.pack.case_spec import Case
from luoshi.pack.pack import Pack
from luoshi.provenance import Finding, Row
from luoshi.register.cell import write_number
from luoshi.register.compiled import Compiled, compiled_of
from luoshi.register.facts import facts_of_case
from luoshi.register.warehouse import open_warehouse


@dataclass(frozen=True, slots=True)
class CaseResult:
    """「样例结果」 expected, got: the figure as people write it, or 无; differences: in Chinese, empty where the case passed."""

    case: str
    indicator: str
    expected: str
    got: str
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Nothing differs."""
        return not self.differences


def run_cases(pack: Pack, kept: Path | None = None) -> tuple[CaseResult, ...]:
    """「试样例」 Every worked case of the pack, each on its own facts. kept: a folder where compiled queries are kept from run to run."""
    with compiled_of(pack, kept) as compiled:
        return tuple(run_case(pack, case, compiled) for case in pack.cases)


def run_case(pack: Pack, case: Case, compiled: Compiled | None = None) -> CaseResult:
    """「试一例」 One worked case."""
    expected = "无" if case.figure is None else case.figure
    if case.indicator not in pack.indicators:
        return CaseResult(case.case, case.indicator, expected, "无", (f"没有叫 {case.indicator} 的测算",))
    facts, findings = facts_of_case(pack, case)
    wrong = _unexpected(case, findings)
    as_of = date.fromisoformat(case.as_of)
    known_at = date.fromisoformat(case.known_at) if case.known_at else None
    try:
        with open_warehouse(pack, facts, compiled) as warehouse:
            figure = evaluate_indicator(pack, warehouse, case.indicator, as_of, case.year or as_of.year, known_at)
    except CannotMeasure as broken:   # a unit or a value in the pack that cannot be computed with
        return CaseResult(case.case, case.indicator, expected, "无", (*wrong, str(broken)))
    differences = (*wrong, *_differences(case, figure))
    return CaseResult(case.case, case.indicator, expected, _written(figure), differences)


def _unexpected(case: Case, findings: tuple[Finding, ...]) -> list[str]:
    """A case may be about rows that are refused, or that break a legal gate; a misspelt column is never what it is about."""
    told = [f.message for f in findings if (f.level == "error" and f.id != "row.gate") or f.id == "row.unknown-column"]
    wrong = [message for message in told if not any(words in message for words in case.refused)]
    wrong += [f"应当拒绝“{words}”的行，没有拒绝" for words in case.refused if not any(words in message for message in told)]
    warnings = [f.message for f in findings if f.level == "warning"]
    return wrong + [f"应当提醒“{words}”，没有提醒" for words in case.warned if not any(words in message for message in warnings)]


def _written(figure: Figure) -> str:
    return "无" if figure.value is None else f"{write_number(figure.value)}{figure.unit}"


def _differences(case: Case, figure: Figure) -> list[str]:
    told = []
    if not _agrees(case.figure, figure):
        told.append(f"应为{case.figure if case.figure is not None else '无'}，算出来是{_written(figure)}" + figure.missing)
    counted = {row.key: row for row in figure.because.counted}
    excluded: dict[str, list[Row]] = {}
    for row in figure.because.excluded:
        excluded.setdefault(row.key, []).append(row)
    for key in case.counted:
        if key not in counted:
            told.append(f"“{key}”应当计入，没有计入" + (f"：{excluded[key][0].reason}" if key in excluded else "：明细里没有它"))
    for key, words in case.excluded.items():
        told += _excluded_difference(key, words, excluded.get(key, []), key in counted)
    if case.rule is not None and case.rule not in figure.because.rule:
        told.append(f"算法里应有“{case.rule}”，写的是“{figure.because.rule}”")
    asked = len(figure.because.questions)
    if asked != case.questions:
        told.append(f"应提问{case.questions}项，提了{asked}项")
    return told


def _excluded_difference(key: str, words: str, rows: list[Row], counts: bool) -> list[str]:
    if not rows:
        return [f"“{key}”不应计入，却计入了" if counts else f"“{key}”应列为不计入，明细里没有它"]
    if any(words in row.reason for row in rows):
        return []
    return [f"“{key}”不计入的理由应含“{words}”，写的是“{rows[0].reason}”"]


def _agrees(expected: str | None, figure: Figure) -> bool:
    """As people write it, with or without the unit: exactly, or rounded to the decimals where there are any (66.67%)."""
    if expected is None or figure.value is None:
        return expected is None and figure.value is None
    text = expected.strip().removesuffix(figure.unit).replace(",", "").replace("，", "").strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        return False
    decimals = len(text.partition(".")[2])
    return number == (round(figure.value, decimals) if decimals else figure.value)
