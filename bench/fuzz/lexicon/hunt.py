"""Look for texts that make a sentence reader fail. `hunt.py --seconds 3600`. Out: figures; failing texts in tests/compiler/crashes.

A text is put together from the words of official lists, of which some are cut, doubled or swapped. It fails where reading raises, a span
lies outside the text, a number has no account, or reading takes longer than a text of its length may.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import traceback
from collections import Counter
from pathlib import Path
from time import monotonic, process_time

ROOT = Path(__file__).resolve().parents[3]
CRASHES = ROOT / "tests" / "compiler" / "crashes"
SECONDS_A_CHARACTER = 0.0005   # a hundred times what is usual
WRITTEN = """
年底前 2025年 到2025年， 上半年 三季度末 6月底前 国庆前 “十四五”期间 三年内 全年 今年 去年 截至2024年底，
每年 长期坚持 持续推进 自2019年起 新增 新建 完成 培育 引进 力争 确保 分别 均 累计 其中 增长 下降 提高到 提高
压缩至 压减 控制在 不少于 不低于 不超过 超过 约 达到 由 从 较上年 翻一番 以上 以内 以下 左右 及以上 之内 12
3.5 1,450 ３０ 三百 一千二百万 两 十 百 半 数百 上百 过半 一半 三分之二 百分之九十 七成 全部 全覆盖 100 0
1：1 30—40 5%—6% 个 家 名 座 所 处 % ‰ 个百分点 万元 亿元 亩 公里 万元/亩 微克/立方米 件/万人 人次
个工作日 分钟圈 级 岁 年一遇 个基点 部 台（套） 高新技术企业 医院 学校 项目 占比 覆盖率 审批时限 增加值
示范区 三年行动 G60 5G “四个1”工程 《条例》 〔2021〕15号 附件1 第三条
（市发展改革委牵头，市财政局、各县（市、区）政府配合） 责任单位：市水利局、市住建局 〔市科技局；12月底前〕
牵头单位： 配合单位 市财政局 各区、县级市 等有关部门 / ， 。 ； 、 ： （ ） “ ” 〔 〕 【 】 的 等 和 及 对
给予 奖励 每户 标准 一、 （一） 1. ①
"""
WORDS = (*WRITTEN.split(), "\n", "\t", "|", "　")


def main() -> None:
    """Hunt until the time is over."""
    parser = argparse.ArgumentParser(description="Fuzz the readers of sentences.")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    choices, end = random.Random(chosen.seed), monotonic() + chosen.seconds
    count: Counter[str] = Counter()
    while monotonic() < end:
        text = made(choices)
        count["texts"] += 1
        count["characters"] += len(text)
        failed = failure_of(text)
        if failed:
            count["failed"] += 1
            keep(text, failed)
    print(", ".join(f"{name} {value:,}" for name, value in count.items()))
    sys.exit(1 if count["failed"] else 0)


def made(choices: random.Random) -> str:
    """One text: words in any order, then a few characters spoiled."""
    words = [choices.choice(WORDS) for _ in range(choices.randint(1, choices.choice((8, 40, 200))))]
    characters = list("".join(words))
    for _ in range(choices.randint(0, 4)):
        if characters:
            at = choices.randrange(len(characters))
            characters[at : at + choices.randint(0, 3)] = choices.choice(WORDS)[: choices.randint(0, 3)]
    return "".join(characters)


def failure_of(text: str) -> str:
    """What went wrong with a text; nothing where all went well."""
    start = process_time()
    try:
        check(text)
    except Exception:  # whatever it is, it is what we look for
        return traceback.format_exc()
    seconds = process_time() - start
    return f"slow: {seconds:.1f} s for {len(text)} characters" if seconds > 0.5 + SECONDS_A_CHARACTER * len(text) else ""


def check(text: str) -> None:
    """Read it as a text and as the sentences of a cell."""
    from luoshi.compiler.accounts import NUMBER_RUN, account_numbers
    from luoshi.compiler.extract import extract
    from luoshi.compiler.sentences import read_sentences
    from luoshi.lexicon.numeral import fold

    found = extract(text, "甲市2021年工作要点（2021—2023年）")
    said = read_sentences.__wrapped__(text, 2021)
    for span in (*found.units, *found.targets, *found.deadlines, *said.milestones, *said.coverage, *said.unread):
        assert 0 <= span.start < span.end <= len(text), span
    runs = [match.span() for match in NUMBER_RUN.finditer(fold(text))]
    assert [(a.start, a.end) for a in account_numbers(text, 2021)] == runs


def keep(text: str, failed: str) -> None:
    """Each way to fail once, as a file that a test reads."""
    name = hashlib.sha256(failed.encode()).hexdigest()[:12]
    CRASHES.mkdir(exist_ok=True)
    (CRASHES / f"{name}.txt").write_text(text, "utf-8")
    print(f"{name}: {failed.strip().splitlines()[-1]}")


if __name__ == "__main__":
    main()
