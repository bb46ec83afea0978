"""People and posts from a table「导入人员」: read, checked row by row, shown, then made. In: CSV bytes. Out: rows with what is wrong; people, links.

Nothing is made while one row is wrong: half an import is nobody's. Passwords are in no table: each new person gets a one-time link.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from luoshi.actions.invite_person import new_invites
from luoshi.actions.writing import writing
from luoshi.store.models import AliasRecord, OrganRecord, PersonRecord, PostRecord
from luoshi.store.roles import ROLE_WORDS, UNIT_ROLES
from luoshi.store.who import Who

COLUMNS = ("登录名", "姓名", "角色", "单位", "岗位")
AT_MOST = 2000
USERNAME = re.compile(r"[A-Za-z0-9_.-]{3,40}")      # li.wei
FORMULA = ("=", "+", "-", "@", "\t")
"""How a cell begins that a spreadsheet would run."""


@dataclass(slots=True)
class PersonRow:
    """「人员行」 One row: line in the file; problems in Chinese; is_new: the person is not there yet, only a post is added otherwise."""

    line: int
    username: str
    name: str
    role: str
    organ_name: str
    title: str
    organ_id: int | None = None
    is_new: bool = True
    problems: list[str] = field(default_factory=list)


def read_people(content: bytes) -> tuple[PersonRow, ...] | str:
    """The rows, each with its problems; or one sentence where the file itself cannot be used. UTF-8, or GB18030 as Excel saves it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            return _("文件不是文本：请在 Excel 里另存为 CSV（UTF-8）再传。")
    try:
        table = [(number, [cell.strip() for cell in row]) for number, row in enumerate(csv.reader(io.StringIO(text), strict=True), 1) if any(row)]
    except csv.Error as fault:
        return _("文件不是 CSV：%(fault)s。请在 Excel 里另存为 CSV（UTF-8）再传。") % {"fault": fault}
    if not table or tuple(table[0][1][:len(COLUMNS)]) != COLUMNS:
        return _("第1行要写这些列名，顺序也要一样：%(columns)s。") % {"columns": "、".join(COLUMNS)}
    if len(table) - 1 > AT_MOST:
        return _("一次最多导入%(many)d行，请分成几个文件。") % {"many": AT_MOST}
    rows = [_row(number, cells) for number, cells in table[1:]]
    return tuple(_checked(rows)) if rows else _("除了列名，一行也没有。")


def import_people(who: Who, at: datetime, rows: Iterable[PersonRow]) -> tuple[tuple[PersonRecord, str], ...]:
    """New people with their links. Raises ValueError where a row has a problem; whole or not at all."""
    with writing(who, "person.import", at, right="manage_people") as entry:
        wanted = _checked(list(rows))
        if any(row.problems for row in wanted):
            raise ValueError("rows with problems")
        people = _people(wanted)
        PostRecord.objects.bulk_create(PostRecord(role=_role(row.role) or "", title=row.title or row.role, organ_id=row.organ_id,
                                                  holder=people[row.username.lower()]) for row in wanted)
        made = [people[name] for name in dict.fromkeys(row.username.lower() for row in wanted if row.is_new)]
        entry.about = "person"
        entry.detail = {"people": [person.username for person in made], "posts": len(wanted)}
        return tuple(zip(made, new_invites(at, [person.pk for person in made]), strict=True))


def _row(line: int, cells: list[str]) -> PersonRow:
    username, name, role, organ_name, title = (cells + [""] * len(COLUMNS))[:len(COLUMNS)]
    row = PersonRow(line, username, name, role, organ_name, title)
    if len([cell for cell in cells if cell]) and len(cells) > len(COLUMNS) and any(cells[len(COLUMNS):]):
        row.problems.append(_("多出了列：%(cells)s") % {"cells": "、".join(filter(None, cells[len(COLUMNS):]))[:60]})
    return row


def _checked(rows: list[PersonRow]) -> list[PersonRow]:
    """Three queries for all rows."""
    organs = dict(OrganRecord.objects.values_list("name", "pk")) | dict(AliasRecord.objects.values_list("name", "organ_id"))
    names = {username.lower(): name for username, name in PersonRecord.objects.values_list("username", "name")}
    seen: dict[str, str] = {}
    posts: set[tuple[str, str, int | None]] = set()
    for row in rows:
        key = row.username.lower()
        row.organ_id, row.is_new = organs.get("".join(row.organ_name.split())), key not in names
        row.problems += [problem for problem in _problems(row, names.get(key), seen.get(key)) if problem not in row.problems]
        if (post := (key, row.role, row.organ_id)) in posts:
            row.problems.append(_("和前面一行重复"))
        posts.add(post)
        seen.setdefault(key, row.name)
    return rows


def _problems(row: PersonRow, there: str | None, before: str | None) -> Iterable[str]:
    for title, words, longest in zip(COLUMNS, (row.username, row.name, row.role, row.organ_name, row.title), (40, 40, 20, 80, 60), strict=True):
        if words.startswith(FORMULA):
            yield _("“%(column)s”以 %(sign)s 开头，表格软件会当成公式，请改掉") % {"column": title, "sign": words[0]}
        elif len(words) > longest:
            yield _("“%(column)s”超过%(many)d个字") % {"column": title, "many": longest}
    if not USERNAME.fullmatch(row.username):
        yield _("登录名只能用字母、数字、点、横线、下划线，3到40位。")
    if not row.name:
        yield _("没有写姓名")
    for other in filter(None, (there, before)):
        if row.name and other != row.name:
            yield _("登录名 %(username)s 已经是“%(name)s”的") % {"username": row.username, "name": other}
    if _role(row.role) is None:
        yield _("不认得角色“%(role)s”，只能是：%(roles)s") % {"role": row.role, "roles": "、".join(ROLE_WORDS.values())}
    if row.organ_name and row.organ_id is None:
        yield _("没有“%(organ)s”这个单位，请先在“单位”里新增，或加成别名") % {"organ": row.organ_name}
    if _role(row.role) in UNIT_ROLES and not row.organ_name:
        yield _("%(role)s要写单位") % {"role": row.role}


def _role(words: str) -> str | None:
    return next((role for role, said in ROLE_WORDS.items() if words in (role, said)), None)


def _people(rows: list[PersonRow]) -> dict[str, PersonRecord]:
    """Those who are there, and the new ones, by sign-in name in lower case. A new one cannot sign in before the link is used."""
    closed = make_password(None)
    new = {row.username.lower(): PersonRecord(username=row.username, name=row.name, password=closed) for row in reversed(rows) if row.is_new}
    PersonRecord.objects.bulk_create(new.values())
    wanted = {row.username.lower() for row in rows}
    return {person.username.lower(): person for person in PersonRecord.objects.all() if person.username.lower() in wanted}
