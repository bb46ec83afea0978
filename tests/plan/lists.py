"""Lists in our own words, put together at random, for tests that hold for every list."""

from __future__ import annotations

from hypothesis import strategies as st

from luoshi.plan.plan import Plan
from tests.compiler.documents import HEADER, compiled

NOUNS = st.sampled_from(("公园", "夜校", "步道", "托育点", "充电桩", "菜市场", "停车位", "图书馆", "老旧小区", "背街小巷"))
VERBS = st.sampled_from(("新建", "改造", "整治", "开办", "力争建成", "推进建设"))
UNITS = st.sampled_from(("市园林局", "市教育局", "市住建局", "市城管局、市财政局", "市数据局（市人工智能局）", ""))
SENTENCES = st.builds(lambda verb, noun, n, more: f"{verb}{noun}{n}个{more}", VERBS, NOUNS, st.integers(1, 99),
                      st.sampled_from(("", "以上", "，9月底前完成", "；组织居民评议", "左右，其中示范点2个")))
ROWS = st.tuples(st.builds(lambda v, n: f"{v}{n}", VERBS, NOUNS), SENTENCES, st.lists(st.tuples(SENTENCES, UNITS, UNITS), min_size=1, max_size=3))


def listed(*rows: str) -> Plan:
    """The plan of rows written as in `tests.compiler.documents`."""
    return compiled("\n".join(("示例市2026年重点工作任务清单（示例）", HEADER, *rows)))


def _rows(tasks: list[tuple[str, str, list[tuple[str, str, str]]]]) -> list[str]:
    return [f"{no}|{title}|{goal}|{text}|{lead}|{support}" if place == 0 else f"^|^|^|{text}|{lead or '^'}|{support or '^'}"
            for no, (title, goal, measures) in enumerate(tasks, 1) for place, (text, lead, support) in enumerate(measures)]


PLANS = st.lists(ROWS, min_size=1, max_size=4, unique_by=lambda row: row[0]).map(lambda tasks: listed(*_rows(tasks)))
