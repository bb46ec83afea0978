"""Quantities as written in official lists: a number, perhaps a range, with its unit.

In: text. Out: `Quantity`, and the pattern `QUANTITY` that finds one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from luoshi.lexicon.numeral import NUMBER, RANGE_DASH, fold, parse_numeral


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Counters and measures.
_UNITS = _words(
    "% ‰ 个百分点 百分点 个基点 基点 年一遇 级 个工作日 工作日 个小时 个自然日 自然日 个月 个季度 个点 小时 分钟 天 日 秒 周 年 岁 周岁 倍 成 分 "
    "个 家 名 人 位 户 项 件 条 座 所 处 台（套） 台套 台 套 辆 栋 幢 间 张 块 片 支 场次 场 人次 人天 户次 件次 班次 车次 架次 "
    "台次 艘次 亩次 期 篇 部 本 册 份 只 头 羽 株 棵 艘 架 列 组 对 门 种 类 款 例 宗 起 笔 单 站 口 盏 枚 卷 根 幅 床 辆次 批次 批 次 "
    "队 班 届 尾 匹 家次 标准箱 标箱 TEU 公里 千米 米 海里 里 厘米 毫米 平方公里 平方千米 平方米 平米 公顷 亩 立方米 方 升 毫升 "
    "吨标准煤 吨标煤 吨 公斤 千克 克 斤 担 千瓦时 千瓦 兆瓦时 兆瓦 瓦时 瓦 度 千伏安 千伏 kWh kW MW GW GWh MWh 元 美元 欧元 "
    "港元 日元 英镑 人民币 股 微克 毫克 分贝 摄氏度 ℃ 个床位 个车位 张床位 个泊位 个学位 个标准箱 PFLOPS EFLOPS Gbps Mbps TB PB "
    "Tbps 车公里 人公里 吨公里 标准立方米 标方 轮次 轮 ㎡ km² km m² m³ kV kVA t /10万 /十万 /百万 "
    "番 学时 课时 学分 节课 堂课 标台 蒸吨 桶 例次 航次 剂次 台件 段 P"
)
# The same character begins other words: 10万|人口 counts people in 万, 3|部门 counts nothing in 部.
_NOT_BEFORE = {
    "级": "别机次差领市联",
    "部": "门分队委属位级长",
    "站": "点长位",
    "口": "袋岸径腔子号",
    "分": "之类别级期数值支行局公",
    "度": "假夏",
    "门": "类店诊槛户",
    "组": "织建",
    "单": "位元个项",
    "对": "口接外应比",
    "期": "间限满末货",
    "架": "构",
    "列": "入",
    "方": "面向案式法",
    "班": "子级",
    "人": "均才口大社民工力居选员",
    "家": "庭具电政畜禽园校",
    "户": "籍外型均用",
    "位": "于居列",
    "日": "常均报",
    "年": "度轻产底末龄",
    "处": "理置室于级长罚",
    "条": "例款",
    "种": "植子业粮养",
    "类": "别型",
    "里": "程",
    "亩": "均产",
    "元": "素",
    "台": "账州湾",
    "场": "所馆地景",
    "座": "谈",
    "所": "有需属得在",
    "支": "持出付部撑",
    "批": "发准",
    "次": "数日年生",
    "起": "草步来点始",
    "成": "立为本果员功效都",
    "股": "份权",
    "周": "年边期转",
    "升": "级学高至规",
    "本": "科级地市",
    "份": "额",
    "款": "项",
    "片": "区",
    "队": "伍",
    "床": "位日",
    "届": "时",
    "项": "链",
    "倍": "增",
    "段": "落位时",
    "P": "A-Za-z",
}


def _guarded(unit: str) -> str:
    rest = _NOT_BEFORE.get(unit)
    return re.escape(unit) + (f"(?![{rest}])" if rest else "")


_BASE = "|".join(_guarded(unit) for unit in sorted(_UNITS, key=len, reverse=True))  # 个百分点 before 个
_PER = (
    "标准立方米|立方米|平方公里|平方米|公顷|公里|公斤|千克|小时|分钟|千瓦时|"
    "[百千万十]*(?:人|元|户)|[a-zA-Z]{1,3}|[秒人年月日天亩升户次吨度米个件台家平]"
)
_LOW = (
    "%|‰|[十百千万亿]*"
    "(?:公里|平方米|立方米|人次|个月|小时|分钟|[个家名人项件户条亩元年岁天倍方吨台套辆座所场次处株头]?)"
)  # of 3万—5万人 and 5%—5.5%
_MAGNITUDE = "十百千万亿"
# 万人次 · 微克/立方米 · 万元/亩 · bare 万 of 80万老人
UNIT = rf"[{_MAGNITUDE}]*(?:{_BASE})(?:（[套次座处户个家名件台间所条批场]）)?(?:[/／](?:{_PER})(?:·(?:{_PER}))?)?|[{_MAGNITUDE}]+"
# 5%—5.5% · 600—800座 · 3至5个月 · 6.2 万亩
NUMBERS = rf"(?P<low>{NUMBER})[ \t]?(?:(?:{_LOW}){RANGE_DASH}(?P<high>{NUMBER})[ \t]?)?"
QUANTITY = rf"{NUMBERS}(?P<unit>{UNIT})"


@dataclass(frozen=True, slots=True)
class Quantity:
    """「量」 value, value2 (upper end of a range) as written, with the unit as written: 1万亩 is 1 of the unit 万亩."""

    value: Decimal
    value2: Decimal | None
    unit: str

    def __str__(self) -> str:
        return f"{self.value:f}{'' if self.value2 is None else f'—{self.value2:f}'}{self.unit}"


def parse_quantity(written: str) -> Quantity | None:
    """「量」 read from a text that is a quantity and nothing else; None where it is not."""
    found = re.compile(QUANTITY).fullmatch(fold(written))  # kept by `re`; not needed at import
    return quantity_of(found, written) if found else None


def quantity_of(found: re.Match[str], written: str) -> Quantity:
    """「量」 of a match of `QUANTITY` in the folded text. written: the original text, where the unit is read as it stands."""
    high = found["high"]
    unit = written[found.start("unit") : found.end("unit")]
    return Quantity(parse_numeral(found["low"]), parse_numeral(high) if high else None, unit)
