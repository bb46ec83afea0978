"""`luoshi pack`: check packs. In: a pack. Out: JSON Schema for editors, or the worked cases run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from luoshi.pack.presets import Presets

pack = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="数据包：检查、样例、给编辑器用的 JSON Schema。")


@pack.command("schema")
def schema(out: Path = typer.Option(Path("schemas"), "--out", "-o", help="写到哪个目录")) -> None:
    """写出每种数据包文件的 JSON Schema，编辑器可据此补全和检查。"""
    import json

    from luoshi.cli.terminal import write_out
    from luoshi.pack.schema import write_schemas

    out.mkdir(parents=True, exist_ok=True)
    for name, tree in write_schemas().items():
        write_out(json.dumps(tree, ensure_ascii=False, indent=2), out / name)
        print(out / name)


@pack.command("test")
def run_worked_cases(packs: list[str] = typer.Argument(None, help="数据包名称或目录；不写就是自带的全部")) -> None:
    """跑数据包里的样例：这些行、这一天，应得这个数，为了这个原因。"""
    from luoshi.cli.kept_folder import kept_folder
    from luoshi.cli.terminal import fail, print_remarks
    from luoshi.indicator.cases import run_cases
    from luoshi.pack.find import shipped_packs
    from luoshi.pack.load import PackBroken, load_pack

    failed = 0
    for name in packs or shipped_packs():
        try:
            loaded, findings = load_pack(name)
        except PackBroken as error:
            fail(str(error))
        print_remarks(findings)
        results = run_cases(loaded, kept_folder())
        print(f"{loaded.file.id}：{len(loaded.registers)}个台账，{len(loaded.indicators)}个测算，{len(results)}个样例")
        for result in results:
            print(f"  {'通过' if result.passed else '不符'}  {result.case}" + "".join(f"\n        {d}" for d in result.differences))
        failed += sum(not result.passed for result in results) + _run_preset_cases(name)
    if failed:
        print(f"{failed}个样例不符。")
        raise typer.Exit(1)


def _run_preset_cases(name: str) -> int:
    """Those of the pack's own time limits and ladders, or of the pack that it takes them from, by the packs' calendar; how many are wrong."""
    from luoshi.pack.presets import load_presets
    from luoshi.pack.reference import reference_of
    from luoshi.supervision.preset_cases import run_preset_cases

    results = tuple(run_preset_cases(load_presets(name), reference_of(name).calendar))
    wrong = [result for result in results if not result.passed]
    print(f"  时限和阶梯：{len(results)}个样例，{len(wrong)}个不符")
    for result in wrong:
        print(f"  不符  {result.title}：{result.given}，应得{result.expected}，算出{result.got}（{result.why}）")
    return len(wrong)


@pack.command("clocks")
def show_clocks(name: str = typer.Argument("base", help="数据包名称或目录")) -> None:
    """列出时限预设：几天、从何时起算、能否延期和暂停、依据，还要核对什么。"""
    from luoshi.publish.presets_text import clock_lines

    _print_presets(name, clock_lines)


@pack.command("ladders")
def show_ladders(name: str = typer.Argument("base", help="数据包名称或目录")) -> None:
    """列出升级阶梯预设：每一步什么时候、谁对谁做什么、几天内办、依据。"""
    from luoshi.publish.presets_text import ladder_lines

    _print_presets(name, ladder_lines)


def _print_presets(name: str, lines_of: Callable[[Presets], Iterable[str]]) -> None:
    from luoshi.cli.terminal import fail
    from luoshi.pack.presets import load_presets
    from luoshi.pack.stated import PackBroken

    try:
        presets = load_presets(name)
    except PackBroken as error:
        fail(str(error))
    for line in lines_of(presets):
        print(line)
