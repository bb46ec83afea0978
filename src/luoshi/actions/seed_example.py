"""Fill an empty database with the example: a list, its document, plan version 1, units, and a person for every role.

In: the moment, the day that the example is about. Out: `Seeded`, the only place where the generated passwords stand in clear.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from luoshi.actions.confirm_plan import confirm_plan
from luoshi.actions.make_list import make_list
from luoshi.actions.make_person import make_person
from luoshi.actions.new_password import new_password
from luoshi.actions.receive_document import receive_document
from luoshi.actions.start_reading import start_reading
from luoshi.indicator.match import match_answers
from luoshi.pack.load import load_pack
from luoshi.pack.pack import Pack
from luoshi.plan.restore import plan_from_json
from luoshi.store.models import OrganRecord, PersonRecord
from luoshi.store.who import Who, who_is

TITLE = "嘉兴市落实大湾区建设部署2019年十项重点工作任务清单（示例，改写）"
OFFICE = (("admin", "顾明远", "administrator", "系统管理员"), ("ducha", "沈知行", "supervision", "督查室主任"),
          ("lingdao", "陆怀川", "leader", "分管副市长"), ("heyan", "许以安", "checker", "数据核验员"),
          ("kaohe", "钱景和", "assessor", "考核办"), ("shenji", "周慎之", "auditor", "审计组"))
UNITS = (("jingxin", "市经信局", "朱文澜", "赵立新"), ("fagai", "市发展改革委", "吴清越", "孙启明"), ("keji", "市科技局", "郑若谷", "冯思齐"))
"""Sign-in name, unit, liaison, head. Every person is invented."""
JUDGE = ("pingwei", "林知远", "judge", "评审专家")


@dataclass(frozen=True, slots=True)
class SeededPerson:
    """「示例人员」 One person of the example, with the password generated for them."""

    username: str
    name: str
    role: str
    organ: str
    password: str


@dataclass(frozen=True, slots=True)
class Seeded:
    """「示例库」 What was filled in."""

    list_id: int
    people: tuple[SeededPerson, ...]


def seed_example(at: datetime, pack_name: str = "jiaxing-2019") -> Seeded:
    """Whole or not at all. The database is expected to hold nobody yet."""
    pack, _ = load_pack(pack_name)
    with transaction.atomic():
        people = [_seed_person(at, username, name, role, title, None) for username, name, role, title in OFFICE]
        office = who_is(PersonRecord.objects.get(username="ducha"))
        made = make_list(office, at, TITLE, pack.file.year or at.year, pack_name, with_examples=True)
        _seed_plan(office, at, made.pk, pack)
        for username, unit, liaison, head in UNITS:
            organ = OrganRecord.objects.get(name=unit)
            people.append(_seed_person(at, username, liaison, "liaison", "联络员", organ))
            people.append(_seed_person(at, f"{username}-fuze", head, "head", "主要负责人", organ))
        people.append(_seed_person(at, *JUDGE, None))
    return Seeded(made.pk, tuple(people))


def _seed_person(at: datetime, username: str, name: str, role: str, title: str, organ: OrganRecord | None) -> SeededPerson:
    password = new_password()
    make_person(None, at, username, f"{name}（示例）", password, [(role, title, organ)])
    return SeededPerson(username, name, role, organ.name if organ else "", password)


def _seed_plan(who: Who, at: datetime, list_id: int, pack: Pack) -> None:
    """The pack's document comes in as any other does; its questions are answered as the pack answers them; confirmed as version 1."""
    source = pack.folder / (pack.file.document or "document.txt")
    document, _ = receive_document(who, at, list_id, f"任务清单（示例）{source.suffix}", [source.read_bytes()])
    start_reading(who, at + timedelta(minutes=1), document.pk)
    document.refresh_from_db()
    answers, _ = match_answers(plan_from_json(document.plan or {}), pack.answers)
    confirm_plan(who, at + timedelta(minutes=12), document.pk, answers, expected=0)
