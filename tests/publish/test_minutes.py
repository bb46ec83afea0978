"""Minutes: third person, each decision with its unit and day, who was there instead of a signature; the .docx and the PDF say the same."""

from __future__ import annotations

import io
import re
from contextlib import closing
from dataclasses import replace
from datetime import date

import pypdfium2
from docx import Document

from luoshi.publish.minutes import MinutedDecision, Minutes, minutes_document
from luoshi.publish.official_docx import official_docx
from luoshi.publish.official_typst import official_pdf

MINUTES = Minutes("会议纪要", "〔2019〕第3次", "十项重点工作推进会", date(2019, 9, 9), "示例会议室", ("会议听取了进展。",), ("新三板挂牌企业",),
                  (MinutedDecision("由市经信局逐家会商。", "市经信局", date(2019, 10, 15), "督〔2019〕4号"),),
                  {"主持": "示例甲", "出席": "示例乙、示例丙", "请假": "示例丁"}, "示例市政府督查室", sample=True)
SAID = ("2019年9月9日，示例甲主持，在示例会议室召开十项重点工作推进会。", "一、会议议题", "二、会议情况", "三、议定事项",
        "会议议定，由市经信局逐家会商（牵头单位：市经信局；完成时限：2019年10月15日前；督〔2019〕4号）。", "出席：示例乙、示例丙",
        "请假：示例丁", "示例：内容为虚构")


PAGE = re.compile("—\\d+—")     # —1—


def words(text: str) -> str:
    return "".join(text.split())


def test_the_docx_says_what_was_talked_about_and_decided_and_who_was_there() -> None:
    text = words("".join(p.text for p in Document(io.BytesIO(official_docx(minutes_document(MINUTES)))).paragraphs))
    assert [said for said in SAID if said not in text] == []
    assert "：：" not in text


def test_the_pdf_says_the_same() -> None:
    with closing(pypdfium2.PdfDocument(official_pdf(minutes_document(MINUTES)))) as pdf:
        text = PAGE.sub("", words("".join(page.get_textpage().get_text_bounded() for page in pdf)))
    assert [said for said in SAID if words(said) not in text] == []


def test_without_decisions_there_is_no_empty_heading() -> None:
    heads = [p.head for p in minutes_document(replace(MINUTES, decisions=(), agenda=())).passages if p.level == "h1"]
    assert heads == ["一、会议情况"]
