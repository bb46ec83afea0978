"""100,000 rows of an Excel file into a register: received, checked against the rows there, previewed, taken in. In: a number. Out: seconds.

`.venv/bin/python bench/rows_in.py [rows] [--again]`: a data folder of its own; --again: also the same rows with every tenth corrected.
"""

from __future__ import annotations

import io
import os
import resource
import sys
import tempfile
from datetime import UTC, date, datetime
from time import perf_counter, process_time
from typing import Any

DAY, AT = date(2019, 9, 30), datetime(2019, 9, 30, 9, 0, tzinfo=UTC)
HEAD = ("终端编号", "点位名称", "坐标", "场所", "全天开放", "上线日期", "月办件（件）", "属地", "供数单位", "佐证")
KINDS = ("服务中心", "镇街", "银行", "商场", "医院", "社区")


def workbook(rows: int, corrected: bool = False) -> bytes:
    """Invented terminals; corrected: every tenth has other numbers."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet, day = book.add_worksheet("终端"), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEAD)
        for n in range(1, rows + 1):
            place = f"{120.5 + n % 700 / 1000:.4f},{30.4 + n % 600 / 1000:.4f}"
            sheet.write_row(n, 0, (f"示例终端{n:06d}", f"示例点位{n}", place, KINDS[n % 6], "是" if n % 3 else "否"))
            sheet.write_datetime(n, 5, datetime(2018 + n % 2, n % 9 + 1, n % 28 + 1), day)  # noqa: DTZ001 - a spreadsheet has no time zone
            sheet.write_row(n, 6, (n % 900 + (corrected and n % 10 == 0), "南湖区", "示例市政务办", f"示例布点〔2019〕{n % 50}号"))
    return out.getvalue()


def bring(who: Any, list_id: int, content: bytes, name: str) -> list[tuple[str, float]]:
    """Every step by itself, as the pages ask for them."""
    from luoshi.actions import check_rows_of, confirm_rows
    from luoshi.actions.confirm_rows import Taking
    from luoshi.actions.receive_rows import receive_rows
    from luoshi.store.models import ImportRecord
    from luoshi.store.queries.intake import may_enter

    times = []

    def step(words: str, started: float) -> None:
        times.append((words, perf_counter() - started))
    started = perf_counter()
    made, _ = receive_rows(who, AT, list_id, "terminal", name, content)
    step("收文件、存原件", started)
    started = perf_counter()
    ImportRecord.objects.filter(pk=made.pk).update(state="checking")
    check_rows_of.check_rows_of(made.pk, may_enter(who, made.list, "terminal")[1], DAY)
    made.refresh_from_db()
    step("查、比对、出预览", started)
    assert made.state == "checked", made.message
    check_rows_of.SOON = confirm_rows.SOON = 10**9      # not beside the request: the whole is measured
    started = perf_counter()
    confirm_rows.confirm_rows(who, AT, DAY, made.pk, Taking("whole", made.facts_version, {k: "示例" for k in confirm_rows.warnings_of(made)}))
    made.refresh_from_db()
    step("再查、入库（一个事务）", started)
    print(f"  {name}: {made.state} {made.message} {made.counts}")
    return times


def main(rows: int, again: bool) -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"LUOSHI_DATA": folder, "DJANGO_SETTINGS_MODULE": "luoshi.project.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from luoshi.actions.seed_example import seed_example
        from luoshi.store.models import PersonRecord
        from luoshi.store.who import who_is

        seeded = seed_example(AT)
        who = who_is(PersonRecord.objects.get(username="ducha"))
        for name, corrected in (("首次.xlsx", False), *((("更正.xlsx", True),) if again else ())):
            content = workbook(rows, corrected)
            spent = process_time()
            times = bring(who, seeded.list_id, content, name)
            print(f"{name}  {rows:,} 行  {len(content) / 1e6:.1f} MB")
            for words, seconds in (*times, ("合计", sum(seconds for _, seconds in times))):
                print(f"  {words:<12} {seconds:6.1f} 秒")
            print(f"  处理器时间   {process_time() - spent:6.1f} 秒（机器忙时看这个）")
        print(f"  内存峰值 {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    main(numbers[0] if numbers else 100_000, "--again" in sys.argv)
