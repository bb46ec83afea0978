"""Rows of a register from another system. In: a list id, a register, rows by column. Out: what became of each row; the same again is no change."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from luoshi.actions.upsert_rows import Upserted, upsert_rows
from luoshi.api.answer import answer
from luoshi.api.door import Refused, WriteDoor
from luoshi.api.shapes import RowsGiven, WrittenShape
from luoshi.store.clock import now, today

router = Router(tags=["台账"])
MOST = 5000


@router.put("/lists/{int:list_id}/registers/{name}/rows", response={200: WrittenShape, 207: WrittenShape, 422: WrittenShape}, auth=WriteDoor(),
            summary="写入台账的行（按编号，可重复）")
def write_rows(request: HttpRequest, list_id: int, name: str, given: RowsGiven) -> Any:
    """按编号新增或更正，同样的行再写一次什么都不变。200 都收了；207 收了一部分（whole 为 false）；422 有错，一行都没写。写入的行为“已填报”，
    等核验；登记日期是写入那天；核验不由接口写。"""
    if not given.rows or len(given.rows) > MOST:
        raise Refused(422, f"rows 是空的，或超过{MOST}行。请每次写1到{MOST}行。")
    who = request.auth  # type: ignore[attr-defined]
    done = upsert_rows(who, now(), today(), list_id, name, given.rows, whole=given.whole, reason=given.reason,
                       system=getattr(request, "token_name", ""))
    refused = sum(row.state == "refused" for row in done.rows)
    return answer(_tree(done), 200 if not refused else 207 if done.done else 422)


def _tree(done: Upserted) -> dict[str, Any]:
    counts = {state: sum(row.state == state for row in done.rows) for state in ("added", "changed", "same", "refused")}
    return {"written": done.done, **counts, "rows": [
        {"number": row.number, "key": row.key, "state": row.state,
         "reasons": [{"id": id, "column": column, "message": message} for id, column, message in row.reasons]} for row in done.rows]}
