"""Section A: reading sentences. Speed of `luoshi` beside the peers, what was found, and the gold corpus where it is at hand."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from accuracy import LEVELS, f1
from engines import BLOCK, CUT_OFF
from measure import Engine, Measured, each, interleave, once, ratio
from report import Goal, head, met, speed, table, times
from texts import flattened_list, running_text

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
CHARACTERS, TASKS, SAMPLE = 346_000, 310, 20_000
COMPILE, EXTRACT, PIECES = "luoshi compile", "luoshi extract", "luoshi extract, in blocks"
BOTH, RECOGNIZERS, BY_LINE = "jionlp money+time", "recognizers, 2,000-char blocks", "recognizers, by line"
Spec = tuple[str, str, dict[str, Any]]
PEERS: tuple[Spec, ...] = (
    ("regex baseline", "engines:regex", {}), ("jionlp money", "engines:jionlp_money", {}), (BOTH, "engines:jionlp_money_time", {}),
    (RECOGNIZERS, "engines:recognizers", {}), (BY_LINE, "engines:recognizers", {"piece": 1}),
    ("cn2an.transform", "engines:cn2an_transform", {}),
)
READERS = (("luoshi", "accuracy:luoshi"), ("regex baseline", "accuracy:regex"), ("jionlp money", "accuracy:jionlp"),
           ("recognizers", "accuracy:recognizers"))


def run(folder: Path) -> list[Goal]:
    """Print the tables of the section."""
    head("A. Extraction")
    print(f"Characters per CPU second; whoever is slow is cut off after {CUT_OFF} CPU-s a round. jionlp and recognizers are fed blocks\n"
          f"of {BLOCK:,} characters, in which they are fastest (by line is how sentences come out of cells). List and text are generated.")
    texts = {"list": flattened_list(TASKS), "text": running_text(CHARACTERS)[0]}
    paths = {name: folder / f"{name}.txt" for name in texts}
    for name, text in texts.items():
        paths[name].write_text(text, "utf-8")
    peers = _some("regex baseline", BOTH, RECOGNIZERS, BY_LINE)
    compiling = _speeds(f"A list of {TASKS} tasks, {len(texts['list']):,} characters: file → plan with tasks, units, targets, deadlines",
                        ((COMPILE, "engines:luoshi_compile", {}), (EXTRACT, "engines:luoshi_extract", {}), *peers), paths["list"])
    _speeds(f"Running text, {len(texts['text']):,} characters: units, targets, deadlines",
            ((EXTRACT, "engines:luoshi_extract", {}), (PIECES, "engines:luoshi_extract", {"piece": BLOCK}), *PEERS), paths["text"])
    _accuracy(folder)
    return [*_goals(compiling), _corpus(folder)]


def _some(*names: str) -> list[Spec]:
    return [spec for spec in PEERS if spec[0] in names]


def _real_speeds(gold: Path, folder: Path) -> None:
    path = folder / "real.txt"
    texts = [json.loads(line)["text"] for line in gold.read_text("utf-8").splitlines() if line.strip()]
    path.write_text("\n".join(texts), "utf-8")
    _speeds(f"Real text, {len(texts)} excerpts of dev.jsonl, {len(path.read_text('utf-8')):,} characters: units, targets, deadlines",
            ((PIECES, "engines:luoshi_extract", {"piece": BLOCK}), *_some("regex baseline", BOTH, RECOGNIZERS)), path)


def _speeds(title: str, engines: Sequence[Spec], path: Path) -> dict[str, Measured]:
    found = interleave([Engine(name, load, {"path": str(path), **args}) for name, load, args in engines])
    ours = found[engines[0][0]]

    def cells(m: Measured) -> list[str]:
        return [speed(median(m.speeds)), times(ratio(ours.speeds, m.speeds)), f"{m.loading:.2f}", f"{m.peak:.0f}"]

    table(title, ("engine", "chars/CPU-s", f"{ours.name} is", "import CPU-s", "peak MB"), each(found, cells))
    return found


def _accuracy(folder: Path) -> None:
    text, known = running_text(SAMPLE)
    path = folder / "sample.jsonl"
    path.write_text(json.dumps({"id": "sample", "title": "2019年重点工作任务", "text": text}, ensure_ascii=False), "utf-8")
    rows = []
    for name, load in READERS:
        found = once(Engine(name, load, {"path": str(path)}))
        if found.failed:
            rows.append([name, f"not run: {found.failed}"])
            continue
        targets = found.done[0][0]["targets"]
        scores = f1([asdict(k) for k in known], targets)
        rows.append([name, f"{len(targets)}", *(f"{p:.2f} {r:.2f} {f:.2f}" for p, r, f in scores)])
    table(f"Quantities found in {len(text):,} characters of that text, {len(known)} in it (precision, recall, F1)",
          ("engine", "found", LEVELS[0], *LEVELS[1:]), rows,
          ("We wrote this text, and the baseline with it in view: it shows what each can name at all, nothing about unseen documents.",
           "jionlp reads only money; recognizers has no comparators and no 个/家/名, so what it finds counts as '='."))


def _goals(found: dict[str, Measured]) -> list[Goal]:
    goals = []
    for peer, least, stretch in ((BOTH, 2, 4), (RECOGNIZERS, 60, 130)):
        value = ratio(found[COMPILE].speeds, found[peer].speeds)
        said = times(value)
        if peer == RECOGNIZERS:
            said += f" in blocks, its best; {times(ratio(found[COMPILE].speeds, found[BY_LINE].speeds))} by line"
        wanted = f"compile >= {least}x chars/s of {peer.split(',')[0]} (stretch {stretch}x)"
        goals.append(Goal("A", wanted, met(value, value >= least), said, value >= stretch))
    return goals


def _corpus(folder: Path) -> Goal:
    """luoshi and the baseline on the gold corpus, scored by its own score.py."""
    wanted = "F1 >= 0.95 on value+unit+comparator, >= 10 unseen documents (stretch 0.98)"
    gold, program = CORPUS / "dev.jsonl", CORPUS / "score.py"
    if not (gold.exists() and program.exists()):
        print(f"\nGold corpus: skipped, {gold} is not here.")
        return Goal("A", wanted, None, "no corpus here")
    _real_speeds(gold, folder)
    specification = importlib.util.spec_from_file_location("score", program)
    assert specification is not None
    assert specification.loader is not None
    score = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(score)
    truth, rows, strict = score.read(str(gold)), [], {}
    for name, load in READERS[:2]:
        found = once(Engine(name, load, {"path": str(gold)}))
        if found.failed:
            rows.append([name, "", f"not run: {found.failed}"])
            continue
        with contextlib.redirect_stdout(io.StringIO()):
            tally = score.score(truth, found.done[0])
        for kind in score.KINDS if name == "luoshi" else ("targets",):
            exact, loose = tally["TOTAL", kind, False], tally["TOTAL", kind, True]
            rows.append([name, kind, *(" ".join(f"{x:.3f}" for x in scores) for scores in (exact, loose))])
            strict[name, kind] = exact[2]
    table(f"Gold corpus dev.jsonl, {len(truth)} excerpts of real documents (precision, recall, F1)",
          ("engine", "kind", "strict", "lenient"), rows,
          ("strict: value, unit, comparator and direction / role / date right. This is the DEVELOPMENT set, at hand while",
           "luoshi's rules were written, but not the baseline's: a score near 1 shows fit, not accuracy, and the lead is no fair one."))
    both = ", ".join(f"{name} {value:.3f}" for (name, kind), value in strict.items() if kind == "targets")
    return Goal("A", wanted, None, f"no unseen documents here; on the development set: {both}")
