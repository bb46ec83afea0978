"""A register's records as typed columns. In: a specification, `Record`s. Out: Arrow tables and schemas."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from luoshi.pack.register_spec import FieldSpec, RegisterSpec
from luoshi.register.record import Record, fields_of

EVIDENCE_SEPARATOR: Final = "；"
DECIMAL: Final = pa.decimal128(38, 10)
_ARROW: Final[dict[str, pa.DataType]] = {
    "text": pa.string(), "choice": pa.string(), "code": pa.string(), "integer": pa.int64(), "number": DECIMAL, "money": DECIMAL,
    "area": DECIMAL, "date": pa.date32(), "boolean": pa.bool_(), "point": pa.string(), "polygon": pa.string(),
    "period": pa.string(),
}
# With an underscore, which no field of a pack can begin with.
_OWN: Final = pa.schema([
    ("_no", pa.int64()), ("_key", pa.string()), ("_title", pa.string()), ("_happened", pa.date32()), ("_recorded", pa.date32()),
    ("_level", pa.int8()), ("_evidence", pa.string()),
])


def arrow_of_records(spec: RegisterSpec, records: tuple[Record, ...], first: int = 0) -> pa.Table:
    """「列存」 The records column by column. first: the number of the first of them."""
    own = [
        pa.array(range(first, first + len(records)), pa.int64()),
        pa.array([r.key for r in records], pa.string()),
        pa.array([r.title for r in records], pa.string()),
        pa.array([r.happened_on for r in records], pa.date32()),
        pa.array([r.recorded_on for r in records], pa.date32()),
        pa.array([r.level for r in records], pa.int8()),
        pa.array([EVIDENCE_SEPARATOR.join(r.evidence) for r in records], pa.string()),
    ]
    columns = [pa.array([r.values[place] for r in records], arrow_type(field)) for place, field in enumerate(fields_of(spec))]
    return pa.Table.from_arrays([*own, *columns], schema=arrow_schema(spec))


def arrow_schema(spec: RegisterSpec) -> pa.Schema:
    """「列」 The columns of a register: seven of every version, then its fields."""
    return schema_of(typed_names(spec))


def typed_names(spec: RegisterSpec) -> tuple[tuple[str, str], ...]:
    """Name and type of each field: all that the columns of a register depend on."""
    return tuple((field.name, field.type) for field in fields_of(spec))


def schema_of(fields: tuple[tuple[str, str], ...]) -> pa.Schema:
    """「列」 The same of fields by name and type."""
    return pa.schema([*_OWN, *(pa.field(name, _ARROW[kind]) for name, kind in fields)])


def arrow_type(field: FieldSpec) -> pa.DataType:
    """The column type of a field."""
    return _ARROW[field.type]
