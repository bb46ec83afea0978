"""Rows that arrive against rows that are there: typed once, and still what typing the kept words would give."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.lexicon.workday import WorkCalendar
from luoshi.register.compare import Surroundings, compare_rows, hold
from luoshi.register.importer import import_records
from luoshi.register.intake import read_sheets
from luoshi.register.sheet import Sheet
from tests.indicator.small_packs import field, register

THING = register(
    "thing", "东西", "no", field("no", "编号", "code", required=True), field("paper", "证件", personal="hashed"),
    field("planned", "规划", "area", unit="亩"), field("built", "已建", "area", unit="公顷"),
    field("left", "剩余", "area", unit="亩", difference={"of": "planned", "minus": ["built"]}), field("began", "开工", "date"),
    field("ends", "到期", "date", years_after={"date": "began", "years": 3}), field("done", "建成", "boolean"))
TODAY = date(2019, 9, 30)
WRITTEN = {
    "编号": ["甲", "乙"], "证件": ["", "330402199003071237"], "规划": ["", "100", "1公顷"], "已建": ["", "2", "15亩"], "剩余": ["", "70", "85"],
    "开工": ["", "2019-01-02", "2018年3月1日"], "到期": ["", "2022-01-02"], "建成": ["", "是", "×"], "属地": ["", "南湖区"],
    "供数单位": ["", "市科技局"], "发生日期": ["", "2019-05-01"], "佐证": ["", "甲；乙"],
}
TEXTS = {title: st.sampled_from(texts) for title, texts in WRITTEN.items()}
SOME = sorted(set(TEXTS) - {"编号"})


@st.composite
def rows(draw: st.DrawFn, most: int) -> list[dict[str, str]]:
    """Rows of one file: all with the same columns, each thing once."""
    titles = ["编号", *draw(st.lists(st.sampled_from(SOME), unique=True))]
    made = draw(st.lists(st.fixed_dictionaries({title: TEXTS[title] for title in titles}), max_size=most, unique_by=lambda row: row["编号"]))
    return list(made)


def sheet_of(made: list[dict[str, str]]) -> Sheet:
    header = tuple(dict.fromkeys(title for row in made for title in row)) or ("编号",)
    return Sheet("行.csv", "thing", header, tuple((at, tuple(row.get(title, "") for title in header)) for at, row in enumerate(made, 2)))


@settings(max_examples=50, deadline=None)
@given(rows(2), rows(2), st.sampled_from([None, ("市科技局",)]))
def test_what_is_kept_is_typed_as_its_words_would_be(stored: list[dict[str, str]], coming: list[dict[str, str]],
                                                     suppliers: tuple[str, ...] | None) -> None:
    around = Surroundings(TODAY, {}, WorkCalendar(), suppliers)
    before = [{**{title: text for title, text in row.items() if text}, "登记日期": "2019-03-01", "核验": "牵头单位核验"} for row in stored]
    for row in before:
        row.pop("证件", None)
    intake = read_sheets(THING, (sheet_of(coming),), (), "行.csv", b"secret")
    found = compare_rows(THING, intake, hold(THING, before), around)
    for change in (*found.added, *found.changed):
        (again,), told = import_records(THING, Sheet(change.sheet, "thing", tuple(change.row), ((change.line, tuple(change.row.values())),)))
        assert again == change.record
        assert not [finding for finding in told if finding.level == "error"]
        assert (change.row["登记日期"], change.row["核验"]) == ("2019-09-30", "已填报")
        assert change.before is None or change.fields
    assert len(found.added) + len(found.changed) + found.same + len(found.wrong) == len(coming)
