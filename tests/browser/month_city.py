"""A city of sixty units for a month: seeded, and its reports filed by the actions, in a process of its own beside the server.

In: `python -m tests.browser.month_city DATA [JSON]`. Out: one line of JSON. Every name and number is invented.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

NAMES = """发展改革委 教育局 科技局 经信局 民宗局 公安局 民政局 司法局 财政局 人力社保局 自然资源和规划局 生态环境局 建设局 交通运输局 水利局
农业农村局 商务局 文化广电旅游局 卫生健康委 退役军人局 应急管理局 审计局 外办 国资委 市场监管局 体育局 医保局 统计局 人防办
粮食和物资储备局 金融办 信访局 综合执法局 机关事务局 供销社 残联 妇联 总工会 科协 工商联 税务局 气象局 烟草局 邮政管理局
消防救援支队 港航管理中心 档案馆 地震局 林业局 投资促进局 口岸办 台办 侨办 扶贫办 老干部局 编办 信息中心 公积金中心 城投集团
水务集团"""
UNITS = tuple(f"市{name}" for name in NAMES.split())
MONTH = "2019-09"
OPENS, AFTER = date(2019, 9, 27), date(2019, 10, 8)
"""The day on which the office opens the month, and the one after its last day, the 5th."""
OFFICE = (("admin", "administrator"), ("ducha", "supervision"), ("lingdao", "leader"), ("heyan", "checker"), ("shenji", "auditor"))
BROWSER = (1, 3)
"""Places of the units whose people sign in: liaison and head of 市教育局 and 市经信局."""


def at(day: date, minute: int = 0) -> datetime:
    """Nine in the morning in Jiaxing, and some minutes."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=timezone(timedelta(hours=8))) + timedelta(minutes=minute)


def document() -> str:
    """Ten tasks, six measures each, a number and a unit in every measure."""
    lines = ["某市2019年重点工作清单（示例）", ""]
    for task in range(10):
        lines.append(f"{'一二三四五六七八九十'[task]}、抓好示例工作第{task + 1}组")
        for measure in range(6):
            place = task * 6 + measure
            lines.append(f"{place + 1}.年底前新建第{place + 1}类示范点{10 + place}个以上。（{UNITS[place]}牵头）")
    return "\n".join(lines) + "\n"


def seed() -> dict[str, Any]:
    """People, units, the list with its plan; nothing is reported yet."""
    from django.core.management import call_command
    from django.db import transaction

    from luoshi.actions.confirm_plan import confirm_plan
    from luoshi.actions.import_people import COLUMNS, import_people, read_people
    from luoshi.actions.make_list import make_list
    from luoshi.actions.make_person import make_person
    from luoshi.actions.new_password import new_password
    from luoshi.actions.receive_document import receive_document
    from luoshi.actions.start_reading import start_reading
    from luoshi.store.models import OrganRecord, PersonRecord
    from luoshi.store.who import who_is

    call_command("migrate", verbosity=0, interactive=False)
    passwords: dict[str, str] = {}
    moment = at(OPENS)

    def person(username: str, role: str, organ: OrganRecord | None = None) -> None:
        passwords[username] = new_password()
        make_person(None, moment, username, f"{username}（示例）", passwords[username], [(role, "", organ)])

    with transaction.atomic():
        for username, role in OFFICE:
            person(username, role)
        office = who_is(PersonRecord.objects.get(username="ducha"))
        made = make_list(office, moment, "某市2019年重点工作清单（示例）", 2019, "base")
        received, _ = receive_document(office, moment, made.pk, "清单（示例）.txt", [document().encode()])
        start_reading(office, moment, received.pk)
        received.refresh_from_db()
        confirm_plan(office, at(OPENS, 5), received.pk, {}, expected=0)
        rows = []
        for place, unit in enumerate(UNITS):
            if place in BROWSER:
                person(f"u{place}", "liaison", OrganRecord.objects.get(name=unit))
                person(f"h{place}", "head", OrganRecord.objects.get(name=unit))
            else:
                rows += [(f"u{place:02d}", f"联络员{place}（示例）", "单位联络员", unit, "联络员"),
                         (f"h{place:02d}", f"负责人{place}（示例）", "单位负责人", unit, "负责人")]
        table = read_people("\n".join(",".join(row) for row in (COLUMNS, *rows)).encode())
        assert not isinstance(table, str), table
        import_people(who_is(PersonRecord.objects.get(username="admin")), at(OPENS, 9), table)
    return {"list": made.pk, "passwords": passwords}


def file(list_id: int, batches: list[tuple[str, list[int]]]) -> dict[str, Any]:
    """batches: a day, and the places of the units that report on it. Sent and signed; what the office sent back is sent again."""
    from luoshi.actions.file_report import ReportPlace, ReportText, file_report
    from luoshi.actions.sign_report import sign_report
    from luoshi.store.models import ListRecord, OrganRecord, PersonRecord, ReportRecord
    from luoshi.store.queries.story import tell_list
    from luoshi.store.who import who_is

    told = tell_list(ListRecord.objects.select_related("plan").get(pk=list_id), OPENS)
    assert told is not None
    promises = {item.leads[0]: item.promise.id for item in told.items}
    people = PersonRecord.objects.filter(posts__organ__isnull=False).prefetch_related("posts")
    holders = {(person.posts.all()[0].organ_id, person.posts.all()[0].role): person for person in people}
    organs = {organ.name: organ.pk for organ in OrganRecord.objects.all()}
    kept = {report.organ_id: report.revision for report in ReportRecord.objects.filter(list_id=list_id, period=MONTH)}
    for on, places in batches:
        day = date.fromisoformat(on)
        for number, place in enumerate(places):
            unit, moment = organs[UNITS[place]], at(day, number)
            words = f"9月新建{place % 3}个（示例），累计{7 + place}个。"
            text = ReportText(min(day, date(2019, 9, 30)), words, Decimal(7 + place), next_step="继续推进（示例）。")
            where = ReportPlace(promises[UNITS[place]], unit, MONTH)
            report = file_report(who_is(holders[unit, "liaison"]), moment, day, list_id, where, text, kept.get(unit, 0), submit=True)
            sign_report(who_is(holders[unit, "head"]), moment, day, report.pk, report.revision)
    return {"filed": sum(len(places) for _, places in batches)}


def accept(list_id: int, but: list[int]) -> dict[str, Any]:
    """What is signed is accepted, but for the units at these places."""
    from luoshi.actions.accept_report import accept_report
    from luoshi.store.models import PersonRecord, ReportRecord
    from luoshi.store.who import who_is

    office, names = who_is(PersonRecord.objects.get(username="ducha")), [UNITS[place] for place in but]
    waiting = list(ReportRecord.objects.filter(list_id=list_id, state="signed").exclude(organ__name__in=names).values_list("pk", "revision"))
    for report_id, revision in waiting:
        accept_report(office, at(AFTER, 200), AFTER, report_id, revision)
    return {"accepted": len(waiting)}


def main(data: str, more: str = "") -> None:
    """Django on the server's own data; without more the city is made, else `{"list": …, "file": […], "accept": […]}` is done."""
    from luoshi.cli.data_folder import set_up

    set_up(Path(data))
    wanted = json.loads(more) if more else {}
    answer = {} if wanted else seed()
    if "file" in wanted:
        answer |= file(wanted["list"], wanted["file"])
    if "accept" in wanted:
        answer |= accept(wanted["list"], wanted["accept"])
    print(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
