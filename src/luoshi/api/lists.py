"""Lists, their plan in force, and what was promised. In: a list id. Out: JSON."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from luoshi.api.answer import answer
from luoshi.api.shapes import ListShape, ListsShape, PlanShape, TargetsShape
from luoshi.plan.plan import plain
from luoshi.plan.target import Target
from luoshi.publish.explain import asked
from luoshi.status.stand import Item, unit_of
from luoshi.store.clock import today
from luoshi.store.queries.lists import lists_of, the_list
from luoshi.store.queries.story import Told, tell_list

router = Router(tags=["清单"])
NO_PLAN = "这张清单还没有确认的方案。请督查室先导入文件并确认，再来读。"


@router.get("/lists", response=ListsShape, summary="能看到的清单")
def lists(request: HttpRequest) -> Any:
    """新的年度在前。"""
    return answer({"lists": [_list(record) for record in lists_of(request.auth)]})  # type: ignore[attr-defined]


@router.get("/lists/{int:list_id}", response=ListShape, summary="一张清单")
def one_list(request: HttpRequest, list_id: int) -> Any:
    """名称、年度、在用方案的版本。"""
    return answer(_list(the_list(request.auth, list_id)))  # type: ignore[attr-defined]


@router.get("/lists/{int:list_id}/plan", response=PlanShape, summary="在用的方案")
def plan(request: HttpRequest, list_id: int) -> Any:
    """luoshi.plan/1：任务、举措、指标、节点、责任、提示，每一项都带出处。"""
    record = the_list(request.auth, list_id)  # type: ignore[attr-defined]
    if record.plan is None:
        raise Http404(NO_PLAN)
    return answer(record.plan.plan)


@router.get("/lists/{int:list_id}/targets", response=TargetsShape, summary="承诺的指标和节点")
def targets(request: HttpRequest, list_id: int) -> Any:
    """与总览同样的行、同样的编号，不带数。"""
    record, told = told_of(request, list_id)
    lines = [_target(item) for item in told.items]
    return answer({"list": list_id, "plan_version": record.plan.number, "targets": lines})


def told_of(request: HttpRequest, list_id: int, on: Any = None, known: Any = None) -> tuple[Any, Told]:
    """A list with its story on a day; 404 where there is no plan yet."""
    record = the_list(request.auth, list_id)  # type: ignore[attr-defined]
    told = tell_list(record, on or today(), known)
    if told is None:
        raise Http404(NO_PLAN)
    return record, told


def _list(record: Any) -> dict[str, Any]:
    return {"id": record.pk, "title": record.title, "year": record.year, "pack": record.pack, "example": record.example,
            "plan_version": record.plan.number if record.plan else None}


def _target(item: Item) -> dict[str, Any]:
    promise = item.promise
    is_target = isinstance(promise, Target)
    return {"number": item.number, "id": promise.id, "kind": "target" if is_target else "milestone", "task": item.task.no, "title": item.title,
            "asked": asked(item), "unit": unit_of(promise) if isinstance(promise, Target) else None,
            "value": plain(promise.value) if isinstance(promise, Target) else None, "due": promise.due.date if promise.due else None,
            "leads": list(item.leads), "class": item.binding.figure_class if item.binding else None,
            "indicator": item.binding.indicator if item.binding else None, "source": plain(promise.source)}
