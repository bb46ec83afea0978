"""Whether anything was lost. In: a data folder; from standard input what everybody was told (`Hour.said`, `Hour.acts`). Out: JSON: what is not so.

Every text that the server said it had kept must be there as the last one of its author; every act that it confirmed stands in the journal, in one
chain without a gap; and in the journal each text was written over the one that its author had seen.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

WRITING = ("report.save", "report.submit")


def lost(said: list[dict[str, Any]], acts: dict[str, int], period: str) -> list[str]:
    """One line for each thing that is not as it was said; empty where nothing is lost."""
    from luoshi.actions.journal import verify_journal
    from luoshi.store.models import ReportRecord

    found = ReportRecord.objects.filter(period=period).prefetch_related("evidence")
    reports, entries = {(r.list_id, r.promise_id, r.organ_id): r for r in found}, _entries()
    wrong = [words for each in said for words in _of_report(each, reports.get((each["list"], each["promise"], each["organ"])), entries)]
    held = Counter(action for moves in entries.values() for action, _ in moves)
    wrong += [f"{action}: told {many}, in the journal {held[action]}" for action, many in acts.items() if held[action] != many]
    count, fault = verify_journal()
    return [*wrong, *([f"journal: {fault} ({count} entries hold)"] if fault else []), *_files()]


def _entries() -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """What a report is called in the journal → what was done to it, in order."""
    from luoshi.store.models import JournalRecord

    held: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    rows = JournalRecord.objects.filter(about__startswith="report:").order_by("number").values_list("about", "action", "detail")
    for about, action, detail in rows:
        held[about].append((action, detail))
    return held


def _of_report(said: dict[str, Any], report: Any, entries: dict[str, list[tuple[str, dict[str, Any]]]]) -> list[str]:
    place = f"list {said['list']}, {said['promise']}"
    if report is None:
        return [f"{place}: gone"] if said["text"] else []
    moves, wrong = entries.get(f"report:{report.pk}", []), []
    if report.progress != said["text"]:
        wrong.append(f"{place}: “{report.progress[:30]}” stands where “{said['text'][:30]}” was kept")
    if report.revision != len(moves):
        wrong.append(f"{place}: revision {report.revision} after {len(moves)} acts")
    if sum(action in WRITING for action, _ in moves) != said["saves"] + said["submitted"]:
        wrong.append(f"{place}: not as many savings as were confirmed")
    if said["submitted"] == (report.state == "draft"):
        wrong.append(f"{place}: submitted, and {report.state}")
    if said["photo"] and len(report.evidence.all()) != 1:
        wrong.append(f"{place}: {len(report.evidence.all())} photos")
    return wrong + _overwritten(place, moves)


def _overwritten(place: str, moves: list[tuple[str, dict[str, Any]]]) -> list[str]:
    """Before and after of each saving follow each other."""
    before, wrong = "", []
    for _, detail in moves:
        change = detail.get("changed", {}).get("progress")
        if change and (change[0] or "") != before:
            wrong.append(f"{place}: “{before[:30]}” was written over unseen")
        before = change[1] if change else before
    return wrong


def _files() -> list[str]:
    from django.conf import settings

    from luoshi.store.models import EvidenceRecord

    return [f"{kept.file}: not what was sent" for kept in EvidenceRecord.objects.all()
            if hashlib.sha256((Path(settings.MEDIA_ROOT) / kept.file).read_bytes()).hexdigest() != kept.sha256]


def main(folder: Path) -> None:
    """On a data folder of its own."""
    from luoshi.cli.data_folder import set_up

    set_up(folder)
    told = json.load(sys.stdin)
    print(json.dumps(lost(told["said"], told["acts"], told["period"]), ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
