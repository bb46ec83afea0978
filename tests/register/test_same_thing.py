"""The code first, the name second, likeness third, and a person for what is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from luoshi.register.same_thing import Entry, KnownFirm, Matched, Merge, Undecided, doubles, match_entries, normal_name, undo

LIGHT = KnownFirm("91350100M000100Y43", ("示例光电股份有限公司", "示例照明有限公司"))
WATER = KnownFirm("91330402MA2EX00727", ("示例秀水环境科技有限公司",))


def one(entry: Entry, *merges: Merge, as_of: date | None = None) -> Matched | Undecided:
    matched, queue = match_entries([entry], [LIGHT, WATER], merges, as_of)
    return (*matched, *queue)[0]


@pytest.mark.parametrize(("written", "plain"), [
    ("浙江示例光电（集团）股份有限公司", "示例光电"), ("示例光电股份有限公司", "示例光电"), ("嘉兴市 示例光电有限责任公司", "示例光电"),
    ("示例光电(集团)股份有限公司", "示例光电"), ("ＡＢＣ公司", "ABC"),
])
def test_width_brackets_place_and_form_are_not_the_name(written: str, plain: str) -> None:
    assert normal_name(written) == plain


def test_a_right_code_decides_even_where_the_name_is_an_old_one() -> None:
    found = one(Entry("r1", "示例照明公司", LIGHT.code))
    assert isinstance(found, Matched)
    assert (found.code, found.how) == (LIGHT.code, "code")


def test_a_right_code_with_quite_another_name_goes_to_a_person() -> None:
    found = one(Entry("r1", "河山养殖合作社", LIGHT.code))
    assert isinstance(found, Undecided)
    assert "写的名称却是" in found.why


def test_a_name_decides_where_there_is_no_code() -> None:
    for name, how in (("示例光电有限公司", "name"), ("示例照明有限责任公司", "former_name")):
        found = one(Entry("r1", name))
        assert isinstance(found, Matched)
        assert (found.code, found.how) == (LIGHT.code, how)


def test_a_broken_code_keeps_even_an_equal_name_for_a_person() -> None:
    found = one(Entry("r1", "示例光电股份有限公司", "91350100M000100Y4Z"))
    assert isinstance(found, Undecided)
    assert "校验不过" in found.why
    assert [candidate.code for candidate in found.candidates] == [LIGHT.code]


def test_a_similar_name_is_a_candidate_with_its_score_never_a_match() -> None:
    found = one(Entry("r1", "示例秀水环境科学有限公司"))
    assert isinstance(found, Undecided)
    assert [(c.code, c.reason.startswith("名称相似")) for c in found.candidates] == [(WATER.code, True)]
    assert found.candidates[0].score >= 82


def test_no_enterprise_is_made_from_a_name_alone() -> None:
    found = one(Entry("r1", "从未见过的企业"))
    assert isinstance(found, Undecided)
    assert ("只凭名称不能新建" in found.why, found.candidates) == (True, ())


def test_a_merge_holds_until_it_is_undone() -> None:
    merge = Merge("r1", WATER.code, "示例核验员", date(2019, 5, 1), "营业执照复印件")
    entry = Entry("r1", "从未见过的企业")
    assert isinstance(one(entry, merge), Matched)
    taken_back = undo(merge, date(2019, 6, 1), "示例核验员")
    assert isinstance(one(entry, taken_back), Undecided)
    assert isinstance(one(entry, taken_back, as_of=date(2019, 5, 20)), Matched)
    assert replace(taken_back, undone_on=None, undone_by="") == merge


def test_two_records_of_one_thing_are_paired() -> None:
    assert doubles([("1", ("示例图-01",)), ("2", ("示例图－01",)), ("3", ("",)), ("4", ("",))]) == (("1", "2"),)
