"""Digits and numerals as officials write them, and the folding that lets one pattern read every typeface.

In: text. Out: text of the same length in one script (`fold`), and Decimal values (`parse_numeral`).
"""

from __future__ import annotations

import re
from decimal import Decimal

NUMBER = r"\d\d*(?:,\d{3}(?!\d))*(?:\.\d+)?"  # 1,450.5
NUMERAL = r"[〇零一二两三四五六七八九十百千]+"  # 三十五
RANGE_DASH = r"(?:[-—–―~～]{1,2}|至|到)"  # 30—40

_WIDE = "０１２３４５６７８９％．，～－＋：／（）＞＜"
_PLAIN = "0123456789%.,~-+:/()><"
# One character for one, so that offsets in the folded text are offsets in the original. Only characters that our own
# words use are here: this is no general converter of scripts.
_TRADITIONAL = "個億萬達實現覈覆蓋導牽頭單責務級領負關機構組織財務發經鄉鎮縣區門戶項條處臺輛間場種類於與為增長漲降減壓縮擴創"
_SIMPLIFIED = "个亿万达实现核覆盖导牵头单责务级领负关机构组织财务发经乡镇县区门户项条处台辆间场种类于与为增长涨降减压缩扩创"
_TRADITIONAL += "過約內將爭確對開設結協參團隊時間陸際數據業產額總達標準體係統計劃應當從這後幾雙棟幢畝頃噸電點幣環礙學醫銀黨廳"
_SIMPLIFIED += "过约内将争确对开设结协参团队时间陆际数据业产额总达标准体系统计划应当从这后几双栋幢亩顷吨电点币环碍学医银党厅"
_TRADITIONAL += "進貿務辦會員聯衛監農業國稅規劃網絡複復運營質檢農林漁勞"
_SIMPLIFIED += "进贸务办会员联卫监农业国税规划网络复复运营质检农林渔劳"
# Full-width comma and colon divide sentences: they stay as they are where sentences are cut.
_KEEP = "，：（）"
_TABLE = {ord(a): b for a, b in zip(_WIDE + _TRADITIONAL, _PLAIN + _SIMPLIFIED, strict=True) if a not in _KEEP and a != b}
_TABLE.update({ord("∶"): "：", ord("("): "（", ord(")"): "）", 0x3000: " ", 0xA0: " ", 0xE010: "."})  # U+E010: decimal point of one official typeface

_ONES = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}

# most cells have nothing to fold, and looking is five times as fast as translating
_FOLDED = re.compile(f"[{''.join(map(re.escape, map(chr, _TABLE)))}]")


def fold(text: str) -> str:
    """「折合」 The same text, character for character, with plain digits and brackets and in simplified script."""
    return text.translate(_TABLE) if _FOLDED.search(text) else text


def parse_numeral(written: str) -> Decimal:
    """「数」 The value of 1,450 or 2.75 or 三十五 or 一千二百万."""
    plain = fold(written).replace(",", "").replace("，", "")
    if plain[:1].isdigit():
        return Decimal(plain)
    if plain == "半":
        return Decimal("0.5")
    if not set(plain) & (_TENS.keys() | _BIG.keys()):  # 二〇一九 is spelled digit by digit
        return Decimal("".join(str(_ONES[c]) for c in plain))
    return Decimal(_chinese(plain))


def _chinese(plain: str) -> int:
    total = part = digit = 0
    for c in plain:
        if c in _ONES:
            digit = _ONES[c]
        elif c in _TENS:
            part += (digit or 1) * _TENS[c]
            digit = 0
        elif c == "亿":
            total = (total + part + digit) * _BIG[c]
            part = digit = 0
        else:
            total += (part + digit or 1) * _BIG[c]
            part = digit = 0
    return total + part + digit


def write_numeral(number: int) -> str:
    """「数」 in Chinese numerals, from 0 to 99 999 999: 35 → 三十五."""
    if not 0 <= number < 100_000_000:
        raise ValueError(f"只写 0 至 99999999：{number}")
    high, low = divmod(number, 10_000)
    if not high:
        return _below_ten_thousand(low) or "零"
    gap = "零" if 0 < low < 1000 else ""
    return _below_ten_thousand(high) + "万" + gap + _below_ten_thousand(low)


def _below_ten_thousand(number: int) -> str:
    written, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            written += ("零" if gap and written else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return written[1:] if written.startswith("一十") else written
