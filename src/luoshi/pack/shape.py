"""Which keys a place of a pack file allows, asked of the models themselves.

In: a model and pydantic's `loc` of an error. Out: the keys that people may write there.
"""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel


def keys_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """「可写的键」 At a place; nothing where it is not a piece with fixed keys."""
    shape: Any = model
    for part in loc:
        shape = _step(shape, part)
    models = [option for option in _options(shape) if _is_model(option)]
    return tuple(key for option in models for key in _fields(option))


def _step(shape: Any, part: str | int) -> Any:
    for option in _options(shape):
        if get_origin(option) is tuple and isinstance(part, int):
            return get_args(option)[0]
        if _is_model(option):
            if part == option.__name__ or part in _kinds(option):
                return option  # the branch of a union, which pydantic writes into loc
            if part in _fields(option):
                return _fields(option)[str(part)]
    return None


def _options(shape: Any) -> list[Any]:
    if get_origin(shape) is Annotated:
        return _options(get_args(shape)[0])
    if get_origin(shape) in (Union, UnionType):
        return [option for member in get_args(shape) for option in _options(member)]
    return [shape]


def _is_model(option: Any) -> bool:
    return isinstance(option, type) and issubclass(option, BaseModel)


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _kinds(model: type[BaseModel]) -> tuple[Any, ...]:
    kind = _fields(model).get("kind")
    return get_args(kind) if get_origin(kind) is Literal else ()
