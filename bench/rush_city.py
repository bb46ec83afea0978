"""A city at the end of September: ten lists of 500 lines, 500 units, 5,000 liaisons, 500 heads, an office. All names and figures are invented.

In: an empty folder, how many of the lists. Out: a data folder; as JSON on standard output where everybody works, and the key of each session.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

OFFICES = 4
AT, DAY, PERIOD = datetime(2019, 9, 30, 9, tzinfo=UTC), date(2019, 9, 30), "2019-09"
AREAS = ("市", "示例东区", "示例西区", "示例南区", "示例北区", "示例港区", "示例湖县", "示例山县", "示例河县", "示例海县")
_WORDS = (
    "教育 科技 工信 民政 司法 财政 人社 自然资源 生态环境 住建 交通 水利 农业 商务 文旅 卫健 应急 审计 国资 市场监管 体育 统计 医保 机关事务 金融 "
    "粮食 林业 城管 大数据 人防 信访 投资促进 行政审批 海洋 乡村振兴 退役军人 公积金 供销 气象 地震 档案 邮政 烟草 消防 广电 税务 海关 文物 园林 "
    "渔业")
OFFICE_WORDS = tuple(f"{word}局" for word in _WORDS.split())
WORKS = (("新建", "口袋公园", "个"), ("布设", "充电桩", "台"), ("认定", "研学基地", "家"), ("招引", "冷链项目", "个"), ("更新", "路灯", "盏"),
         ("改造", "老旧菜场", "家"), ("培育", "农创客", "名"), ("建成", "共享书屋", "个"), ("加装", "楼道电梯", "台"), ("整治", "易涝路段", "处"))
"""What each list is about: the line of a unit is its share of it."""


def units() -> list[str]:
    """500, as they stand in the lists."""
    return [area + office for area, office in product(AREAS, OFFICE_WORDS)]


def text_of(number: int) -> str:
    """A list as a Word table pasted into a text file: a task for each area, a line for each unit."""
    verb, thing, unit = WORKS[number]
    rows = [["序号", "工作任务", "年度目标", "具体措施", "牵头单位", "配合单位"]]
    for at, area in enumerate(AREAS, 1):
        for n, office in enumerate(OFFICE_WORDS):
            first = [str(at), f"在{area}{verb}{thing}（示例）", f"{area}{thing}布局更加合理。"] if not n else ["", "", ""]
            rows.append([*first, f"在{area}{office}联系片区{verb}{thing}{20 + (at * 7 + n * 3) % 60}{unit}以上。", area + office, ""])
    return f"附件\n2019年{thing}重点工作任务清单\n" + "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in rows)


def seed(folder: Path, lists_wanted: int) -> dict[str, Any]:
    """Lists by the actions that an office uses; people, sessions and the reports of August in bulk."""
    from luoshi.cli.serve import prepare

    prepare(folder)
    from luoshi.actions.make_person import make_person
    from luoshi.store.models import OrganRecord, PersonRecord
    from luoshi.store.who import who_is

    make_person(None, AT, "ducha0", "督查员0（示例）", "", [("supervision", "督查员", None)])
    office = who_is(PersonRecord.objects.get())
    lists = [_make_list(office, number) for number in range(lists_wanted)]
    organs = dict(OrganRecord.objects.values_list("name", "pk"))
    people = _make_people(organs, lists)
    _report_august(lists, organs, people)
    cookies = _open_sessions(list(PersonRecord.objects.all()))
    told = [{"list": list_id, "promise": promise, "organ": organs[unit], "cookie": cookies[f"lxy{n * 500 + u}"]}
            for n, (list_id, promises) in enumerate(lists) for u, (unit, promise) in enumerate(zip(units(), promises, strict=True))]
    return {"liaisons": told, "lists": [list_id for list_id, _ in lists],
            "heads": [{"organ": organs[unit], "cookie": cookies[f"fzr{u}"]} for u, unit in enumerate(units())],
            "office": [cookies[f"ducha{n}"] for n in range(OFFICES)]}


def _make_list(office: Any, number: int) -> tuple[int, list[str]]:
    """(list, ids of its targets in the order of the units): imported and confirmed like any other."""
    from luoshi.actions.confirm_plan import confirm_plan
    from luoshi.actions.make_list import make_list
    from luoshi.actions.receive_document import receive_document
    from luoshi.actions.start_reading import start_reading
    from luoshi.store.models import ListRecord
    from luoshi.store.queries.promises import units_of_items
    from luoshi.store.queries.story import tell_list

    made = make_list(office, AT, f"2019年{WORKS[number][1]}重点工作任务清单（示例）", 2019, "base")
    document, _ = receive_document(office, AT, made.pk, "清单（示例）.txt", [text_of(number).encode()])
    start_reading(office, AT, document.pk)
    confirm_plan(office, AT, document.pk, {}, expected=0)
    held = ListRecord.objects.get(pk=made.pk)
    told = tell_list(held, DAY)
    assert told is not None
    led = units_of_items(held, told.items)
    by_unit = {name: item.promise.id for item in told.items for name in led[item.promise.id].leads.values()}
    assert (list(by_unit), len(told.items)) == (units(), len(units())), f"list {number}: {len(told.items)} lines for {len(by_unit)} units"
    return made.pk, list(by_unit.values())


def _make_people(organs: dict[str, int], lists: list[Any]) -> dict[str, int]:
    """Sign-in name → id. Nobody can sign in by password: hashing 5,500 of them would measure argon2."""
    from luoshi.store.models import PersonRecord, PostRecord

    posts = [(f"lxy{n * 500 + u}", "liaison", organs[unit]) for n in range(len(lists)) for u, unit in enumerate(units())]
    posts += [(f"fzr{u}", "head", organs[unit]) for u, unit in enumerate(units())]
    posts += [(f"ducha{n}", "supervision", None) for n in range(1, OFFICES)]
    PersonRecord.objects.bulk_create([PersonRecord(username=name, name=f"{name}（示例）", password="!") for name, _, _ in posts], batch_size=500)
    ids = dict(PersonRecord.objects.values_list("username", "pk"))
    PostRecord.objects.bulk_create([PostRecord(title=role, role=role, organ_id=organ, holder_id=ids[name]) for name, role, organ in posts],
                                   batch_size=500)
    return ids


def _report_august(lists: list[tuple[int, list[str]]], organs: dict[str, int], people: dict[str, int]) -> None:
    """Everybody has reported a month ago, and been accepted: last period's text stands beside the form, its value on the board."""
    from luoshi.store.models import ReportRecord

    at = AT - timedelta(30)
    ReportRecord.objects.bulk_create([ReportRecord(
        list_id=list_id, promise_id=promise, organ_id=organs[unit], period="2019-08", value=Decimal(10 + u % 20), observed_on=date(2019, 8, 31),
        progress=f"示例：8月完成{u % 9}处，其余按计划推进。", next_step="示例：9月继续推进。", state="accepted", filed_on=date(2019, 9, 3),
        due_on=date(2019, 9, 5), revision=4,
        author_id=people[f"lxy{n * 500 + u}"], signed_by_id=people[f"fzr{u}"], accepted_by_id=people["ducha0"], changed_at=at)
        for n, (list_id, promises) in enumerate(lists) for u, (unit, promise) in enumerate(zip(units(), promises, strict=True))],
        batch_size=500)


def _open_sessions(people: list[Any]) -> dict[str, str]:
    """Sign-in name → key of a session, as signing in would have made it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils.timezone import now

    from luoshi.store.session_life import BEGAN, SEEN

    store, moment = SessionStore(), now()
    held = []
    for person in people:
        data = {SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
                HASH_SESSION_KEY: person.get_session_auth_hash(), BEGAN: int(moment.timestamp()), SEEN: int(moment.timestamp())}
        held.append(Session(session_key=f"{person.pk:032}", session_data=store.encode(data), expire_date=moment + timedelta(hours=8)))
    Session.objects.bulk_create(held, batch_size=500)
    return {person.username: session.session_key for person, session in zip(people, held, strict=True)}



if __name__ == "__main__":
    print(json.dumps(seed(Path(sys.argv[1]), int(sys.argv[2])), ensure_ascii=False))
