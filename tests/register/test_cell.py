"""Cells as people write them, their units, and the codes with check digits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.pack.register_spec import FieldSpec
from luoshi.register.cell import Wrong, check_code, read_cell, write_value
from luoshi.register.record import Value
from luoshi.register.unit import convert, read_unit
from luoshi.register.uscc import is_uscc, uscc_check


def make_field(name: str, title: str, type: str, unit: str | None = None, choices: tuple[str, ...] = ()) -> FieldSpec:
    return FieldSpec.model_validate({"name": name, "title": title, "type": type, "unit": unit, "choices": choices})


def read(type: str, written: str, unit: str | None = None, choices: tuple[str, ...] = ()) -> Value | Wrong:
    return read_cell(make_field("field", "一格", type, unit, choices), written)


@pytest.mark.parametrize(("written", "unit", "value"), [
    ("1", "亩", "1"), ("1", "公顷", "15"), ("1", "平方米", "0.0015"), ("1", "平方公里", "1500"), ("10,300亩", "公顷", "10300"),
    ("１，２３４．５", "亩", "1234.5"), ("666.6666666667", "平方米", None), ("2000平方米", "亩", "3"), ("1.5万亩", "亩", "15000"),
])
def test_area_is_kept_in_mu_exactly(written: str, unit: str, value: str | None) -> None:
    read_value = read("area", written, unit)
    assert isinstance(read_value, Wrong) if value is None else read_value == Decimal(value)


@pytest.mark.parametrize(("written", "unit", "value"), [
    ("340", "万元", "3400000"), ("1450", "亿元", "145000000000"), ("1,234.56", "元", "1234.56"), ("2.5亿元", "万元", "250000000"),
    ("-3", "万元", "-30000"), ("0", None, "0"),
])
def test_money_is_kept_in_yuan_exactly(written: str, unit: str | None, value: str) -> None:
    assert read("money", written, unit) == Decimal(value)


@pytest.mark.parametrize("written", ["很多", "1.2.3", "1,23", "3E+5", "12 34", "5公里", "5个", "1" * 30, "0.00000000001"])
def test_what_is_not_a_number_is_told(written: str) -> None:
    wrong = read("area", written, "亩")
    assert isinstance(wrong, Wrong)
    assert wrong.id == "row.bad-number"


@pytest.mark.parametrize("written", ["2019-09-12", "2019/9/12", "2019.9.12", "2019年9月12日", "20190912", "２０１９－０９－１２",
                                     "2019-09-12 00:00:00"])
def test_a_day_is_read_however_people_write_it(written: str) -> None:
    assert read("date", written) == date(2019, 9, 12)


@pytest.mark.parametrize("written", ["2019-02-30", "19-09-12", "9月12日", "2019-09", "2019-13-01"])
def test_what_is_not_a_day_is_told(written: str) -> None:
    wrong = read("date", written)
    assert isinstance(wrong, Wrong)
    assert wrong.id == "row.bad-date"


def test_words_integers_and_codes() -> None:
    assert read("boolean", "是") is True
    assert read("boolean", "否") is False
    assert isinstance(read("boolean", "也许"), Wrong)
    assert read("integer", "1,200") == 1200
    assert isinstance(read("integer", "1.5"), Wrong)
    assert read("integer", "21个", "个") == 21
    assert read("number", "70%", "%") == 70
    assert read("number", "3万人", "人") == 30000
    assert read("code", "ｇｒ2019330001") == "GR2019330001"
    assert read("choice", "首次", choices=("首次", "重新认定")) == "首次"
    wrong = read("choice", "续期", choices=("首次", "重新认定"))
    assert isinstance(wrong, Wrong)
    assert wrong.todo == "请改填其中之一：首次、重新认定"


def test_the_check_digit_of_gb_32100() -> None:
    assert uscc_check("91350100M000100Y4") == "3"
    assert is_uscc("91350100M000100Y43")
    assert not is_uscc("91350100M000100Y4Z")


@pytest.mark.parametrize(("code", "why"), [
    ("91350100M000100Y43", None), ("91350100M000100Y4X", "算出来是3"), ("9135", "这里是4位"), ("91350100M000100I43", "不该有的字符"),
])
def test_a_bad_credit_code_says_what_is_wrong(code: str, why: str | None) -> None:
    field = make_field("uscc", "统一社会信用代码", "code").model_copy(update={"check": "uscc"})
    wrong = check_code(field, code)
    assert (wrong is None) if why is None else (wrong is not None and why in wrong.why)


@given(st.decimals(0, 10**9, places=4), st.sampled_from(["亩", "公顷", "平方公里", "万亩"]))
def test_an_area_written_and_read_again_is_the_same(number: Decimal, unit: str) -> None:
    field = make_field("area", "面积", "area", unit)
    stored = read_cell(field, f"{number:f}")
    assert not isinstance(stored, Wrong)
    assert read_cell(field, write_value(field, stored)) == stored


@pytest.mark.parametrize(("type", "unit", "value", "written"), [
    ("area", "亩", Decimal(9800), "9,800亩"), ("area", None, Decimal("0.5"), "0.5亩"), ("money", "万元", Decimal(3400000), "340万元"),
    ("integer", None, 2019, "2019"), ("integer", "家", 1200, "1,200家"), ("number", "%", Decimal("70.50"), "70.5%"),
    ("date", None, date(2019, 9, 12), "2019-09-12"), ("boolean", None, True, "是"), ("text", None, None, "未填"),
    ("text", None, "甲", "甲"),
])
def test_a_value_is_written_as_people_write_it(type: str, unit: str | None, value: Any, written: str) -> None:
    assert write_value(make_field("field", "一格", type, unit), value) == written


def test_units_of_different_things_are_not_converted() -> None:
    assert convert(Decimal(1), read_unit("亿元"), read_unit("万元")) == 10000
    with pytest.raises(ValueError, match="单位不能换算：元 → 亩"):
        convert(Decimal(1), read_unit("万元"), read_unit("亩"))


def test_a_serial_number_of_a_spreadsheet_is_recognised_as_a_day() -> None:
    wrong = read("date", "43720")
    assert isinstance(wrong, Wrong)
    assert (wrong.id, "大概是2019-09-12" in wrong.why) == ("row.date-serial", True)


@pytest.mark.parametrize(("written", "right"), [
    ("330402199003071237", True), ("330402199003071238", False), ("33040219900307123x", False), ("330402199002301234", False),
    ("33040219900307", False),
    ("G12345678", True), ("H1234567801", True), ("USA310071010101", True), ("护照G12345678", False),
])
def test_a_paper_of_a_person_proves_its_number_whichever_paper_it_is(written: str, right: bool) -> None:
    field = make_field("paper", "证件", "text").model_copy(update={"check": "identity"})
    assert (check_code(field, written) is None) == right
