"""Slips: extensions as the preset allows, days that stand still, drafts that are reworded, calls that are noted, what the office chooses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from luoshi.actions.choose_office import OfficeChoice, choose_office
from luoshi.actions.edit_slip import edit_slip
from luoshi.actions.note_call import note_call
from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.seed_slips import OFFICE, seed_slips
from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.take_step import Given, take_step
from luoshi.store.models import CaseRecord, JournalRecord, OfficeChoiceRecord
from luoshi.store.queries.office import office_of
from luoshi.store.queries.slips import slips_of, the_slip
from luoshi.store.who import NotAllowed
from tests.web.world import AT, DAY, World, world  # noqa: F401

DUE = date(2019, 10, 15)


def slip(world: World, **more: Any) -> CaseRecord:  # noqa: F811
    text = CaseText("slip", "补报项目开工情况（示例）", "请说明未开工的原因。", organ_id=world.organ("市经信局").pk, due_on=DUE,
                    data={"source": "light"})
    return open_case(world.who("supervision"), AT, DAY, world.list.pk, replace(text, **more))


def step(world: World, case: CaseRecord, who: str, act: str, on: date = DAY, **given: Any) -> CaseRecord:  # noqa: F811
    case.refresh_from_db()
    return take_step(world.who(who), AT, on, case.pk, act, Given(on=on, **given), case.revision)


def received(world: World, **more: Any) -> CaseRecord:  # noqa: F811
    made = slip(world, **more)
    step(world, made, "supervision", "issue")
    return step(world, made, "liaison", "receive")


def test_an_extension_that_was_asked_for_in_time_may_be_agreed_to_after_the_day(world: World) -> None:  # noqa: F811
    made = received(world)
    step(world, made, "liaison", "ask_extension", text="等复函", due_on=date(2019, 10, 31))
    late = DUE + timedelta(2)
    assert the_slip(world.who("supervision"), world.list, made.pk, late).clock.asked is not None
    extended = step(world, made, "supervision", "extend", on=late, due_on=date(2019, 10, 31))
    shown = the_slip(world.who("liaison"), world.list, made.pk, late)
    assert extended.due_on == date(2019, 10, 31)
    assert (shown.clock.first_on, shown.clock.asked, shown.clock.is_moved) == (DUE, None, True)


def test_without_a_request_nothing_is_extended_after_the_day(world: World) -> None:  # noqa: F811
    made = received(world)
    with pytest.raises(StepRefused, match="延期要在到期以前提出"):
        step(world, made, "supervision", "extend", on=DUE + timedelta(2), due_on=date(2019, 10, 31))


def test_a_refused_request_counts_no_more(world: World) -> None:  # noqa: F811
    made = received(world)
    step(world, made, "liaison", "ask_extension", text="等复函", due_on=date(2019, 10, 31))
    step(world, made, "supervision", "refuse_extension", text="可以按期办")
    assert the_slip(world.who("supervision"), world.list, made.pk, DAY).clock.asked is None
    with pytest.raises(StepRefused, match="延期要在到期以前提出"):
        step(world, made, "supervision", "extend", on=DUE + timedelta(2), due_on=date(2019, 10, 31))


def test_a_preset_without_extension_says_so(world: World) -> None:  # noqa: F811
    made = received(world, clock="meeting-spirit")
    with pytest.raises(StepRefused, match="没有可以延期的规定"):
        step(world, made, "supervision", "extend", due_on=date(2019, 10, 31))


def test_days_stand_still_for_what_the_preset_names_and_the_day_moves_by_as_many(world: World) -> None:  # noqa: F811
    made = received(world, clock="licence-ordinary")
    with pytest.raises(StepRefused, match="可以暂停的是"):
        step(world, made, "supervision", "pause", text="忙")
    paused = step(world, made, "supervision", "pause", text="听证")
    shown = the_slip(world.who("supervision"), world.list, made.pk, DAY).clock.stand
    assert shown is not None
    assert (paused.state, shown.state) == ("paused", "paused")
    resumed = step(world, made, "supervision", "resume", on=date(2019, 10, 9))   # 30 September and 8 October are the two working days between
    assert (resumed.state, resumed.due_on) == ("received", date(2019, 10, 17))


def test_verification_needs_a_place(world: World) -> None:  # noqa: F811
    made = received(world)
    step(world, made, "head", "reply", text="办了")
    with pytest.raises(StepRefused, match="核验地点"):
        step(world, made, "checker", "verify", text="看过")


def test_the_clock_stops_with_the_answer_and_runs_on_when_it_is_sent_back(world: World) -> None:  # noqa: F811
    made = received(world)
    step(world, made, "head", "reply", text="办了")
    after = DUE + timedelta(9)

    def state() -> str:
        stand = the_slip(world.who("supervision"), world.list, made.pk, after).clock.stand
        assert stand is not None
        return stand.state
    assert state() == "kept"
    step(world, made, "supervision", "return", text="没有附清单")
    assert state() == "overdue"


def test_a_draft_is_reworded_and_what_is_out_is_not(world: World) -> None:  # noqa: F811
    made, office = slip(world), world.who("supervision")
    text = CaseText("slip", "换一句（示例）", organ_id=world.organ("市科技局").pk, due_on=DUE, data={"source": "note", "requirement": "一\n二"})
    edited = edit_slip(office, AT, DAY, made.pk, text, made.revision)
    assert (edited.title, edited.data["source"]) == ("换一句（示例）", "note")
    with pytest.raises(Stale):
        edit_slip(office, AT, DAY, made.pk, text, made.revision)
    step(world, made, "supervision", "issue")
    made.refresh_from_db()
    with pytest.raises(Stale):
        edit_slip(office, AT, DAY, made.pk, text, made.revision)
    with pytest.raises(NotAllowed):
        edit_slip(world.who("liaison"), AT, DAY, made.pk, text, made.revision)


def test_a_call_is_noted_in_the_journal_and_in_the_course_of_the_matter(world: World) -> None:  # noqa: F811
    made = received(world)
    note_call(world.who("supervision"), AT, DAY, world.list.pk, f"case:{made.pk}", "市经信局", "朱文澜答：周三报。")
    note_call(world.who("supervision"), AT, DAY, world.list.pk, "item:3.4", "市经信局", "再问一次。")
    assert [s.act for s in made.steps.all()] == ["open", "issue", "receive", "note"]
    assert JournalRecord.objects.filter(action="call.note").count() == 2
    revision = CaseRecord.objects.get(pk=made.pk).revision
    assert revision == made.revision   # a note makes nobody's form stale
    with pytest.raises(StepRefused, match="请写一两句"):
        note_call(world.who("supervision"), AT, DAY, world.list.pk, "item:3.4", "市经信局", "  ")
    with pytest.raises(NotAllowed):
        note_call(world.who("liaison"), AT, DAY, world.list.pk, "item:3.4", "市经信局", "说过了")


@pytest.mark.parametrize(("change", "field"), [
    ({"slip_scheme": "督〔｛年｝〕号"}, "slip_scheme"), ({"ladder": "没有"}, "ladder"), ({"allowed_rung": "white"}, "allowed_rung"),
    ({"grace": 99}, "grace")])
def test_a_choice_that_cannot_work_is_refused(world: World, change: dict[str, Any], field: str) -> None:  # noqa: F811
    with pytest.raises(StepRefused) as refused:
        choose_office(world.who("supervision"), AT, world.list.pk, replace(OFFICE, **change))
    assert set(refused.value.problems) == {field}
    assert not OfficeChoiceRecord.objects.exists()


def test_what_the_office_chose_is_kept_with_what_it_was_before(world: World) -> None:  # noqa: F811
    first = OfficeChoice("", "monthly-5", 0, "suqian-3slips-2025", "", "luoshi-monthly", "督〔｛年｝〕｛号:3｝号", None, time(21), time(8), None)
    choose_office(world.who("supervision"), AT, world.list.pk, first)
    choose_office(world.who("supervision"), AT, world.list.pk, replace(first, grace=2))
    assert office_of(world.list).grace == 2
    assert JournalRecord.objects.filter(action="office.choose").latest("number").detail == {"changed": {"grace": ["0", "2"]}}
    made = slip(world)
    assert step(world, made, "supervision", "issue").number == "督〔2019〕001号"


def test_the_example_shows_slips_in_several_states(world: World) -> None:  # noqa: F811
    seed_slips(AT, DAY, world.list.pk)
    lines = slips_of(world.who("supervision"), world.list, DAY)
    assert {line.case.state for line in lines} == {"draft", "issued", "received", "replied", "closed"}
    assert sum(line.clock.asked is not None for line in lines) == 1
    assert [line.case.number for line in lines if line.clock.stand and line.clock.stand.state == "overdue"] == ["示例督〔2019〕2号"]
