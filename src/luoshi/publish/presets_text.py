"""Presets of the supervising work as text: lines for a terminal, tables for docs/presets.md. In: `Presets`. Out: lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from luoshi.pack.presets import Presets
from luoshi.pack.supervision_spec import ACTS, SIGNALS, ClockPreset, LadderPreset, RungSpec
from luoshi.supervision.preset_cases import PresetCase

DAYS = {"workday": "个工作日", "calendar": "天"}
EVERY = {"month": "每月", "quarter": "每季度", "half": "每半年", "year": "每年"}


ORDER_WORDS = {"parallel": "收件时一起起算", "serial": "前一个停了，后一个才起算"}


def limit_words(clock: ClockPreset) -> str:
    """20个工作日; 不少于30天; 当日"""
    if clock.limit == 0:
        return "当日"
    return f"{'不少于' if clock.at_least else ''}{clock.limit}{DAYS[clock.days]}"


def extension_words(clock: ClockPreset) -> str:
    """再10个工作日，一次，本行政机关负责人批准；告知申请人"""
    extend = clock.extend
    if extend is None:
        return "不能延期"
    how = f"再{extend.by}{DAYS[clock.days]}" if extend.by else "到批准人写明的一天"
    return f"{how}{'，一次' if extend.once else ''}，{extend.approver}批准{f'；告知{extend.notify}' if extend.notify else ''}"


def clock_lines(presets: Presets) -> Iterator[str]:
    """Each time limit with its source, two or three lines."""
    for clock in presets.clocks.values():
        after = f"，接在“{presets.clocks[clock.after].title}”之后" if clock.after else ""
        yield f"{clock.clock}　{clock.title}：{limit_words(clock)}，从{clock.start}起算{after}"
        yield f"    延期：{extension_words(clock)}　暂停：{'、'.join(clock.pauses) or '没有可以暂停的事由'}"
        yield f"    依据：{clock.reference}{_unconfirmed(clock.unconfirmed)}"


def ladder_lines(presets: Presets) -> Iterator[str]:
    """Each ladder with its rungs and its source."""
    for ladder in presets.ladders.values():
        yield f"{ladder.ladder}　{ladder.title}"
        for place, rung in enumerate(ladder.rungs, 1):
            acts = "、".join(ACTS[act] for act in rung.acts)
            yield f"    {place}. {rung.title}：{when_words(rung)}；{acts}；{rung.by} → {rung.to}；{answer_words(rung)}"
        yield f"    依据：{ladder.reference}{_unconfirmed(ladder.unconfirmed)}"


def when_words(rung: RungSpec) -> str:
    """连续滞后2期 is written as 连续滞后（2）."""
    return f"{SIGNALS[rung.when]}{f'（{rung.times}）' if rung.times > 1 else ''}"


def answer_words(rung: RungSpec) -> str:
    """5个工作日内办"""
    return "没有约定几天" if rung.answer_within is None else f"{rung.answer_within}{DAYS[rung.days]}内办"


def presets_document(presets: Presets, cases: Iterable[PresetCase] = ()) -> Iterator[str]:
    """docs/presets.md below its heading. cases: run already, so that what is printed is what comes out."""
    by_preset: dict[str, list[PresetCase]] = {}
    for case in cases:
        by_preset.setdefault(case.preset, []).append(case)
    yield from ("## 时限", "", "| 名称 | 事项 | 期限 | 从何时起算 | 延期 | 可以暂停的事由 | 依据 | 待核对 |", "|---|---|---|---|---|---|---|---|")
    for c in presets.clocks.values():
        yield (f"| `{c.clock}` | {c.title} | {limit_words(c)} | {c.start}{f'，接在 `{c.after}` 之后' if c.after else ''} | {extension_words(c)} | "
               f"{'、'.join(c.pauses) or '—'} | {c.reference} | {c.unconfirmed or ''} |")
    yield from ("", "### 样例", "", "照 `calendar.yaml` 的放假安排算；`luoshi pack test` 每次都跑。", "",
                "| 时限 | 情形 | 应得 | 为什么 |", "|---|---|---|---|")
    yield from (f"| {each.title} | {each.given} | {each.expected} | {each.why} |" for c in presets.clocks for each in by_preset.get(c, ()))
    yield from ("", "## 升级阶梯", "", "系统只提建议、拟草稿，不会自己发；超过督查规则里允许的台阶只作提示。")
    for ladder in presets.ladders.values():
        yield from _ladder_table(ladder)
        yield from ("", "| 情形 | 应建议 | 为什么 |", "|---|---|---|")
        yield from (f"| {each.given} | {each.expected} | {each.why} |" for each in by_preset.get(ladder.ladder, ()))
    yield from ("", "## 报送周期", "", "| 名称 | 怎么报 | 周期 | 宽限 | 依据 | 待核对 |", "|---|---|---|---|---|---|")
    yield from (f"| `{c.cycle}` | {c.title} | {EVERY[c.every]} | {c.grace}天 | {c.reference} | {c.unconfirmed or ''} |"
                for c in presets.cycles.values())
    yield from ("", "## 提醒", "", "| 名称 | 怎么提醒 | 依据 |", "|---|---|---|")
    yield from (f"| `{r.reminder}` | {r.title} | {r.reference} |" for r in presets.reminders.values())
    yield from ("", "## 来件", "", "| 名称 | 类别 | 走哪些时限 | 怎么走 | 依据 |", "|---|---|---|---|---|")
    yield from (f"| `{i.incoming}` | {i.title} | {'、'.join(presets.clocks[clock].title for clock in i.clocks)} | {ORDER_WORDS[i.order]} | "
                f"{i.reference}{_unconfirmed(i.unconfirmed)} |" for i in presets.incomings.values())


def _ladder_table(ladder: LadderPreset) -> Iterator[str]:
    yield from ("", f"### `{ladder.ladder}`　{ladder.title}", "", f"依据：{ladder.reference}{_unconfirmed(ladder.unconfirmed)}", "",
                "| 台阶 | 什么时候 | 做什么 | 谁来做 | 对谁 | 几天内办 |", "|---|---|---|---|---|---|")
    yield from (f"| {r.title} | {when_words(r)} | {'、'.join(ACTS[act] for act in r.acts)} | {r.by} | {r.to} | {answer_words(r)} |"
                for r in ladder.rungs)


def _unconfirmed(words: str | None) -> str:
    return f"　【待核对】{words}" if words else ""
