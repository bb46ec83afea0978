"""`luoshi compile DIR --jobs N`: every file of a folder → one result each, and a summary.

In: a folder. Out: a folder of results, `summary.json`, and a log of what is done, so that a run that was stopped goes on where it was:
files whose bytes, options and program version are the same are not read again.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from luoshi import __version__
from luoshi.cli.terminal import fail, write_out, write_whole

LOG, SUMMARY = ".luoshi-compile.jsonl", "summary.json"
SUFFIXES = {"text": ".txt", "json": ".json", "yaml": ".yaml"}
STATE_WORDS = {"errors": "有错误", "refused": "读不了", "broken": "程序出错"}
AHEAD = 4
"""Files handed out for each worker: a folder of a million files is not queued at once."""


@dataclass(frozen=True, slots=True)
class FileResult:
    """「编译结果」 What became of one file. state: done, errors (a plan with errors), refused, broken (a fault of the program).

    stamp: hash of bytes, options and version; message: why it was refused."""

    file: str
    stamp: str
    state: str
    tasks: int = 0
    measures: int = 0
    targets: int = 0
    questions: int = 0
    message: str = ""


def compile_folder(folder: Path, out: Path | None, format: str, year: int | None, jobs: int) -> int:
    """The exit status: 0 every file compiled; 1 some did not, or with errors; 130 stopped by Ctrl-C. Ends with 2 where nothing can be done."""
    target = out or folder.with_name(f"{folder.resolve().name}-方案")
    files = _files(folder, target)
    if not files:
        fail(f"{folder} 里没有可以读的文件。请把清单（docx、xlsx、html、pdf、txt、doc、wps）放进去再试。")
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(f"建不了结果目录 {target}：{error.strerror}。请用 -o 换一个可写的位置。")
    known, is_cut = _known(target / LOG)
    results: dict[str, FileResult] = {}
    show = _progress(len(files))
    with (target / LOG).open("a", encoding="utf-8") as log:
        log.write("\n" if is_cut else "")
        def keep(result: FileResult, is_new: bool) -> None:
            results[result.file] = result
            if is_new:
                log.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")
                log.flush()
            show(len(results), result.file)
        is_whole = _run(folder, target, files, known, format, year, jobs, keep)
    return _finish(target, files, results, is_whole)


def _files(folder: Path, target: Path) -> list[str]:
    """Every file below the folder, without hidden ones, lock files of Office, and earlier results."""
    found = []
    for here, folders, names in os.walk(folder):
        inside = Path(here)
        folders[:] = sorted(x for x in folders if not x.startswith(".") and (inside / x).resolve() != target.resolve())
        found += [str((inside / name).relative_to(folder)) for name in sorted(names) if not name.startswith((".", "~$"))]
    return found


def _known(log: Path) -> tuple[dict[str, FileResult], bool]:
    """The last word on each file; a line cut off by a crash is no word. Whether the log ends in such a line."""
    known: dict[str, FileResult] = {}
    text = log.read_text("utf-8", "replace") if log.is_file() else ""
    for line in text.splitlines():
        try:
            result = FileResult(**json.loads(line))
        except (ValueError, TypeError):
            continue
        known[result.file] = result
    return known, bool(text) and not text.endswith("\n")


def _run(folder: Path, target: Path, files: list[str], known: dict[str, FileResult], format: str, year: int | None, jobs: int,
         keep: Callable[[FileResult, bool], None]) -> bool:
    """False where it was stopped: what had begun is finished, nothing else is begun."""
    todo = iter([(str(folder), str(target), name, format, year, known.get(name)) for name in files])
    pool = ProcessPoolExecutor(jobs, get_context("fork" if hasattr(os, "fork") else "spawn"), _ignore_interrupts)
    running: set[Future[tuple[FileResult, bool]]] = {pool.submit(compile_one, *work) for work in islice(todo, jobs * AHEAD)}
    is_whole = True
    while running:
        try:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                keep(*future.result())
            if is_whole:
                running |= {pool.submit(compile_one, *work) for work in islice(todo, len(done))}
        except KeyboardInterrupt:
            is_whole = False
            print("\n正在停下：读到一半的文件读完就停。再运行一次会接着做。", file=sys.stderr)
            running = {future for future in running if not future.cancel()}
        except BrokenProcessPool:
            print("\n有一个进程被系统中止（多半是内存不够），没有做完。请减少 --jobs 再运行一次，做完的不会重做。", file=sys.stderr)
            is_whole, running = False, set()
    pool.shutdown(wait=True, cancel_futures=True)
    return is_whole


def _ignore_interrupts() -> None:
    """Ctrl-C reaches every process of the terminal; only the first may decide what to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def compile_one(folder: str, target: str, name: str, format: str, year: int | None, before: FileResult | None) -> tuple[FileResult, bool]:
    """One file in a worker: its result, and whether it had to be read."""
    path, result = Path(folder) / name, Path(target) / f"{name}{SUFFIXES[format]}"
    try:
        stamp = _stamp(path, format, year)
    except OSError as error:
        return FileResult(name, "", "refused", message=f"打不开：{error.strerror}。"), True
    if before and before.stamp == stamp and before.state != "broken" and (before.state == "refused" or result.is_file()):
        return before, False
    made = _compile(path, result, name, stamp, format, year)
    if made.state in {"refused", "broken"}:
        result.unlink(missing_ok=True)
    return made, True


