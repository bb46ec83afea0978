"""Codes that carry their own proof: check digits, and the shape of national codes. In: the kind and the code. Out: what is wrong, or None.

The check character of the 2020 scheme of project codes is not published in what we could read: its shape is checked, no more.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from luoshi.register.uscc import is_uscc, uscc_check

Complaint = tuple[str, str]
"""Why it is wrong, and what to do."""

_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK: Final = "10X98765432"
# 330402199003071234 with its last digit or X
_ID: Final = re.compile(r"\d{17}[\dX]")
# G12345678 · H1234567801 · USA310071010101: passports, permits of Hong Kong and Macao, cards of foreigners who live here
_PASSPORT: Final = re.compile(r"[A-Z]{1,3}\d{6,12}")
# 330411101002GB00001: county 6, district 3, section 3, kind 2, serial 5
_PARCEL: Final = re.compile(r"\d{6}\d{3}\d{3}[A-Z]{2}\d{5}")
# 2019-330402-78-03-012345-000 · 2012-330402-04-01-12345X: the scheme to 2020, and GB/T 40058-2021
_PROJECT: Final = re.compile(r"20\d{2}-\d{6}-\d{2}-\d{2}-\d{6}(?:-\d{3})?|\d{4}-\d{6}-\d{2}-\d{2}-[0-9A-Z]{6}")
_DIVISION: Final = re.compile(r"[1-8]\d{5}")


def check_code_of(kind: str, code: str) -> Complaint | None:
    """「查码」 By the kind that a field names."""
    return _CHECKS[kind](code)


def _uscc(code: str) -> Complaint | None:
    if is_uscc(code):
        return None
    if len(code) != 18:
        return f"统一社会信用代码应为18位，这里是{len(code)}位", "请对照营业执照填写；表格软件可能丢了首位0或改成了科学计数法"
    try:
        right = uscc_check(code[:17])
    except ValueError:
        return "统一社会信用代码里有不该有的字符（不用 I、O、S、V、Z）", "请对照营业执照填写"
    return f"统一社会信用代码校验位不符：前17位算出来是{right}", "请对照营业执照逐位核对"


def _id_card(code: str) -> Complaint | None:
    if not _ID.fullmatch(code):
        return f"公民身份号码应为18位，这里是{len(code)}位或有别的字符", "请对照证件填写；表格软件可能改成了科学计数法"
    try:
        date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return "公民身份号码里的出生日期没有这一天", "请对照证件逐位核对"
    right = _ID_CHECK[sum(int(c) * w for c, w in zip(code[:17], _ID_WEIGHTS, strict=True)) % 11]
    return None if right == code[17] else ("公民身份号码校验位不符", "请对照证件逐位核对")


def _identity(code: str) -> Complaint | None:
    """Foreigners and people from Hong Kong, Macao and Taiwan have other papers: letters first."""
    plain = re.sub(r"\s+", "", code).upper()
    if _PASSPORT.fullmatch(plain):
        return None
    return _id_card(plain)


def _shape(pattern: re.Pattern[str], why: str, todo: str) -> Callable[[str], Complaint | None]:
    return lambda code: None if pattern.fullmatch(code) else (why, todo)


_CHECKS: Final[dict[str, Callable[[str], Complaint | None]]] = {
    "uscc": _uscc, "id_card": _id_card, "identity": _identity,
    "parcel": _shape(_PARCEL, "不是19位的宗地代码", "6位县级区划、3位地籍区、3位地籍子区、2位类型、5位顺序，如330411101002GB00001"),
    "project_code": _shape(_PROJECT, "不是投资项目代码", "如2019-330402-78-03-012345-000；请到在线平台核对"),
    "item_code": lambda code: ("不是31位的实施清单编码", "18位统一社会信用代码加13位事项编码") if len(code) != 31 or not code.isalnum() else None,
    "division": _shape(_DIVISION, "不是6位行政区划代码", "如330402"),
}
