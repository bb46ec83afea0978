"""What was found, against what stands there. In: texts as JSON Lines. Out: for `worker.py`, predictions; precision, recall, F1.

Everyone's answer is brought into the form of corpus/score.py (start, end, value, value2, unit, op). For the comparison here
magnitudes are multiplied out (3.5 of 亿元 is 350,000,000 of 元), since jionlp and recognizers answer so.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from math import isclose
from pathlib import Path
from typing import Any

from engines import BLOCK, Work, blocks, recognizers_all

LEVELS = ("value", "+ unit", "+ comparator")
MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
RECOGNIZERS_UNITS = {"Chinese yuan": "元", "Mu": "亩", "Ton": "吨", "Kilometer": "公里", "Square meter": "平方米"}
JIONLP_OPS = {"accurate": "=", "blur": "~", "blur+": ">= >", "blur-": "<= <"}
Found = dict[str, Any]


def luoshi(path: str) -> Work:
    """Units, targets and deadlines as `luoshi extract` prints them."""
    from luoshi.compiler.extract import extract

    return _predicting(path, lambda row: extract(row["text"], row.get("title") or "").to_json())


def regex(path: str) -> Work:
    """The baseline."""
    from baseline import quantities

    return _predicting(path, lambda row: {"targets": quantities(row["text"])})


def jionlp(path: str) -> Work:
    """Sums of money. A vague one may be read as either comparator of its direction."""
    from jionlp import ner

    def read(text: str) -> list[Found]:
        return [_money(x["offset"], x["detail"]) for x in ner.extract_money(text) if x["detail"]["num"] is not None]

    return _predicting(path, lambda row: {"targets": _by_block(row["text"], read)})


def recognizers(path: str) -> Work:
    """Numbers, percentages, currencies, dimensions; a bare number inside one with a unit is not held against it."""
    model = recognizers_all()

    def read(text: str) -> list[Found]:
        found = [_recognized(x) for x in model(text) if (x.resolution or {}).get("value")]
        units = [x for x in found if x["unit"]]
        return [x for x in found if x["unit"] or not any(_overlap(x, unit) for unit in units)]

    return _predicting(path, lambda row: {"targets": _by_block(row["text"], read)})


def f1(known: list[Found], found: list[Found]) -> list[tuple[float, float, float]]:
    """Precision, recall, F1 at each of LEVELS; one to one, in text order."""
    scores = []
    for level in range(len(LEVELS)):
        right, used, first = 0, set(), 0
        for truth in known:
            while first < len(found) and found[first]["end"] <= truth["start"]:
                first += 1
            near = (i for i in range(first, min(first + 6, len(found))) if i not in used and _overlap(truth, found[i]))
            hit = next((i for i in near if _same(truth, found[i], level)), None)
            if hit is not None:
                used.add(hit)
                right += 1
        p, r = right / len(found) if found else 0.0, right / len(known) if known else 0.0
        scores.append((p, r, 2 * p * r / (p + r) if p + r else 0.0))
    return scores


def _predicting(path: str, predict: Callable[[dict[str, Any]], dict[str, Any]]) -> Work:
    rows = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines() if line.strip()]
    return (lambda: [{"id": row["id"], **predict(row)} for row in rows]), (lambda predicted: predicted)


def _by_block(text: str, read: Callable[[str], list[Found]]) -> list[Found]:
    found = [{**x, "start": at + x["start"], "end": at + x["end"]} for at, block in blocks(text, BLOCK) for x in read(block)]
    return sorted(found, key=lambda x: (x["start"], x["end"]))


def _money(offset: list[int], detail: dict[str, Any]) -> Found:
    low, *high = detail["num"] if isinstance(detail["num"], list) else [detail["num"]]
    op = "range" if high else JIONLP_OPS.get(detail["definition"], "=")
    value2 = float(high[0]) if high else None
    return {"start": offset[0], "end": offset[1], "value": float(low), "value2": value2, "unit": detail["case"], "op": op}


def _recognized(entity: Any) -> Found:
    written, unit = str(entity.resolution["value"]), entity.resolution.get("unit") or ""
    share = "%" if written.endswith("%") else RECOGNIZERS_UNITS.get(unit, unit)
    return {"start": entity.start, "end": entity.end + 1, "value": float(written.rstrip("%")), "value2": None, "unit": share, "op": "="}


def _overlap(a: Found, b: Found) -> bool:
    return bool(min(a["end"], b["end"]) > max(a["start"], b["start"]))


def _same(truth: Found, found: Found, level: int) -> bool:
    (low, high, unit), (low2, high2, unit2) = _plain(truth), _plain(found)
    values = isclose(low, low2) and (high is None) == (high2 is None) and (high is None or high2 is None or isclose(high, high2))
    return values and (level < 1 or unit == unit2) and (level < 2 or truth["op"] in found["op"].split())


def _plain(x: Found) -> tuple[float, float | None, str]:
    unit, factor = x["unit"] or "", 1
    while unit[:1] in MAGNITUDES:
        factor *= MAGNITUDES[unit[0]]
        unit = unit[1:]
    return float(x["value"]) * factor, None if x["value2"] is None else float(x["value2"]) * factor, unit