def _stamp(path: Path, format: str, year: int | None) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update(f"\0{format}\0{year}\0{__version__}".encode())
    return digest.hexdigest()


def _compile(path: Path, result: Path, name: str, stamp: str, format: str, year: int | None) -> FileResult:
    from luoshi.cli.compile import plan_text
    from luoshi.cli.told import compile_told
    from luoshi.reading.read import read_document
    from luoshi.reading.source import Unreadable

    try:
        document = read_document(path)
        plan = compile_told(document, year)
        text = plan_text(plan, document, format)
        result.parent.mkdir(parents=True, exist_ok=True)
        write_whole(f"{text}\n".encode(), result)
    except Unreadable as refused:
        return FileResult(name, stamp, "refused", message=str(refused))
    except OSError as error:
        return FileResult(name, "", "refused", message=f"结果写不了：{error.strerror}。")
    except Exception as error:  # one file must not end the run: the summary names it, and the exit status says so
        return FileResult(name, stamp, "broken", message=f"程序出错（{type(error).__name__}：{error}），请把文件和这句话交给维护者。")
    levels = [finding.level for finding in plan.findings]
    errors = [finding.message for finding in plan.findings if finding.level == "error"]
    return FileResult(name, stamp, "errors" if errors else "done", len(plan.tasks), sum(len(t.measures) for t in plan.tasks),
                      sum(1 for _ in plan.targets()), levels.count("question"), errors[0] if errors else "")


def _progress(total: int) -> Callable[[int, str], None]:
    """A bar on a terminal; into a pipe or a file nothing."""
    if not sys.stderr.isatty():
        return lambda done, name: None
    from luoshi.publish.line import cut, pad

    def show(done: int, name: str) -> None:
        filled = done * 24 // total
        sys.stderr.write(f"\r[{'█' * filled}{'·' * (24 - filled)}] {done}/{total} {pad(cut(name, 40), 40)}")
        sys.stderr.write("\n" if done == total else "")
        sys.stderr.flush()

    return show


def _finish(target: Path, files: list[str], results: dict[str, FileResult], is_whole: bool) -> int:
    listed = [results[name] for name in files if name in results]
    whole = {"files": len(files), "compiled": sum(r.state in {"done", "errors"} for r in listed),
             "refused": sum(r.state in {"refused", "broken"} for r in listed), "tasks": sum(r.tasks for r in listed),
             "measures": sum(r.measures for r in listed), "targets": sum(r.targets for r in listed), "questions": sum(r.questions for r in listed)}
    write_out(json.dumps({"schema": "luoshi.compile-summary/1", "complete": is_whole, **whole, "results": [asdict(r) for r in listed]},
                         ensure_ascii=False, indent=2), target / SUMMARY)
    print("\n".join(_summary_lines(whole, listed, target, is_whole)))
    if not is_whole:
        return 130
    return int(any(r.state != "done" for r in listed))


def _summary_lines(whole: dict[str, int], listed: list[FileResult], target: Path, is_whole: bool) -> Iterator[str]:
    left = "" if is_whole else f"，还有{whole['files'] - len(listed)}份没有做"
    yield f"{whole['files']}份文件：编成{whole['compiled']}份，读不了{whole['refused']}份{left}"
    yield f"{whole['tasks']}项任务、{whole['measures']}条举措、{whole['targets']}个指标，{whole['questions']}个问题待确认"
    for result in listed:
        if result.state != "done":
            yield f"  {STATE_WORDS[result.state]}　{result.file}：{result.message}"
    yield f"结果在 {target}，汇总在 {SUMMARY}"
