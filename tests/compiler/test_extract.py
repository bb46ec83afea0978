"""The three kinds together, with exactly the keys of the contract."""

import json

from hypothesis import given
from hypothesis import strategies as st

from luoshi.compiler.extract import extract, year_of_list

TEXT = "年底前新增泊位800个以上。（市住建局牵头，市公安局配合）"


def test_it_gives_the_keys_of_the_contract() -> None:
    assert json.loads(json.dumps(extract(TEXT, "甲市2021年民生实事清单").to_json(), ensure_ascii=False)) == {
        "units": [
            {"start": 15, "end": 19, "role": "lead", "name": "市住建局"},
            {"start": 22, "end": 26, "role": "support", "name": "市公安局"},
        ],
        "targets": [{"start": 7, "end": 13, "value": 800, "value2": None, "unit": "个", "op": ">=", "mode": "level", "name": "新增泊位"}],
        "deadlines": [{"start": 0, "end": 3, "date": "2021-12-31"}],
    }


def test_the_year_is_read_from_the_title_and_then_from_the_head() -> None:
    assert year_of_list("", "甲市2021年工作要点") == 2021
    assert year_of_list("甲市2022年度重点工作任务清单\n一、…") == 2022
    assert year_of_list("2019年5月6日", "关于做好工作的通知") is None


@given(st.text("年底前月日新增达到约以上（）市局牵头、，。12３４.%个万元“”\n\t ：/全部覆盖一半", max_size=60))
def test_no_text_breaks_it_and_every_span_lies_in_the_text(text: str) -> None:
    found = extract(text, "2021年")
    places = [(s.start, s.end) for s in found.units] + [(s.start, s.end) for s in found.targets]
    places += [(s.start, s.end) for s in found.deadlines]
    assert all(0 <= start < end <= len(text) for start, end in places)


def test_empty_text_gives_nothing() -> None:
    assert extract("").to_json() == {"units": [], "targets": [], "deadlines": []}


def test_a_column_of_what_is_there_already_holds_no_targets() -> None:
    text = "序号\t指标\t2024年实际\t2025年目标\t责任单位\n1\t绿地\t12公顷\t20公顷\t市园林局\n2\t植树\t100亩\t150亩\t市林业局"
    assert [text[t.start:t.end] for t in extract(text, "柏州市2025年任务").targets] == ["20公顷", "150亩"]
