"""Invented rows by the million, to try a pack at the size of a province. In: a register, how many. Out: a SELECT for `Segments.adopt`.

Every value is drawn from the row's number by a hash, so that the same number gives the same row on every machine. Nothing real is in it.
"""

from __future__ import annotations

from typing import Final

from luoshi.pack.register_spec import FieldSpec, RegisterSpec
from luoshi.register.record import fields_of

PLACES: Final = 100
"""Invented districts."""


def generated_rows(spec: RegisterSpec, rows: int, first: int = 0, year: int = 2019) -> str:
    """「造行」 So many records from this number on, sorted by key; two years of days up to the end of the year."""
    key = "lpad(CAST(i AS VARCHAR), 10, '0')"
    own = [
        "CAST(i AS BIGINT) AS _no", f"{key} AS _key", f"'示例' || {key} AS _title", f"{_day(1, year)} AS _happened", f"{_day(1, year)} AS _recorded",
        f"CAST(CASE {_draw(2, 20)} WHEN 0 THEN -1 WHEN 1 THEN 0 WHEN 2 THEN 1 ELSE 2 END AS TINYINT) AS _level", "'' AS _evidence",
    ]
    fields = [f'{_value(field, place, spec, year)} AS "{field.name}"' for place, field in enumerate(fields_of(spec), start=3)]
    return f"SELECT {', '.join([*own, *fields])} FROM range({first}, {first + rows}) AS numbers(i)"


def _value(field: FieldSpec, place: int, spec: RegisterSpec, year: int) -> str:
    if field.name == "district":
        return f"'示例县' || {_draw(place, PLACES)}"
    if field.name == "supplier":
        return f"'示例局' || {_draw(place, 20)}"
    if field.name in spec.key and field.type in ("text", "code"):
        return "lpad(CAST(i AS VARCHAR), 10, '0')"
    written = {
        "date": _day(place, year), "boolean": f"{_draw(place, 2)} = 0", "integer": _draw(place, 1000),
        "choice": _choice(field, place), "money": _number(place, 100_000_000), "area": _number(place, 1000), "number": _number(place, 100),
    }.get(field.type, "CAST(NULL AS VARCHAR)" if not field.required else f"'示例' || {_draw(place, 100_000)}")
    return written if field.required else f"CASE WHEN {_draw(place + 100, 10)} > 0 THEN {written} END"


def _choice(field: FieldSpec, place: int) -> str:
    words = ", ".join("'" + word.replace("'", "''") + "'" for word in field.choices)
    return f"[{words}][1 + {_draw(place, len(field.choices))}]" if words else "CAST(NULL AS VARCHAR)"


def _number(place: int, below: int) -> str:
    return f"CAST({_draw(place, below)} AS DECIMAL(38, 10))"


def _day(place: int, year: int) -> str:
    return f"DATE '{year - 1}-01-01' + CAST({_draw(place, 730)} AS INTEGER)"


def _draw(place: int, below: int) -> str:
    return f"CAST(hash(i * 1009 + {place}) % {below} AS BIGINT)"
