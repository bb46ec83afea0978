"""Minutes of a meeting「会议纪要」 in official layout. In: what was talked about and decided. Out: `OfficialDocument`, for both twins.

Third person; each decision ends with who does it and by when. Minutes are not signed: who was there stands in that place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.lexicon.written import day
from luoshi.publish.official import OfficialDocument, Passage
from luoshi.publish.official_words import title_lines

NUMERALS = "一二三四五六七八九十"
ATTENDANCE = ("主持", "出席", "请假", "列席")


@dataclass(frozen=True, slots=True)
class MinutedDecision:
    """「纪要议定事项」 unit, number of its slip, day."""

    text: str
    unit: str
    due_on: date
    number: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """「纪要内容」 series: what the mast says; number: 第3次; agenda: titles talked about."""

    series: str
    number: str
    title: str
    on: date
    place: str
    said: tuple[str, ...]
    agenda: tuple[str, ...]
    decisions: tuple[MinutedDecision, ...]
    attendance: dict[str, str]
    office: str
    copies_to: str = ""
    sample: bool = False


def minutes_document(minutes: Minutes) -> OfficialDocument:
    """Who, when, where; what was talked about; what was decided."""
    chair = f"，{minutes.attendance['主持']}主持" if minutes.attendance.get("主持") else ""
    opening = f"{day(minutes.on)}{chair}{f'，在{minutes.place}' if minutes.place else ''}召开{minutes.title}。现将会议情况纪要如下。"
    passages = [Passage("body", "", opening)]
    for head, paragraphs in (("会议议题", _agenda(minutes)), ("会议情况", minutes.said), ("议定事项", _decided(minutes))):
        if paragraphs:
            passages.append(Passage("h1", f"{NUMERALS[sum(p.level == 'h1' for p in passages)]}、{head}", ""))
            passages += [Passage("body", "", text) for text in paragraphs]
    there = tuple((label, minutes.attendance[label]) for label in ATTENDANCE[1:] if minutes.attendance.get(label))
    return OfficialDocument(minutes.series, minutes.number, title_lines(f"{minutes.title}纪要"), "", tuple(passages), (), minutes.office, minutes.on,
                            "示例：内容为虚构" if minutes.sample else "", minutes.copies_to, minutes.office, minutes.on,
                            there or (("出席", "（未记）"),))


def _agenda(minutes: Minutes) -> tuple[str, ...]:
    return tuple(f"{place}.{title}{'。' if title[-1:] not in '。；' else ''}" for place, title in enumerate(minutes.agenda, 1))


def _decided(minutes: Minutes) -> tuple[str, ...]:
    """会议议定，……（牵头单位：…；完成时限：…）。"""
    return tuple(f"（{_numeral(place)}）会议议定，{d.text.strip().rstrip('。；')}（牵头单位：{d.unit}；完成时限：{day(d.due_on)}前；{d.number}）。"
                 for place, d in enumerate(minutes.decisions, 1))


def _numeral(place: int) -> str:
    """一 … 九十九."""
    tens, ones = divmod(place, 10)
    return ("" if tens == 0 else "十" if tens == 1 else NUMERALS[tens - 1] + "十") + (NUMERALS[ones - 1] if ones else "")
