"""Pass 9: is the plan whole? In: a finished `Draft`. Out: the same with what a careful reader would notice.

Each check is one function that yields findings; CHECKS is all of them, in the order of the reader's interest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from luoshi.compiler.deadlines import read_deadlines
from luoshi.compiler.draft import Draft, tidy
from luoshi.lexicon.written import place_words
from luoshi.plan.plan import holders_of
from luoshi.plan.task import Task
from luoshi.provenance import Finding
from luoshi.reading.source import Paragraph

_ANY_YEAR = 2025


def check_plan(draft: Draft) -> Draft:
    """Run every check."""
    return draft.found(*(finding for check in CHECKS for finding in check(draft)))


def numbers_run(draft: Draft) -> Iterator[Finding]:
    """Numbers of tasks are in use once each, and none is skipped."""
    if draft.table is None:                # running text begins to count again under every heading
        return
    printed = [t.no for t in draft.tasks] + [m.no for t in draft.tasks if t.no is None for m in t.measures]
    numbers = [int(no) for no in printed if no and no.isdecimal()]
    for no, times in Counter(numbers).items():
        if times > 1:
            yield Finding("task.number-twice", f"task.number-twice:{no}", "warning",
                          f"序号{no}出现了{times}次。请核对是不是同一项任务被拆开，或序号写错。")
    missing = sorted(set(range(min(numbers, default=1), max(numbers, default=0))) - set(numbers))
    if missing:
        yield Finding("task.number-gap", "task.number-gap", "warning", f"序号缺{'、'.join(map(str, missing))}。请核对原文是否漏了任务。")


def tasks_are_named(draft: Draft) -> Iterator[Finding]:
    """A task without a title cannot be told from another."""
    for task in draft.tasks:
        if not task.title:
            yield Finding("task.no-title", f"task.no-title:{task.id}", "error",
                          f"{place_words(task.source.place)}：任务{task.no or ''}没有名称。请补上。", task.source, task.id)


def measures_stand(draft: Draft) -> Iterator[Finding]:
    """A task in a list with measures has at least one."""
    for task in draft.tasks:
        if draft.table is not None and draft.columns_of("measure") and draft.columns_of("title") and not task.measures:
            yield Finding("task.no-measure", f"task.no-measure:{task.id}", "warning",
                          f"任务{task.no or ''}“{task.title}”没有举措，责任直接落在任务上。请核对原文。", task.source, task.id)


def list_has_numbers(draft: Draft) -> Iterator[Finding]:
    """A list without one quantity can be carried through, but not lit."""
    if draft.tasks and not any(_promises(t) for t in draft.tasks):
        yield Finding("list.without-numbers", "list.without-numbers", "warning",
                      "整张清单没有读到一个数量指标，只能按节点和推进情况督查，亮不了灯。如果原文有数量，请检查数字写法。")


def tasks_can_be_judged(draft: Draft) -> Iterator[Finding]:
    """A task with neither quantity nor dated milestone is shown 不评判."""
    if not any(_promises(t) for t in draft.tasks):
        return
    for task in draft.tasks:
        dated = any(m.due and m.due.written for x in holders_of(task) for m in x.milestones)
        if not _promises(task) and not dated:
            yield Finding("task.nothing-to-judge", f"task.nothing-to-judge:{task.id}", "info",
                          f"任务{task.no or ''}“{task.title}”没有数量，也没有写日期的节点；未另行约定成果前，只展示推进情况，不评判。",
                          task.source, task.id)


def text_outside(draft: Draft) -> Iterator[Finding]:
    """Running text that was not read into the plan: neighbouring paragraphs together."""
    together: list[Paragraph] = []
    for block in (*draft.document.blocks, None):
        if isinstance(block, Paragraph) and tidy(block.text) and not _is_read(draft, block):
            together.append(block)
            continue
        if together and (block is None or not isinstance(block, Paragraph) or tidy(block.text)):
            yield _outside(together)
            together = []


def _is_read(draft: Draft, block: Paragraph) -> bool:
    bands = {(cell.place, cell.offset) for cell in draft.bands.values()}
    return tidy(block.text) == draft.title or (block.place, block.offset) in draft.taken | bands


def _outside(together: list[Paragraph]) -> Finding:
    first = together[0]
    text = tidy(first.text)
    words = f"“{text[:24]}{'…' if len(text) > 24 else ''}”"
    key = f"text.outside-list:{first.place}:{text[:12]}"
    where = f"{place_words(first.place)}{words}"
    if len(together) > 1:
        where = f"{place_words(first.place)}至{place_words(together[-1].place)}，共{len(together)}段，以{words}开头，"
    return Finding("text.outside-list", key, "info", f"{where}在清单之外，没有读进方案。", first.ref(0, len(first.text)))


def _promises(task: Task) -> bool:
    return any(x.targets for x in holders_of(task))


def list_has_tasks(draft: Draft) -> Iterator[Finding]:
    """A header alone, or nothing but bands and totals below it."""
    if draft.table is not None and not draft.tasks:
        yield Finding("list.empty", "list.empty", "error",
                      f"{place_words(draft.table.place)}的表头像任务清单，下面却没有一项任务。请检查原文，或改选另一张表。")


def year_is_known(draft: Draft) -> Iterator[Finding]:
    """Without a year nothing that names no date has one."""
    if draft.year is not None:
        return
    holders = [x for task in draft.tasks for x in holders_of(task)]
    dues = [t.due for x in holders for t in x.targets] + [m.due for x in holders for m in x.milestones] + [x.due for x in holders if x.due]
    hanging = list(dict.fromkeys(due.written for due in dues if due and due.written and due.date is None and _wants_a_year(due.written)))
    undated = sum(due is None for due in dues)
    if undated or hanging:
        words = f"“{'”“'.join(hanging[:4])}”{'等' if len(hanging) > 4 else ''}算不出哪一年，" if hanging else ""
        undated_words = f"{undated}个指标、节点没有到期日，亮不了灯。" if undated else "到期不会提醒。"
        yield Finding("list.no-year", "list.no-year", "warning",
                      f"标题和落款都没有写年份，{words}{undated_words}请补上清单年份（命令行用 --year），或在导入时逐个补日期。")


def _wants_a_year(written: str) -> bool:
    """6月底前 has a date as soon as somebody names the year; 长期 never has."""
    return any(span.date for span in read_deadlines(written, _ANY_YEAR))


CHECKS: tuple[Callable[[Draft], Iterator[Finding]], ...] = (
    list_has_tasks, tasks_are_named, numbers_run, year_is_known, measures_stand, list_has_numbers, tasks_can_be_judged, text_outside)
