"""No text breaks the readers of sentences, and reading costs no more than in proportion to the text."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.compiler.extract import extract
from luoshi.compiler.sentences import read_sentences

CRASHES = sorted((Path(__file__).parent / "crashes").glob("*.txt"))
WRITTEN = """
年底前 到2025年， 上半年 6月底前 国庆前 “十四五”期间 三年内 全年 去年 每年 新增 完成 力争 分别 累计 其中
增长 下降 提高到 压缩至 不少于 超过 约 由 较上年 翻一番 以上 以内 左右 12 3.5 ３０ 三百 两 百 半 数百 过半
一半 三分之二 百分之九十 七成 全部 全覆盖 1：1 30—40 个 家 % 个百分点 万元 亿元/亩 人次 个工作日 级 部 企业
占比 三年行动 G60 “四个1”工程 〔2021〕15号 附件1 （市财政局牵头，各县（市、区）配合） 责任单位：市水利局
〔市科技局〕 等有关部门 ， 。 ； 、 ： （ ） “ ” 〔 〕 的 和 对 给予 每户 一、 （一） 1. ①
"""
WORDS = st.sampled_from([*WRITTEN.split(), "\n", "\t", "|", "　"])


@given(st.lists(WORDS, max_size=40).map("".join))
def test_words_in_any_order_never_break_it(text: str) -> None:
    found = extract(text, "甲市2021年工作要点")
    said = read_sentences(text, 2021)
    spans = (*found.units, *found.targets, *found.deadlines, *said.targets, *said.milestones, *said.coverage, *said.unread)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@given(st.text(max_size=80))
def test_no_text_at_all_breaks_it(text: str) -> None:
    extract(text, text)
    read_sentences(text, None)


@pytest.mark.parametrize("path", CRASHES, ids=lambda path: path.stem)
def test_what_once_broke_it_no_longer_does(path: Path) -> None:
    text = path.read_text("utf-8")
    extract(text, "甲市2021年工作要点")
    read_sentences(text, 2021)


def test_the_cost_is_in_proportion_to_the_length() -> None:
    line = "年底前新增企业12家、投资3.5亿元以上，覆盖率提高到90%（市财政局牵头，各县（市、区）政府配合）。\n"

    def seconds(times: int) -> float:
        text = line * times
        start = process_time()
        extract(text, "甲市2021年工作要点")
        return process_time() - start

    seconds(10)
    assert min(seconds(1000) for _ in range(2)) < 25 * max(min(seconds(100) for _ in range(3)), 0.001)
