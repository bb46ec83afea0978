"""Plan a meeting「拟会议」 and settle its agenda. In: who, the list, title, day, the lines. Out: `MeetingRecord`.

Raises NotAllowed, Stale, StepRefused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.writing import writing
from luoshi.store.models import ListRecord, MeetingRecord
from luoshi.store.queries.meetings import AgendaLine, propose_agenda
from luoshi.store.who import Who

KINDS: dict[str, str] = {"decision": "上次议定", "blocker": "难点堵点", "red": "新亮红灯", "change": "指标调整", "own": "其他"}


@dataclass(frozen=True, slots=True)
class MeetingText:
    """「会议安排」 What a person wrote."""

    title: str
    on: date
    place: str = ""


def plan_meeting(who: Who, at: datetime, today: date, list_id: int, text: MeetingText) -> MeetingRecord:
    """The agenda is made from how things stand today."""
    with writing(who, "meeting.plan", at, right="supervise", list_id=list_id) as entry:
        held = ListRecord.objects.select_related("plan").get(pk=list_id)
        if not text.title.strip():
            raise StepRefused({"title": _("没有写会议名称。例如：十大任务推进会。")})
        made = MeetingRecord.objects.create(list=held, title=text.title.strip(), on=text.on, place=text.place.strip(), by_id=who.person_id, at=at,
                                            agenda=propose_agenda(who, held, today))
        entry.about, entry.detail = f"meeting:{made.pk}", {"title": made.title, "on": made.on, "agenda": [line["title"] for line in made.agenda]}
    return made


def settle_agenda(who: Who, at: datetime, meeting_id: int, lines: list[AgendaLine], revision: int) -> MeetingRecord:
    """lines: in their new order, struck or not, with what was added. Nothing vanishes: a struck line stays to be seen."""
    seen = MeetingRecord.objects.get(pk=meeting_id)
    with writing(who, "meeting.agenda", at, right="supervise", list_id=seen.list_id) as entry:
        meeting = must_be_planned(meeting_id, revision)
        before = [(line["title"], line["struck"]) for line in meeting.agenda]
        missing = {line["title"] for line in meeting.agenda} - {line["title"] for line in lines}
        if missing:
            raise StepRefused({"all": _("议题不能删，只能划掉：少了“%(title)s”。") % {"title": "”“".join(sorted(missing))}})
        meeting.agenda, meeting.revision = lines, meeting.revision + 1
        meeting.save(update_fields=["agenda", "revision"])
        entry.about, entry.detail = f"meeting:{meeting.pk}", {"agenda": [before, [(line["title"], line["struck"]) for line in lines]]}
    return meeting


def propose_again(who: Who, at: datetime, today: date, meeting_id: int, revision: int) -> MeetingRecord:
    """By how things stand today: what was struck stays struck, what a person added stays."""
    seen = MeetingRecord.objects.select_related("list__plan").get(pk=meeting_id)
    with writing(who, "meeting.agenda", at, right="supervise", list_id=seen.list_id) as entry:
        meeting = must_be_planned(meeting_id, revision)
        struck = {(line["kind"], line["ref"], line["title"]) for line in meeting.agenda if line["struck"]}
        lines = [{**line, "struck": (line["kind"], line["ref"], line["title"]) in struck} for line in propose_agenda(who, seen.list, today)]
        meeting.agenda = [*lines, *(line for line in meeting.agenda if line["kind"] == "own")]
        meeting.revision += 1
        meeting.save(update_fields=["agenda", "revision"])
        entry.about, entry.detail = f"meeting:{meeting.pk}", {"agenda": [line["title"] for line in meeting.agenda]}
    return meeting


def must_be_planned(meeting_id: int, revision: int) -> MeetingRecord:
    """Locked. Raises Stale where it was held, or changed, since the page was shown."""
    meeting = MeetingRecord.objects.select_for_update().get(pk=meeting_id)
    if meeting.state != "planned":
        raise Stale(_("会议已经开过，议题和议定事项不再改。"))
    if meeting.revision != revision:
        raise Stale(_("您打开页面以后，有人改过议题。请看清楚现在的再改；您写的字还在下面。"))
    return meeting
