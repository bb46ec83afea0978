"""Every address × every role: what it answers, and never 500. An address that is new must say here with which object it is walked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from luoshi.actions.ask_change import ChangeText, ask_change
from luoshi.actions.define_register import define_register
from luoshi.actions.draft_bulletin import draft_bulletin
from luoshi.actions.draw_sample import SampleText, draw_sample
from luoshi.actions.hand_over import hand_over
from luoshi.actions.hold_meeting import Held, hold_meeting
from luoshi.actions.make_person import make_person
from luoshi.actions.make_post import make_post
from luoshi.actions.make_token import make_token
from luoshi.actions.make_unit import add_alias
from luoshi.actions.open_case import CaseText, open_case
from luoshi.actions.open_round import RoundText, open_round
from luoshi.actions.plan_meeting import MeetingText, plan_meeting
from luoshi.actions.receive_rows import receive_rows
from luoshi.actions.seed_example import Seeded
from luoshi.project.urls import PAGES
from luoshi.publish.bulletin import Office
from luoshi.store.models import ClosingRecord, EvidenceRecord, JournalRecord, ListRecord, ReportRecord, SampleItemRecord, SheetRecord, TokenRecord
from luoshi.store.roles import RIGHTS, ROLES
from luoshi.web.frame import NAVIGATION, SETTINGS
from tests.web.world import AT, DAY, PEOPLE, World, busy, provide

OPEN = {"calendar_feed": 404, "sign_in": 200, "sign_out": 405, "language": 302, "set_up": 404, "healthz": 200, "readyz": 200, "jobsz": 503,
        "second_code": 302,
        "openid_connect_login": 405, "openid_connect_callback": 404, "dingtalk_login": 405, "dingtalk_callback": 404, "invited": 404}
"""What answers without sign-in, and how."""
UNIT_ONLY = ("blocker", "change", "sample", "sample_item", "decide_report", "evidence", "report")
UNIT = {"liaison", "head"}
WITHOUT = {"index_weights": UNIT,
           "sample_proof": UNIT,
           "meeting": UNIT, "meeting_minutes": UNIT, "bulletin": set(ROLES) - {"supervision"}, "download_bulletin": set(ROLES) - {"supervision"},
           "evidence": {"administrator"}, "slip": UNIT, "print_slip": UNIT, "register": UNIT, "record": UNIT,
           "export_rows": UNIT, "register_map": UNIT, **dict.fromkeys(("import_rows", "rows_at_hand", "refused_rows", "original_rows", "new_row",
                                                                       "correct_row"), UNIT),
           **dict.fromkeys(("row_step", "rows_table"), set(ROLES) - {"supervision", "checker"}), "row_evidence": set(ROLES)}
"""Where the right alone does not open the object: a draft of a bulletin or a slip is the office's own, evidence is for those who see
reports, a register for the units that supply it, its acts for those who enter or verify; a file of a report is none of a row."""
OTHER = {"figure": {"name": "new_hightech"}, "index_weights": {"name": "delta_index"},
         "burden_added": {"kind": "contribution"}, "register_map": {"name": "terminal"}, "export_rows": {"format": "xlsx"},
         **{name: {"name": "scitech_review"} for name in ("new_round", "verdict")},
         **{name: {"name": "local_1_1"} for name in ("change_register", "register_yaml")}}
"""Addresses that need another object than their kind has elsewhere."""


class Address(NamedTuple):
    """One named address of ours with an object in it."""

    name: str
    path: str
    right: str | None
    guarded: bool


_made: dict[str, Any] = {}


@pytest.fixture
def full_world(db: None) -> Iterator[World]:
    """The busy world with one object of each kind."""
    yield from provide("full_world", _seed_full)


@pytest.fixture
def objects(full_world: World) -> dict[str, Any]:
    """One object of each kind, by the names that addresses use."""
    return _made


def _seed_full() -> Seeded:
    seeded = busy()
    _made.update(_objects(World(ListRecord.objects.select_related("plan").get(pk=seeded.list_id), {})))
    return seeded


def _objects(busy_world: World) -> dict[str, Any]:
    office, admin = busy_world.who("supervision"), busy_world.who("administrator")
    bulletin = draft_bulletin(office, AT, busy_world.list.pk, DAY, Office(organ="示例市政府督查室", code="示例督"))
    unit = busy_world.organ("市经信局")
    alias = add_alias(admin, AT, unit.pk, "市经济和信息化局")
    make_token(office, AT, "示例", "read", AT.replace(year=2030))
    post = make_post(admin, AT, "auditor", "空岗", None)
    submitted = ReportRecord.objects.get(state="submitted", organ=unit)
    page = busy_world.client("supervision").get(reverse("register", args=(busy_world.list.pk, "hightech_enterprise"))).content.decode()
    record = re.search(r'<tbody.*?href="[^"]*/registers/hightech_enterprise/([^"?/]+)/"', page, re.S)
    assert record is not None
    assert busy_world.list.plan is not None
    text = CaseText("slip", "补报开工情况（示例）", organ_id=unit.pk, due_on=DAY, promise_id=submitted.promise_id)
    slip = open_case(office, AT, DAY, busy_world.list.pk, text)
    asked = open_case(busy_world.who("liaison"), AT, DAY, busy_world.list.pk, CaseText(
        "contribution", "确认口径（示例）", organ_id=busy_world.organ("市发展改革委").pk, raised_by_id=unit.pk, due_on=DAY))
    blocker = open_case(busy_world.who("liaison"), AT, DAY, busy_world.list.pk, CaseText("blocker", "审批卡住（示例）", raised_by_id=unit.pk))
    change = ask_change(busy_world.who("liaison"), AT, DAY, busy_world.list.pk, ChangeText(submitted.promise_id, unit.pk, "示例", Decimal(6)))
    sample = draw_sample(office, AT, DAY, busy_world.list.pk, SampleText("9月抽查（示例）", DAY, 1, 1, "示例"))
    item = SampleItemRecord.objects.create(sample=sample, key=f"slip:{slip.pk}", place=9, title="示例", organ=unit, how="random", why="随机抽取")
    incoming = open_case(office, AT, DAY, busy_world.list.pk, CaseText(
        "incoming", "示例咨询", organ_id=unit.pk, data={"incoming": "fdi-enquiry", "applicant": "示例"}))
    meeting = plan_meeting(office, AT, DAY, busy_world.list.pk, MeetingText("推进会（示例）", DAY))
    hold_meeting(office, AT, DAY, meeting.pk, Held(DAY, "示例", ()), meeting.revision)
    closing = ClosingRecord.objects.create(list=busy_world.list, month="2019-08", on=DAY, at=AT, by_id=office.person_id, sha256="",
                                           content={"lines": [], "returns": [], "open": [], "carried": [], "bulletin": "", "burden": {}})
    rows, _ = receive_rows(office, AT, busy_world.list.pk, "hightech_enterprise", "示例.csv", "证书编号".encode())
    judges = [busy_world.person("judge"),
              *(make_person(None, AT, f"pw{n}", "示例评审", "不用来登录", [("judge", "评审", None)]) for n in (1, 2))]
    round = open_round(office, AT, busy_world.list.pk, "scitech_review",
                       RoundText("评定（示例）", [["示例企业甲"]], {judge.pk: f"示例大学{judge.pk}" for judge in judges}))
    define_register(office, AT, busy_world.list.pk, "", {
        "title": "示范村", "counted_as": "个", "purpose": "示例", "fields": [{"name": "village", "title": "村名", "type": "text"}],
        "key": ["village"], "row_title": "village", "supply": {"unit": "市经信局"}}, 0)
    sheet = SheetRecord.objects.get(subject__round=round, judge__person=judges[0])
    return {"round_id": round.pk, "sheet_id": sheet.pk, "list_id": busy_world.list.pk, "import_id": rows.pk, "slip_id": slip.pk,
            "blocker_id": blocker.pk, "change_id": change.pk, "sample_id": sample.pk, "item_id": item.pk, "meeting_id": meeting.pk,
            "closing_id": closing.pk, "contribution_id": asked.pk, "incoming_id": incoming.pk, "document_id": busy_world.list.plan.document_id,
            "number": 1, "noun_id": submitted.promise_id,
            "person_id": busy_world.person("checker").pk, "post_id": post.pk,
            "organ_id": unit.pk, "alias_id": alias.pk, "token_id": TokenRecord.objects.get(person_id=office.person_id).pk, "no": "3",
            "target_id": submitted.promise_id, "name": "hightech_enterprise", "key": record[1], "promise_id": submitted.promise_id,
            "period": submitted.period, "report_id": submitted.pk, "evidence_id": EvidenceRecord.objects.get(reports__organ=unit).pk,
            "bulletin_id": bulletin.pk, "kind": "docx", "format": "docx", "token": "nothing", "notice_id": 1, "identity_id": 1,
            "provider_id": "city"}


def patterns() -> Iterator[URLPattern]:
    """Those of pages; the API has its own test of its door."""
    for each in PAGES:
        for pattern in each.urlpatterns:
            if isinstance(pattern, URLPattern) and pattern.name and not str(pattern.pattern).startswith("api/"):
                yield pattern


def addresses(objects: dict[str, Any]) -> list[Address]:
    found = []
    for pattern in patterns():
        assert pattern.name is not None
        arguments = {name: (objects | OTHER.get(pattern.name, {}))[name] for name in pattern.pattern.converters}
        view = pattern.callback
        found.append(Address(pattern.name, reverse(pattern.name, kwargs=arguments), getattr(view, "right", None), hasattr(view, "right")))
    return found


def finish(answer: Any) -> None:
    """A file that is not read to its end would stay open."""
    if answer.streaming:
        b"".join(answer.streaming_content)


def test_every_address_is_walked_and_every_view_stands_behind_the_door(objects: dict[str, Any]) -> None:
    walked = addresses(objects)
    assert len(walked) > 40
    assert {a.name for a in walked if not a.guarded} == set(OPEN)
    assert {a.right for a in walked if a.right} <= set(RIGHTS)


def test_the_navigation_leads_to_addresses_that_are_there(busy_world: World) -> None:
    for name, _words, _right in NAVIGATION:
        assert reverse(name, args=(busy_world.list.pk,))
    for name, _words, _right in SETTINGS:
        assert reverse(name)


def test_nobody_sees_anything_without_sign_in(objects: dict[str, Any]) -> None:
    for address in addresses(objects):
        answer = Client().get(address.path)
        if address.guarded and answer.status_code != 405:
            assert answer.status_code == 302, address
            assert answer["Location"].startswith("/sign-in/?next="), address
        else:
            assert answer.status_code == OPEN.get(address.name, 405), address


@pytest.mark.parametrize("role", ROLES)
def test_a_role_sees_what_its_rights_say_and_nothing_else(full_world: World, objects: dict[str, Any], role: str) -> None:
    client, who = full_world.client(role), full_world.who(role)
    for address in addresses(objects):
        if not address.guarded:
            continue
        answer = client.get(address.path)
        if address.right and not who.may(address.right):
            assert answer.status_code in {403, 405}, (role, address, answer.status_code)
        elif role in WITHOUT.get(address.name, ()):
            assert answer.status_code == 404, (role, address, answer.status_code)
        else:
            assert answer.status_code in {200, 302, 405}, (role, address, answer.status_code)
        finish(answer)


@pytest.mark.parametrize("role", ROLES)
def test_posting_without_the_right_changes_nothing(full_world: World, objects: dict[str, Any], role: str) -> None:
    client, who = full_world.client(role), full_world.who(role)
    for address in addresses(objects):
        if address.guarded and address.right and not who.may(address.right):
            before = JournalRecord.objects.exclude(action="access.refused").count()
            assert client.post(address.path).status_code in {403, 405}, (role, address)
            assert JournalRecord.objects.exclude(action="access.refused").count() == before


@pytest.mark.parametrize("role", ROLES)
def test_an_empty_form_never_breaks_a_page(full_world: World, objects: dict[str, Any], role: str) -> None:
    client = full_world.client(role)
    for address in addresses(objects):
        if address.name not in {"sign_out", "close_account", "jobsz"}:     # jobsz answers 503 where no worker is at work
            answer = client.post(address.path)
            assert answer.status_code < 500, (role, address)
            finish(answer)


@pytest.fixture
def strangers(full_world: World) -> dict[str, Client]:
    """A liaison and a head of a unit that neither leads nor supports what 市经信局 reports on."""
    clients = {}
    for role in sorted(UNIT):
        person = make_person(None, AT, f"jianshe-{role}", "示例", "不用来登录", [(role, "示例", full_world.organ("市建设局"))])
        clients[role] = Client()
        clients[role].force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return clients


@pytest.mark.parametrize("role", sorted(UNIT))
@pytest.mark.parametrize("name", UNIT_ONLY)
def test_things_of_another_unit_are_not_there_and_the_journal_notes_it(objects: dict[str, Any], strangers: dict[str, Client], name: str,
                                                                       role: str) -> None:
    address = next(a for a in addresses(objects) if a.name == name)
    form = {"do": "sign", "revision": "1"}
    answer = strangers[role].post(address.path, form) if name == "decide_report" else strangers[role].get(address.path)
    assert answer.status_code == 404
    noted = JournalRecord.objects.filter(action="access.refused").latest("number")
    assert (noted.about, noted.person and noted.person.username) == (address.path, f"jianshe-{role}")


@pytest.mark.parametrize("role", ROLES)
def test_a_list_that_is_not_there_is_not_there(full_world: World, objects: dict[str, Any], role: str) -> None:
    client = full_world.client(role)
    for address in addresses(objects | {"list_id": 9999}):
        if "/9999/" in address.path and address.guarded:
            assert client.get(address.path).status_code in {403, 404, 405}, (role, address)


OWN = {"access.refused", "channel.set", "channel.drop", "factor.begin", "factor.pass", "person.sign-out", "password.change", "feed.make", "feed.drop",
       "search.index"}
"""What even an auditor writes: what was refused, their own account, and the search index, which nobody decides."""


def test_the_auditor_reads_everything_and_writes_nothing(full_world: World, objects: dict[str, Any]) -> None:
    client, who = full_world.client("auditor"), full_world.who("auditor")
    form = {"do": "sign", "revision": "1", "on": "1", "act": "issue", "reason": "示例", "text": "示例", "title": "示例", "confirm": "1",
            "roles": "auditor"}
    before = JournalRecord.objects.count()
    for address in addresses(objects):
        if address.name != "sign_out":
            finish(client.post(address.path, form))
    written = set(JournalRecord.objects.filter(number__gt=before, person_id=who.person_id).values_list("action", flat=True))
    assert written <= OWN


def test_every_right_is_some_roles_and_every_page_names_its_right_or_is_everybodys() -> None:
    assert all(reach for reach in RIGHTS.values())
    used = {getattr(pattern.callback, "right", None) for pattern in patterns()} - {None}
    assert used <= set(RIGHTS)


def test_the_navigation_shows_what_a_role_may_do(busy_world: World) -> None:
    def shown(role: str) -> str:
        page = busy_world.client(role).get("/units/" if role == "auditor" else reverse("board", args=(busy_world.list.pk,))).content.decode()
        return page[page.index("<nav"):page.index("</nav>")]
    assert "设置" in shown("administrator")
    assert "设置" in shown("auditor")
    assert "设置" not in shown("leader")
    assert "我的事" in shown("liaison")
    assert "我的事" not in shown("supervision")


def test_somebody_without_a_post_sees_a_refusal_not_a_list(busy_world: World) -> None:
    person = busy_world.person("checker")
    post = person.posts.get()
    hand_over(busy_world.who("administrator"), AT, post.pk, None, person.pk)
    assert busy_world.client("checker").get("/").status_code == 403


def test_no_address_has_two_names_or_two_views() -> None:
    names = [pattern.name for pattern in patterns()]
    assert len(names) == len(set(names))
    routes = [str(each.pattern) for each in get_resolver().url_patterns if not isinstance(each, URLResolver)]
    assert len(routes) == len(set(routes))
    assert set(PEOPLE) >= set(ROLES)
