"""Files of rows become typed records; a bad row is told with file, row, column, value, and what to do, and is never dropped in silence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from luoshi.pack.facts_spec import SeriesSpec
from luoshi.pack.register_spec import RegisterSpec
from luoshi.provenance import Finding
from luoshi.register.facts import load_facts
from luoshi.register.record import Facts, Record, value_of
from tests.indicator.small_packs import field, pack_of, register

FIRM = register(
    "firm", "企业", "uscc", field("uscc", "统一社会信用代码", "code", check="uscc"), field("name", "企业名称", required=True),
    field("kind", "类型", "choice", choices=["首次", "重新认定"]), field("number", "证书号", "code", pattern=r"GR\d{4}"),
    field("issued", "发证日期", "date"), field("ends", "有效期至", "date", years_after={"date": "issued", "years": 3}),
    field("planned", "规划面积", "area", unit="亩"), field("built", "已建面积", "area", unit="公顷"),
    field("left", "剩余面积", "area", unit="亩", difference={"of": "planned", "minus": ["built"]}),
    happened="issued", stages=["申报", "发证"],
)
GOOD = "91350100M000100Y43"


def read(tmp_path: Path, text: str, spec: RegisterSpec = FIRM, encoding: str = "utf-8") -> tuple[tuple[Record, ...], list[Finding]]:
    path = tmp_path / "企业.csv"
    path.write_bytes(text.encode(encoding))
    facts, findings = load_facts(pack_of(spec, rows={spec.register_name: (path,)}))
    return facts.records.get(spec.register_name, ()), list(findings)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_read_in_the_encodings_that_spreadsheets_save(tmp_path: Path, encoding: str) -> None:
    text = (
        "统一社会信用代码,name,类型,证书号,发证日期,规划面积,已建面积,属地,供数单位,登记日期,佐证,核验,阶段\r\n"
        f"{GOOD},甲公司,首次,gr2019,2019/11/13,\"1,500\",20,南湖区,市科技局,2019-12-01,公告.pdf；国科火字〔2019〕1号,牵头单位核验,发证\r\n\r\n"
    )
    (record,), findings = read(tmp_path, text, encoding=encoding)
    assert [finding.id for finding in findings] == (["text.gb18030"] if encoding == "gb18030" else [])
    assert (record.key, record.title, record.level, record.origin) == (GOOD, GOOD, 2, "企业.csv 第2行")
    assert (record.happened_on, record.recorded_on) == (date(2019, 11, 13), date(2019, 12, 1))
    assert record.evidence == ("公告.pdf", "国科火字〔2019〕1号")
    values = {name: value_of(record, FIRM, name) for name in ("number", "ends", "built", "left", "district", "stage")}
    assert values == {"number": "GR2019", "ends": date(2022, 11, 13), "built": Decimal(300), "left": Decimal(1200), "district": "南湖区",
                      "stage": "发证"}


@pytest.mark.parametrize(("row", "kind", "column"), [
    ("91350100M000100Y44,甲,,,,,,", "row.uscc", "统一社会信用代码"), (f"{GOOD},,,,,,,", "row.required", "企业名称"),
    (f"{GOOD},甲,续期,,,,,", "row.choice", "类型"), (f"{GOOD},甲,,XX2019,,,,", "row.pattern", "证书号"),
    (f"{GOOD},甲,,,2019-02-30,,,", "row.bad-date", "发证日期"), (f"{GOOD},甲,,,,一千亩左右,,", "row.bad-number", "规划面积"),
    (f"{GOOD},甲,,,,,,多半核过", "row.choice", "核验"), (f"{GOOD},甲,,,,,,已填报,多了一格", "row.too-many-cells", ""),
])
def test_a_bad_cell_is_told_with_its_place_and_its_row_is_left_out(tmp_path: Path, row: str, kind: str, column: str) -> None:
    header = "统一社会信用代码,企业名称,类型,证书号,发证日期,规划面积,已建面积,核验"
    records, findings = read(tmp_path, f"{header}\n{GOOD},乙公司,,,,,,\n{row}\n")
    assert [record.origin for record in records] == ["企业.csv 第2行"]
    (finding,) = findings
    assert (finding.id, finding.level, finding.about) == (kind, "error", "firm")
    assert finding.source is not None
    assert finding.source.place == "企业.csv 第3行" + (f"“{column}”列" if column else "")
    assert finding.message.startswith(finding.source.place)
    assert finding.message.endswith("这一行没有导入。")


def test_an_unknown_column_is_told_with_the_likely_one(tmp_path: Path) -> None:
    records, (finding,) = read(tmp_path, f"统一社会信用代码,企业名称,证书编号\n{GOOD},甲,GR2019\n")
    assert len(records) == 1
    assert (finding.id, finding.level) == ("row.unknown-column", "warning")
    assert "是不是“证书号”" in finding.message


def test_a_file_without_a_required_column_is_refused_as_a_whole(tmp_path: Path) -> None:
    records, (finding,) = read(tmp_path, f"统一社会信用代码\n{GOOD}\n")
    assert records == ()
    assert finding.id == "row.missing-column"
    assert "企业名称" in finding.message


@pytest.mark.parametrize(("text", "kind"), [("", "row.empty-file"), ('a,b\n"没有结束', "row.unreadable-file")])
def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path, text: str, kind: str) -> None:
    _, (finding,) = read(tmp_path, text)
    assert (finding.id, finding.level) == (kind, "error")


def test_a_difference_written_otherwise_is_told_and_the_computed_one_counts(tmp_path: Path) -> None:
    (record,), (finding,) = read(tmp_path, f"统一社会信用代码,企业名称,规划面积,已建面积,剩余面积\n{GOOD},甲,1000,20,900\n")
    assert (finding.id, finding.level) == ("row.derived-differs", "warning")
    assert "算出来是700亩" in finding.message
    assert value_of(record, FIRM, "left") == 700


def test_a_difference_with_a_blank_part_is_not_guessed(tmp_path: Path) -> None:
    (record,), _ = read(tmp_path, f"统一社会信用代码,企业名称,规划面积\n{GOOD},甲,1000\n")
    assert value_of(record, FIRM, "left") is None


def test_two_versions_from_the_same_day_are_refused_unless_the_recording_tells_them_apart(tmp_path: Path) -> None:
    header = "统一社会信用代码,企业名称,发证日期,登记日期"
    records, (finding,) = read(tmp_path, f"{header}\n{GOOD},甲,2019-01-01,\n{GOOD},乙,2019-01-01,\n{GOOD},丙,2019-01-01,2019-02-01\n")
    assert [value_of(record, FIRM, "name") for record in records] == ["甲", "丙"]
    assert (finding.id, finding.level) == ("row.duplicate-version", "error")
    assert "企业.csv 第3行" in finding.message


def test_a_reference_to_nothing_is_refused_where_the_other_register_has_rows(tmp_path: Path) -> None:
    part = register("part", "零件", "id", field("id", "零件号"), field("firm", "企业"), parent={"register": "firm", "field": "firm"})
    (tmp_path / "零件.csv").write_text(f"零件号,企业\n1,{GOOD}\n2,没有的\n3,\n", encoding="utf-8")
    (tmp_path / "企业.csv").write_text(f"统一社会信用代码,企业名称\n{GOOD},甲\n", encoding="utf-8")
    facts, (finding,) = load_facts(pack_of(FIRM, part, rows={"part": (tmp_path / "零件.csv",), "firm": (tmp_path / "企业.csv",)}))
    assert [record.key for record in facts.records["part"]] == ["1", "3"]
    assert finding.id == "row.unknown-reference"
    alone, findings = load_facts(pack_of(FIRM, part, rows={"part": (tmp_path / "零件.csv",)}))
    assert (len(alone.records["part"]), findings) == (3, ())


def test_a_key_of_several_fields_never_reads_like_another_one(tmp_path: Path) -> None:
    pair = register("pair", "双键", "a", field("a", "甲列"), field("b", "乙列")).model_copy(update={"key": ("a", "b")})
    records, findings = read(tmp_path, "甲列,乙列\n1/2,3\n1,2/3\n", pair)
    assert [record.key for record in records] == ["1／2/3", "1/2／3"]
    assert findings == []


def series_facts(tmp_path: Path, text: str, **more: Any) -> tuple[Facts, tuple[Finding, ...]]:
    stated = {"series": "s", "title": "营收", "unit": "亿元", "frequency": "month", "year_to_date": True, "publisher": "统计局",
              "scope": "", "lag_days": 25}
    (tmp_path / "s.csv").write_text(text, encoding="utf-8")
    return load_facts(pack_of(SeriesSpec.model_validate(stated | more), rows={"s": (tmp_path / "s.csv",)}))


@pytest.mark.parametrize(("written", "frequency", "period"), [
    ("2019-08", "month", "2019-08"), ("2019年8月", "month", "2019-08"), ("2019-08-01", "month", "2019-08"), ("2019Q3", "quarter", "2019Q3"),
    ("2019年三季度", "quarter", "2019Q3"), ("2019", "year", "2019"), ("2019年", "year", "2019"),
])
def test_periods_are_read_however_people_write_them(tmp_path: Path, written: str, frequency: str, period: str) -> None:
    facts, findings = series_facts(tmp_path, f"期间,数值,发布日期\n{written},\"1,450.5\",2020-02-01\n", frequency=frequency)
    assert findings == ()
    assert [(o.period, o.value) for o in facts.observations["s"]] == [(period, Decimal("1450.5"))]


@pytest.mark.parametrize(("row", "kind"), [
    ("2019Q3,1,2020-01-01", "row.bad-period"), ("2019-13,1,2020-01-01", "row.bad-period"), ("2019-08,多,2020-01-01", "row.bad-number"),
    ("2019-08,1,", "row.required"), ("2019-08,1,2019-08-15", "row.order"),
    ("2019-07,2,2019-08-20", "row.duplicate-version"),
])
def test_a_bad_observation_is_told_and_left_out(tmp_path: Path, row: str, kind: str) -> None:
    facts, (finding,) = series_facts(tmp_path, f"期间,数值,发布日期\n2019-07,1,2019-08-20\n{row}\n")
    assert (finding.id, finding.level) == (kind, "error")
    assert len(facts.observations["s"]) == 1


def test_rows_for_a_register_that_is_not_there_are_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a\n1\n", encoding="utf-8")
    _, (finding,) = load_facts(pack_of(FIRM, rows={"nowhere": (tmp_path / "x.csv",)}))
    assert finding.id == "row.unknown-register"


def test_a_wrong_number_of_a_person_is_named_before_only_its_digest_is_left(tmp_path: Path) -> None:
    person = register("person", "人员", "no", field("no", "编号"), field("paper", "证件", required=True, check="identity", personal="hashed"))
    digest = "9f86d081884c7d659a2feaa0"
    records, (finding,) = read(tmp_path, f"编号,证件\n1,330402199003071237\n2,330402199003071238\n3,{digest}\n", person)
    assert [record.key for record in records] == ["1", "3"]
    assert (finding.id, finding.message.split("：")[0]) == ("row.bad-code", "企业.csv 第3行“证件”列“330＊＊＊＊＊＊＊＊＊＊＊1238”")
    assert "校验位不符" in finding.message
    assert "330402199003071237" not in str(records)
    assert value_of(records[1], person, "paper") == digest
