"""Text to measure on, in our own words, the same in every run. In: a seed. Out: text with the quantities in it, a flattened list.

No sentence is taken from a real document: names, works and figures are put together from the words below.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

SEED = 20191124
PLACES = ("全市", "城区", "各镇", "开发区", "沿江片区", "北部山区", "老城片区", "市本级")
OFFICES = (
    "市水务局", "市财政局", "市住建局", "市文旅局", "市农业农村局", "市教育局", "市卫健委", "市城管局", "市交通局", "市民政局",
    "市科技局", "市气象局",
)
WORKS = (
    "河道清淤", "旧楼加梯", "村道拓宽", "菜场改造", "研学旅行", "渡口修缮", "苗木更新", "水表换新", "夜间公交", "书屋共建",
    "茶园提质", "码头整治",
)
HOW = ("分批推进", "先易后难抓好", "会同社区落实", "逐项细化", "按季通报", "全程跟踪", "边查边改做实", "统筹安排")
WHY = ("方便居民出行", "减少内涝隐患", "让资金跟着进度走", "补齐设施短板", "带动农户增收", "把好事办在门口", "守住安全底线")
FILLERS = (
    "{place}要把{work}与{other}放在一起谋划，{how}，{why}。",
    "对{work}中反复出现的问题，{office}应当列出台账，{how}，不得久拖不决。",
    "鼓励社会力量参与{work}，探索以奖代补等办法，{why}。",
    "经办人员要常到现场，听取住户对{work}的意见，{how}。",
    "按照市政府第{n}次常务会议的部署，{place}继续开展{work}和{other}，{why}。",
    "参照“{n}色”预警办法，{office}会商研判，{how}。",
    "上一年度{work}的做法仍然适用，{place}可以结合实际完善，{how}。",
)
# what is counted: verb, thing, units, bounds of the figure, decimals
COUNTED: tuple[tuple[str, str, tuple[str, ...], int, int, int], ...] = (
    ("新建", "口袋公园", ("个", "处"), 3, 90, 0), ("改造", "供水管网", ("公里",), 5, 400, 1),
    ("布设", "充电桩", ("台", "个"), 20, 3000, 0),
    ("完成", "技改投资", ("亿元", "万元"), 2, 900, 1), ("扩种", "油菜", ("万亩", "亩"), 1, 80, 1), ("认定", "研学基地", ("家",), 2, 60, 0),
    ("培训", "护林员", ("名", "人次"), 50, 8000, 0), ("收储", "早稻", ("万吨", "吨"), 1, 60, 1),
    ("建成", "标准厂房", ("万平方米", "平方米"), 2, 95, 1),
    ("招引", "冷链项目", ("项", "个"), 2, 40, 0), ("争取", "专项补助", ("万元", "亿元"), 1, 700, 1),
    ("更新", "路灯", ("盏",), 100, 9000, 0),
)
SHARES = (
    ("公交分担率", "达到", "%"), ("垃圾回收率", "达到", "%"), ("民宿收入", "增长", "%"), ("管网漏损率", "下降", "个百分点"),
    ("入园率", "提高", "个百分点"),
)
BEFORE = {"不少于": ">=", "不低于": ">=", "至少": ">=", "超过": ">", "不超过": "<=", "约": "~"}
AFTER = {"以上": ">=", "以内": "<=", "左右": "~"}
PHASES = ("年底前", "6月底前", "9月底前", "2019年10月底前", "上半年", "2019年8月15日前", "全年", "第三季度末前")


@dataclass(frozen=True, slots=True)
class Known:
    """A quantity the generator wrote: where, how much, of what, compared how."""

    start: int
    end: int
    value: float
    value2: float | None
    unit: str
    op: str


@dataclass
class Writer:
    """Puts sentences together and keeps the place of every quantity."""
    random: Random
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    known: list[Known] = field(default_factory=list)

    def say(self, words: str) -> None:
        """Words without a quantity."""
        self.pieces.append(words)
        self.length += len(words)

    def quantity(self, unit: str, low: str, high: str, op: str, before: str = "", after: str = "") -> None:
        """A quantity with its comparator; high: empty unless a range."""
        self.say(before)
        written = f"{low}—{high}{unit}" if high else f"{low}{unit}"
        self.known.append(Known(self.length, self.length + len(written), float(low), float(high) if high else None, unit, op))
        self.say(written + after)

    def filler(self) -> None:
        """A sentence that promises nothing measurable."""
        pick, n = self.random.choice, self.random.choice("三四五六七八九")
        work, other = self.random.sample(WORKS, 2)
        self.say(pick(FILLERS).format(place=pick(PLACES), office=pick(OFFICES), work=work, other=other, how=pick(HOW), why=pick(WHY), n=n))

    def target(self) -> None:
        """A sentence with one quantity, sometimes two."""
        pick = self.random.choice
        if self.random.random() < 0.6:
            self.say(f"{pick(PHASES)}，")
        if self.random.random() < 0.3:
            name, verb, unit = pick(SHARES)
            self.say(f"{pick(PLACES)}{name}{verb}")
            self._figure(unit, 2, 95, 1)
        else:
            verb, thing, units, least, most, decimals = pick(COUNTED)
            self.say(f"{pick(PLACES)}{verb}{thing}")
            self._figure(pick(units), least, most, decimals)
        self.say("。")

    def _figure(self, unit: str, least: int, most: int, decimals: int) -> None:
        digits = decimals if self.random.random() < 0.4 else 0
        value = self.random.uniform(least, most)
        low = f"{value:.{digits}f}"
        kind = self.random.random()
        if kind < 0.4:
            self.quantity(unit, low, "", "=")
        elif kind < 0.7:
            before, op = self.random.choice(list(BEFORE.items()))
            self.quantity(unit, low, "", op, before=before)
        elif kind < 0.92:
            after, op = self.random.choice(list(AFTER.items()))
            self.quantity(unit, low, "", op, after=after)
        else:
            self.quantity(unit, low, f"{value * 1.4 + 1:.{digits}f}", "range")

    def duty(self) -> None:
        """Who leads and who helps, in brackets."""
        lead, *others = self.random.sample(OFFICES, self.random.randint(2, 4))
        self.say(f"（{lead}牵头，{'、'.join(others)}配合）")


def running_text(characters: int, seed: int = SEED) -> tuple[str, list[Known]]:
    """Paragraphs of varied sentences, and every quantity promised in them."""
    writer = Writer(Random(seed))
    writer.say("2019年重点工作任务安排\n")
    while writer.length < characters:
        for _ in range(writer.random.randint(2, 5)):
            writer.target() if writer.random.random() < 0.45 else writer.filler()
        if writer.random.random() < 0.5:
            writer.duty()
        writer.say("\n")
    return "".join(writer.pieces), writer.known


def flattened_list(tasks: int, seed: int = SEED) -> str:
    """A list of tasks as a Word table pasted into a text file: a TAB before each cell, a blank line after each row."""
    writer = Writer(Random(seed))
    writer.say("附件1\n2019年重点工作任务清单\n")
    rows = [["序号", "工作任务", "年度目标", "具体措施", "牵头单位", "配合单位"]]
    for number in range(1, tasks + 1):
        for measure in range(writer.random.randint(1, 4)):
            first = [str(number), f"推进{writer.random.choice(WORKS)}", _sentences(writer.random, 2)] if not measure else ["", "", ""]
            lead, *others = writer.random.sample(OFFICES, writer.random.randint(2, 4))
            rows.append([*first, _sentences(writer.random, 2), lead, "、".join(others)])
    for row in rows:
        writer.say("".join(f"\t{cell}\n" for cell in row) + "\n")
    return "".join(writer.pieces)


def _sentences(random: Random, count: int) -> str:
    writer = Writer(random)
    for _ in range(count):
        writer.target() if random.random() < 0.55 else writer.filler()
    return "".join(writer.pieces)
