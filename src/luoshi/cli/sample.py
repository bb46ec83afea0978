"""`luoshi sample`: prove that a spot check was drawn as it says. In: a data folder, or a file of claims. Out: lines; status 1 where it was not.

The file is enough: whoever has it draws the same again without the server, the database or an account.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from luoshi.supervision.sample import Drawn

sample = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="抽查：按公开的种子重抽一遍，和当时抽到的逐件对照。")


@sample.command("redraw")
def redraw(
    number: int = typer.Argument(None, help="第几号抽查（网址里 samples/ 后面的数）；不写就是每一批"),
    data: Path = typer.Option(Path("luoshi-data"), "--data", help="数据目录：数据库、文件、密钥"),
    file: Path = typer.Option(None, "--file", help="从抽查页下载的“完成事项和种子”文件；有它就不用数据目录"),
) -> None:
    """按种子重抽。全部一样，退出状态为0；有一件不一样，为1。"""
    from luoshi.cli.terminal import fail

    if file is not None:
        agrees = _from_file(file)
    else:
        from luoshi.cli.data_folder import enter

        enter(data)
        from luoshi.store.queries.samples import kept_samples

        found = kept_samples(number)
        if not found:
            fail(f"没有第{number}号抽查。" if number is not None else "还没有抽查过。")
        agrees = all([_told(each.title, each.seed, len(each.claims), each.drawn, each.again) for each in found])
    if not agrees:
        raise typer.Exit(1)


def _from_file(path: Path) -> bool:
    from decimal import Decimal

    from luoshi.cli.terminal import fail
    from luoshi.supervision.sample import Claim, draw_sample

    try:
        kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
        claims = [Claim(one["key"], one["title"], one["unit"], None if one["amount"] is None else Decimal(one["amount"]), tuple(one["risks"]))
                  for one in kept["claims"]]
        again = draw_sample(claims, kept["random"], kept["by_risk"], kept["seed"])
        return _told(kept["title"], kept["seed"], len(claims), [(one["place"], one["key"]) for one in kept["drawn"]], again)
    except (OSError, ValueError, KeyError, TypeError, ArithmeticError) as error:
        fail(f"{path} 读不了，或者不是从抽查页下载的文件：{error}")


def _told(title: str, seed: str, claims: int, drawn: Sequence[tuple[int, str]], again: Iterable[Drawn]) -> bool:
    """One line for each place: what was drawn then, and what is drawn now."""
    print(f"{title}：{claims}件里抽{len(drawn)}件，种子 {seed}")
    was, now = dict(drawn), {each.place: each for each in again}
    for place in sorted(was.keys() | now.keys()):
        got = now.get(place)
        same = got is not None and was.get(place) == got.claim.key
        words = f"{got.claim.title}（{got.why}）" if got is not None else "这次没有抽到"
        print(f"  {place}. {'一样' if same else '不一样'}　{words}" + ("" if same else f"　当时：{was.get(place, '没有')}"))
    agrees = len(was) == len(now) and all(was.get(place) == each.claim.key for place, each in now.items())
    print("重抽和当时一样。" if agrees else "重抽和当时不一样：抽查结果或完成事项被改动过。请查日志。")
    return agrees
