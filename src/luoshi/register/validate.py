"""What a row, and the rows of a register together, must hold: found when they are read, each named by file, row and column.

In: a `RegisterSpec` and its records. Out: those that may stand, and findings. An error keeps its row out and cannot be waved through; a
warning leaves it in, and can be accepted by a person with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from luoshi.pack.register_spec import Before, FieldSpec, RegisterSpec, Rising
from luoshi.provenance import Finding, Level
from luoshi.register.cell import write_value
from luoshi.register.geometry import mu_of, overlap, read_polygon
from luoshi.register.period import end_of_period
from luoshi.register.record import REJECTED, Record, Value, field_of, fields_of

AREA_OFF: Final = Decimal("0.03")
Cells = Mapping[str, Value]
RowCheck = Callable[[RegisterSpec, Record, Cells], Iterator["Fault"]]


@dataclass(frozen=True, slots=True)
class Fault:
    """「不合规则」 kind: the finding's id; column: where to look; why and what to do, in Chinese."""

    kind: str
    column: str
    why: str
    todo: str
    level: Level = "error"


@dataclass(frozen=True, slots=True)
class AcceptedWarning:
    """「接受提醒」 key: of the finding; reason: why the row is right all the same; by, on: who said so and when."""

    key: str
    reason: str
    by: str
    on: date


class CannotAccept(ValueError):
    """「不能接受」 An error, or a warning without a reason. str(error) is the Chinese message."""


def check_rows(spec: RegisterSpec, rows: Iterable[Record], today: date | None = None) -> tuple[tuple[Record, ...], tuple[Finding, ...]]:
    """「查行」 today: the day of the import; no thing can have happened after it."""
    if today is None and not _has_rules(spec):
        return tuple(rows), ()
    names = [f.name for f in fields_of(spec)]
    kept: list[Record] = []
    told: list[Finding] = []
    checks = [check for check in ROW_CHECKS if _applies(spec, check)]
    for row in rows:
        faults = list(_after_today(spec, row, today)) if today else []
        if checks:
            cells = dict(zip(names, row.values, strict=True))
            faults = [fault for check in checks for fault in check(spec, row, cells)] + faults
        told += [_finding(spec, row, fault) for fault in faults]
        if all(fault.level != "error" for fault in faults):
            kept.append(row)
    for rule in spec.rising:
        told += _falling(spec, rule, kept, names)
    if spec.separate:
        kept, overlapping = _apart(spec, spec.separate, kept, names)
        told += overlapping
    return tuple(kept), tuple(told)


def accept_warnings(findings: Iterable[Finding], accepted: Iterable[AcceptedWarning]) -> tuple[Finding, ...]:
    """「接受提醒」 What is still open. Errors cannot be accepted, and nothing can without a reason."""
    by_key = {finding.key: finding for finding in findings}
    for one in accepted:
        finding = by_key.get(one.key)
        if finding is not None and finding.level == "error":
            raise CannotAccept(f"这是错误，不能接受，只能改：{finding.message}")
        if not one.reason.strip():
            raise CannotAccept("接受一条提醒要写明理由。")
        by_key.pop(one.key, None)
    return tuple(by_key.values())


def _finding(spec: RegisterSpec, row: Record, fault: Fault) -> Finding:
    fate = "这一行没有导入。" if fault.level == "error" else "确实无误的，写明理由后可以接受。"
    message = f"{row.origin}“{fault.column}”列：{fault.why}。{fault.todo}。{fate}"
    return Finding(fault.kind, f"{fault.kind}:{row.origin}:{fault.column}", fault.level, message, None, spec.register_name)


def _order(spec: RegisterSpec, row: Record, cells: Cells) -> Iterator[Fault]:
    """Actual before plan, end before start; something published about a period before it has ended."""
    for rule in spec.order:
        earlier, later = _last_day(spec, rule.earlier, cells), cells[rule.later]
        if earlier and isinstance(later, date) and later < earlier:
            yield _backwards(spec, rule, earlier, later)


def _last_day(spec: RegisterSpec, name: str, cells: Cells) -> date | None:
    value = cells[name]
    if isinstance(value, str) and field_of(spec, name).type == "period":
        return end_of_period(value)
    return value if isinstance(value, date) else None


def _backwards(spec: RegisterSpec, rule: Before, earlier: date, later: date) -> Fault:
    first, second = field_of(spec, rule.earlier).title, field_of(spec, rule.later).title
    return Fault("row.order", second, f"“{second}”{later}早于“{first}”{earlier}", "请核对两个日期", rule.level)


def _limits(spec: RegisterSpec, row: Record, cells: Cells) -> Iterator[Fault]:
    for field in spec.fields:
        value = cells[field.name]
        if field.at_most is not None and isinstance(value, Decimal | int) and not 0 <= value <= Decimal(str(field.at_most)):
            limit = f"0到{field.at_most:g}{field.unit or ''}"
            yield Fault("row.out-of-range", field.title, f"{write_value(field, value)}不在{limit}之间", "请核对数和单位")


