"""`luoshi`: every command, in the order of the story. In: arguments. Out: text on standard output, remarks on standard error.

Exit status: 0 done; 1 done, but an error was found in the input; 2 nothing could be done (the message says why).
"""

from __future__ import annotations

import sys

import typer

from luoshi.cli.backup import backup, restore
from luoshi.cli.bulletin import bulletin
from luoshi.cli.compile import compile_file
from luoshi.cli.demo import demo
from luoshi.cli.diff import diff
from luoshi.cli.explain import explain
from luoshi.cli.export import export
from luoshi.cli.extract import extract
from luoshi.cli.journal import journal
from luoshi.cli.pack import pack
from luoshi.cli.run import run
from luoshi.cli.sample import sample
from luoshi.cli.serve import serve
from luoshi.cli.warehouse import warehouse
from luoshi.cli.work import work

app = typer.Typer(name="luoshi", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
                  help="落实：把任务清单编成可追责的方案，由台账算数、亮灯，每个数都说得清来由。")
app.command("compile")(compile_file)
app.command("extract")(extract)
app.command("diff")(diff)
app.command("export")(export)
app.command("run")(run)
app.command("explain")(explain)
app.command("bulletin")(bulletin)
app.command("serve")(serve)
app.command("work")(work)
app.command("demo")(demo)
app.command("backup")(backup)
app.command("restore")(restore)
app.add_typer(journal, name="journal")
app.add_typer(pack, name="pack")
app.add_typer(sample, name="sample")
app.add_typer(warehouse, name="warehouse")


@app.callback(invoke_without_command=True)
def about(version: bool = typer.Option(False, "--version", help="显示版本后退出")) -> None:
    """落实：把任务清单编成可追责的方案，由台账算数、亮灯，每个数都说得清来由。"""
    if version:
        from luoshi import __version__

        print(f"luoshi {__version__}")
        raise typer.Exit


def main() -> None:
    """Entry point. A pipe closed by the reader (`luoshi run … | head`) ends quietly."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
