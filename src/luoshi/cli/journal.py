"""`luoshi journal`: prove that nothing was altered; read the newest entries. In: a data folder. Out: sentences; status 1 where it is broken."""

from __future__ import annotations

from pathlib import Path

import typer

journal = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="日志：核对有没有被改过、删过、换过、截过；查看最近的条目。")
DATA = typer.Option(Path("luoshi-data"), "--data", help="数据目录：数据库、文件、密钥")


@journal.command("verify")
def verify(
    data: Path = DATA,
    anchor: Path = typer.Option(None, "--anchor", help="再对一个每日的日志锚文件，最好是另存在别处的那份"),
) -> None:
    """从第一条核到最后一条，再对日志头和锚文件。服务开着也能核。"""
    from luoshi.cli.data_folder import enter

    enter(data)
    from luoshi.actions.journal import verify_journal

    count, fault = verify_journal()
    if fault:
        print(f"日志不完整：{fault}。前{count}条完好。请保留现场，用最近的备份比对。")
        raise typer.Exit(1)
    print(f"日志完好：共{count}条，首尾相接，与日志头和锚文件一致。")
    if anchor is not None:
        _against(anchor)


def _against(path: Path) -> None:
    from luoshi.actions.anchor_journal import fault_against, read_day_anchor
    from luoshi.cli.terminal import fail

    try:
        kept = read_day_anchor(path)
    except (OSError, ValueError) as error:
        fail(f"{path} 读不了，或者不是日志锚文件：{error}")
    fault = fault_against(kept["count"], kept["hash"])
    if fault:
        print(f"和 {path.name} 对不上：{fault}。请保留现场，用最近的备份比对。")
        raise typer.Exit(1)
    print(f"和 {path.name} 一致：第{kept['count']}条以前没有动过。")


@journal.command("show")
def show(data: Path = DATA, number: int = typer.Option(20, "-n", min=1, help="最近多少条")) -> None:
    """最近的条目，新的在后。"""
    from luoshi.cli.data_folder import enter

    enter(data)
    import json

    from luoshi.store.queries.journal import latest_entries

    for entry in latest_entries(number):
        where = f"　清单{entry.list_id}" if entry.list_id else ""
        detail = json.dumps(entry.detail, ensure_ascii=False) if entry.detail else ""
        print(f"{entry.number}　{entry.at}　{entry.person}　{entry.action}{where}　{entry.about}　{detail}".rstrip("　"))
