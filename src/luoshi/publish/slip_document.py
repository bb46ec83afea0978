"""A slip as a form of one page「督办单」, for the page, the .docx and the PDF. In: what the slip says. Out: `SlipDocument` with its rows.

One matter, one slip: number and day, what is asked and why, who and by when, then room for the answer, the check and the closing;
below the dashed line, the receipt. Sizes are a profile, since no standard lays down a working paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.lexicon.written import day
from luoshi.publish.official import NOT_NUMBERED

RowKind = Literal["one", "two", "room"]
COLOUR_WORDS: dict[str, str] = {"white": "白色", "blue": "蓝色", "yellow": "黄色", "orange": "橙色", "red": "红色"}
NOTE = "一事一单。不能按期办结的，请在到期以前申请延期。"
BOXES: dict[str, tuple[str, ...]] = {"checked": ("□ 属实", "□ 部分完成", "□ 不实"), "closed": ("□ 同意销号", "□ 退回重办", "□ 延期至　　年　月　日")}


@dataclass(frozen=True, slots=True)
class SlipRow:
    """「督办单表行」 cells: label, words; twice for a row of two. room: height in millimetres to write in by hand; sign: who signs there."""

    kind: RowKind
    cells: tuple[tuple[str, tuple[str, ...]], ...]
    room: int = 0
    boxes: tuple[str, ...] = ()
    sign: str = ""


@dataclass(frozen=True, slots=True)
class SlipDocument:
    """「督办单版面」 What is printed. organ: who sends it (the red mast); title: 督办单, with its colour where the ladder gives one.

    basis: why, with the number of the document or the note; requirement: one line each; result, checked, closed: what is known already.
    """

    organ: str
    title: str
    number: str
    issued_on: date | None
    subject: str
    lead: str
    support: tuple[str, ...]
    due_on: date | None
    first_due_on: date | None
    level: str
    source: str
    basis: str
    requirement: tuple[str, ...]
    owner: str
    contact: str
    instruction: str = ""
    received: str = ""
    result: tuple[str, ...] = ()
    result_sign: str = ""
    checked: tuple[str, ...] = ()
    checked_sign: str = ""
    closed: tuple[str, ...] = ()
    closed_sign: str = ""
    sample: bool = False

    @property
    def note(self) -> str:
        """Below the table."""
        return NOTE + ("（示例：内容为虚构）" if self.sample else "")

    @property
    def shown_number(self) -> str:
        """A draft has none yet."""
        return self.number or NOT_NUMBERED

    @property
    def shown_day(self) -> str:
        """2019年9月24日; nothing on a draft."""
        return day(self.issued_on) if self.issued_on else ""

    @property
    def due_words(self) -> str:
        """2019年10月31日前（原定2019年10月15日）"""
        if self.due_on is None:
            return "—"
        moved = f"（原定{day(self.first_due_on)}）" if self.first_due_on and self.first_due_on != self.due_on else ""
        return f"{day(self.due_on)}前{moved}"

    @property
    def rows(self) -> tuple[SlipRow, ...]:
        """Of the table, in the order of the form."""
        made = [_one("督办事项", self.subject), _one("立项依据", self.basis or self.source)]
        if self.instruction:
            made.append(_one("领导批示", self.instruction))
        made += [SlipRow("one", (("办理要求", numbered(self.requirement)),)), _two("主办单位", self.lead, "协办单位", "、".join(self.support)),
                 _two("责任人", self.owner, "联系人", self.contact), _two("办结时限", self.due_words, "级别", self.level)]
        return (*made, _room("办理情况", self.result, 34, "单位负责人（签名、盖章）", self.result_sign),
                _room("核查意见", self.checked, 20, "核查人（签名）", self.checked_sign, BOXES["checked"]),
                _room("销号意见", self.closed, 16, "批准人（签名）", self.closed_sign, BOXES["closed"]))

    @property
    def receipt(self) -> tuple[SlipRow, ...]:
        """「回执」 What the unit cuts off and sends back."""
        due = f"{day(self.due_on)}前" if self.due_on else "—"
        return (_two("编号", self.shown_number, "办结时限", due), _one("督办事项", self.subject),
                _two("签收单位", self.lead, "签收人", self.received or "姓名：　　　　　月　日"))


def numbered(lines: tuple[str, ...]) -> tuple[str, ...]:
    """One line as it is; several as 1. 2. 3., unless they are numbered already."""
    if len(lines) < 2 or all(line[:1] in "一二三四五六七八九十1234567890（(" for line in lines):
        return lines or ("—",)
    return tuple(f"{place}.{line}" for place, line in enumerate(lines, 1))


def _one(label: str, words: str) -> SlipRow:
    return SlipRow("one", ((label, tuple(line for line in words.splitlines() if line.strip()) or ("—",)),))


def _two(left: str, words: str, right: str, others: str) -> SlipRow:
    return SlipRow("two", ((left, (words or "—",)), (right, (others or "—",))))


def _room(label: str, said: tuple[str, ...], room: int, who: str, signed: str, boxes: tuple[str, ...] = ()) -> SlipRow:
    """Empty: boxes and a line to sign; once it is known, what was said and who said it."""
    if said or signed:
        return SlipRow("room", ((label, said),), room, (), f"{who}：{signed}")
    return SlipRow("room", ((label, ()),), room, boxes, f"{who}：　　　　　　　年　月　日")