def _codes(spec: RegisterSpec, row: Record, cells: Cells) -> Iterator[Fault]:
    """A code that its list did not hold on the day of the row."""
    for field in spec.fields:
        value = cells[field.name]
        if not field.valid or value is None:
            continue
        spans = [span for span in field.valid if span.code == value]
        day = row.happened_on or row.recorded_on
        if not spans:
            yield Fault("row.unknown-code", field.title, f"代码表里没有“{value}”", f"请改用：{_some(field)}")
        elif day and not any((span.since or "") <= day.isoformat() <= (span.until or "9999") for span in spans):
            when = "；".join(f"{span.since or '最初'}到{span.until or '现在'}" for span in spans)
            yield Fault("row.code-not-valid", field.title, f"代码“{value}”在{day}不在有效期（{when}）", "请改用当时有效的代码")


def _some(field: FieldSpec) -> str:
    codes = [span.code for span in field.valid]
    return "、".join(codes[:8]) + ("……" if len(codes) > 8 else "")


def _areas(spec: RegisterSpec, row: Record, cells: Cells) -> Iterator[Fault]:
    """The range on the map against the area that was written."""
    for field in spec.fields:
        drawn, declared = cells[field.name], cells.get(field.covers) if field.covers else None
        if field.type != "polygon" or drawn is None or not isinstance(declared, Decimal) or not declared:
            continue
        area = mu_of(read_polygon(str(drawn)) or ())
        off = (area - declared) / declared
        if abs(off) > AREA_OFF:
            title = field_of(spec, field.covers or "").title
            why = f"范围算出来{area}亩，“{title}”写的是{declared:f}亩，相差{abs(off) * 100:.1f}%，超过3%"
            yield Fault("row.area-differs", field.title, why, "请核对范围的拐点和面积", "warning")


ROW_CHECKS: Final[tuple[RowCheck, ...]] = (_order, _limits, _codes, _areas)


def _has_rules(spec: RegisterSpec) -> bool:
    """Most registers of a big file have none, and their rows need not be looked at again."""
    return bool(spec.rising or spec.separate or any(_applies(spec, check) for check in ROW_CHECKS))


def _applies(spec: RegisterSpec, check: RowCheck) -> bool:
    """Whether a register asks for anything that the check looks at."""
    if check is _order:
        return bool(spec.order)
    return any(f.at_most is not None if check is _limits else f.valid if check is _codes else f.covers for f in spec.fields)


def _after_today(spec: RegisterSpec, row: Record, today: date) -> Iterator[Fault]:
    for day, column in ((row.happened_on, spec.happened), (row.recorded_on, "recorded_on")):
        if day and day > today:
            title = field_of(spec, column).title if column else "发生日期"
            yield Fault("row.in-the-future", title, f"{day}在今天（{today}）之后，还没有发生", "请核对年份；计划日期填在计划的列里")


def _falling(spec: RegisterSpec, rule: Rising, rows: list[Record], names: list[str]) -> list[Finding]:
    """A cumulative number that is less than before: a correction, or an error; somebody must say which."""
    told = []
    last: dict[tuple[Value, ...], tuple[Any, Value, Record]] = {}
    places = {name: names.index(name) for name in (*rule.by, rule.along, rule.field)}
    dated = [(row.values[places[rule.along]], row) for row in rows if row.level != REJECTED]
    in_order = sorted(((day, row) for day, row in dated if isinstance(day, date)), key=lambda pair: (pair[0], pair[1].recorded_on or date.min))
    for along, row in in_order:
        value, series = row.values[places[rule.field]], tuple(row.values[places[name]] for name in rule.by)
        if not isinstance(value, Decimal | int):
            continue
        before = last.get(series)
        field = field_of(spec, rule.field)
        if before is not None and isinstance(before[1], Decimal | int) and value < before[1] and before[0] != along:
            was, now = write_value(field, before[1]), write_value(field, value)
            why = f"累计数从{was}（{before[2].origin}）减到{now}"
            fault = Fault("row.falling", field.title, why, "累计数不能减少；是更正的，请写明理由", "warning")
            told.append(_finding(spec, row, fault))
        last[series] = (along, value, row)
    return told


def _apart(spec: RegisterSpec, name: str, rows: list[Record], names: list[str]) -> tuple[list[Record], list[Finding]]:
    """Two things cannot stand on the same ground; versions of one thing can. Sorted by their western edge, so that few pairs are looked at."""
    place, field = names.index(name), field_of(spec, name)
    ours = [row for row in rows if row.level != REJECTED and row.values[place]]
    drawn = [(corners, row) for row in ours if (corners := read_polygon(str(row.values[place])))]
    order = {id(row): number for number, row in enumerate(rows)}
    drawn.sort(key=lambda pair: min(x for x, _ in pair[0]))
    refused: dict[int, Finding] = {}
    for i, (one, row) in enumerate(drawn):
        east = max(x for x, _ in one)
        for other, second in drawn[i + 1 :]:
            if min(x for x, _ in other) >= east:
                break
            if row.key != second.key and overlap(one, other):
                first, later = sorted((row, second), key=lambda r: order[id(r)])
                where = "台账里的" if first.origin.startswith("在册") else first.origin
                fault = Fault("row.overlap", field.title, f"与{where}“{first.title}”的范围重叠", "一块地只能登记一次，请核对四至")
                refused.setdefault(id(later), _finding(spec, later, fault))
    return [row for row in rows if id(row) not in refused], list(refused.values())
