"""Why a row counted, or why it did not. In: `Judged`. Out: `Row`s in Chinese, and questions about rows that cannot be decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from luoshi.indicator.children import ChildTest, child_fact, child_reason_words
from luoshi.indicator.condition_words import actual_words, change_words, reason_words
from luoshi.indicator.judging import Distinct, Filled, FirstInYear, Happened, Judged, NotRejected, Step, Tested, Verified
from luoshi.indicator.moment import SHOWN, Moment, write_day
from luoshi.pack.indicator_spec import Condition
from luoshi.provenance import Finding, Row
from luoshi.register.cell import write_value
from luoshi.register.columns import EVIDENCE_SEPARATOR
from luoshi.register.record import WORD_OF_LEVEL, field_of

COUNTED_WORDS: Final = "条件都符合"
Cells = Mapping[str, Any]


def rows_of(judged: Judged, moment: Moment, counted: bool, amounts: Mapping[str, Decimal] | None = None) -> tuple[Row, ...]:
    """「明细」 The rows to show, counted or not. amounts: what each counted row adds, by key."""
    return tuple(
        Row(
            cells["_key"], cells["_title"], (amounts or {}).get(cells["_key"]) if counted else None, _reason(judged, cells, moment),
            _facts(judged, cells), _evidence(cells), WORD_OF_LEVEL[cells["_level"]],
        )
        for cells in judged.rows if (cells["_verdict"] == 0) == counted
    )


def _evidence(cells: Cells) -> tuple[str, ...]:
    return tuple(filter(None, (cells["_evidence"] or "").split(EVIDENCE_SEPARATOR)))


def _facts(judged: Judged, cells: Cells) -> tuple[tuple[str, str], ...]:
    """Only what the rule looked at."""
    fields = (field_of(judged.spec, name) for name in judged.looked_at)
    children = {step.test for step in judged.steps if isinstance(step.test, ChildTest)}
    told = [child_fact(test, cells) for test in sorted(children, key=lambda test: test.number)]
    return (*((one.title, write_value(one, cells[one.name])) for one in fields), *told)


def _reason(judged: Judged, cells: Cells, moment: Moment) -> str:
    waiting = f"；之后还有{cells['_waiting']}版没有核验，没有采用" if cells["_waiting"] else ""
    if cells["_verdict"] == 0:
        return COUNTED_WORDS + waiting
    return _failed(judged, cells, moment) + waiting


def _failed(judged: Judged, cells: Cells, moment: Moment) -> str:
    step = judged.steps[cells["_verdict"] - 1]
    return _side(judged, step) + (_changed(judged, step.test, cells, moment) or _why(judged, step, cells, moment))


def _side(judged: Judged, step: Step) -> str:
    """Of a ratio: on which side of the line the row stands."""
    if not any(one.role == "below" for one in judged.steps) and not judged.wanted.bottom:
        return ""
    return "只在分母：" if step.role == "below" else "不在分母："


def _changed(judged: Judged, test: Tested, cells: Cells, moment: Moment) -> str:
    """A record that used to count names the change that ended it."""
    if not cells["_changed"]:
        return ""
    on: date | None = cells["_changed_on"]
    if isinstance(test, Condition):
        name = test.field
        was, became, now = cells[f"_was_{name}"], cells[f"_became_{name}"], cells[name]
        if was != became:
            return change_words(test, field_of(judged.spec, name), moment, (was, became, now), on)
    day = write_day(on, moment.as_of) if on else "后来"
    return f"原已计入，{day}变更后不再计入：{_why(judged, Step(test), cells, moment)}"


def _why(judged: Judged, step: Step, cells: Cells, moment: Moment) -> str:
    match step.test:
        case Happened():
            return f"发生日期{cells['_happened']}在统计日{moment.as_of}之后"
        case NotRejected():
            return f"核验结果为“{WORD_OF_LEVEL[-1]}”，不计入"
        case Verified(level):
            return f"核验级别未到“{WORD_OF_LEVEL[level]}”：现为{WORD_OF_LEVEL[cells['_level']]}"
        case Filled(name):
            return f"{field_of(judged.spec, name).title}未填，无法计算"
        case Distinct(names):
            same = "、".join(actual_words(field_of(judged.spec, name), cells[name]) for name in names)
            return f"同一{field_of(judged.spec, names[0]).title}已计入（{same}，{twin_words(cells['_twin'])}）"
        case FirstInYear(name):
            return f"不是本年内头一次：{actual_words(field_of(judged.spec, name), cells[name])}，不在{moment.year}年（到统计日）"
        case ChildTest() as test:
            return child_reason_words(test, cells, moment)
        case Condition() as condition:
            return reason_words(condition, field_of(judged.spec, condition.field), cells[condition.field], moment)


def questions_of(judged: Judged, indicator: str) -> tuple[Finding, ...]:
    """「待确认」 Rows that have no children to decide by are asked about, never guessed."""
    asked = []
    for cells in judged.rows:
        step = judged.steps[cells["_verdict"] - 1] if cells["_verdict"] else None
        if step and step.asks and isinstance(step.test, ChildTest):
            child = step.test.spec.title
            message = (
                f"“{cells['_title']}”没有登记{child}，不能判断，暂不计入。请补登{child}；确实没有{child}的，请说明口径上算不算。"
            )
            asked.append(Finding("row.no-children", f"row.no-children:{indicator}:{cells['_key']}", "question", message, None, indicator))
    if judged.asked > len(asked):
        message = f"还有{judged.asked - len(asked)}条同样的记录不能判断，没有逐条列出（每项测算最多列{SHOWN}条）。"
        asked.append(Finding("row.no-children", f"row.no-children:{indicator}:…", "question", message, None, indicator))
    return tuple(asked)


def twin_words(key: str) -> str:
    """「已计的」 What a row that does not count says of the one that counts in its place; the page of that one looks for it."""
    return f"已计的是{key}"
