"""The board as one self-contained page: no script, no outside file. In: `Board`, plan, document. Out: HTML text.

A click on any figure shows its explanation alone (CSS `:target`), so that one file behaves like a small site, also offline.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from luoshi import __version__
from luoshi.lexicon.written import day, place_words
from luoshi.plan.plan import Plan, holders_of
from luoshi.plan.task import Task
from luoshi.provenance import Finding
from luoshi.publish.board import Board
from luoshi.publish.explain import Explanation, Sheet, class_of, explain_item, headline
from luoshi.reading.source import Document
from luoshi.status.light import STATE_WORDS, State
from luoshi.status.stand import Item

CSS_CLASSES: dict[State, str] = {"normal": "ok", "late": "late", "seriously_late": "grave", "done": "done", "no_data": "none", "not_judged": "open"}
CLASS_TAGS = {"A": "计算", "B": "官方", "C": "成果", "D": "评定"}
SCALE = Decimal("1.2")
"""The bar's axis runs from 0 to 120 % of the target."""


@dataclass(frozen=True, slots=True)
class Why:
    """「来由」 One explanation as the page shows it: what did not count stands before what did."""

    item: Item
    text: Explanation
    headline: tuple[str, str]
    sheets: tuple[Sheet, ...]


def board_page(board: Board, plan: Plan, document: Document, findings: tuple[Finding, ...], example: bool = False) -> str:
    """The whole page. findings: what the facts should be checked for."""
    items = [item for _, lines in board.tasks for item in lines]
    return _environment().get_template("board.html.j2").render(
        board=board, items=items, units=len({u for item in items for u in item.leads}), css=_css(), example=example, version=__version__,
        findings=[f for f in findings if f.level in {"error", "warning", "question"}],
        explanations=[_why(item, plan, document) for item in items], number_columns={"计入数", "数值"}, wide_columns={"原因", "佐证", "说明"})


def _css() -> Markup:
    folder = resources.files("luoshi.publish") / "styles"
    return Markup("".join((folder / name).read_text("utf-8") for name in ("tokens.css", "luoshi.css", "board.css")))  # our own files, no input


def _environment() -> Environment:
    environment = Environment(loader=PackageLoader("luoshi.publish"), autoescape=True, undefined=StrictUndefined)
    environment.filters |= {
        "day": day, "word": STATE_WORDS.__getitem__, "css_class": CSS_CLASSES.__getitem__, "anchor": anchor, "headline": headline,
        "bullet": bullet, "class_words": class_of, "source_word": source_word,
        "task_leads": task_leads, "place": place_words}
    return environment


def source_word(item: Item) -> str:
    """What the figure rests on, in two characters; a unit's word is always called that."""
    if item.value_from == "reported":
        return "填报"
    return CLASS_TAGS[item.binding.figure_class] if item.binding and item.value_from == "computed" else "—"


def anchor(item: Item) -> str:
    """The id of an item's explanation."""
    return "t" + item.number.replace(".", "-").replace("?", "x")


def task_leads(task: Task) -> str:
    """市自然资源和规划局 等3家"""
    leads = tuple(dict.fromkeys(d.unit for h in holders_of(task) for d in h.duties if d.role != "support"))
    return leads[0] + (f" 等{len(leads)}家" if len(leads) > 1 else "") if leads else "（没有牵头单位）"


def _why(item: Item, plan: Plan, document: Document) -> Why:
    text = explain_item(item, plan, document)
    value, _, asked = text.headline.partition(" / ")
    sheets = sorted(text.sheets, key=lambda sheet: not sheet.title.startswith("没有计入"))
    return Why(item, text, (value, asked), tuple(sheets))


def bullet(item: Item, time_share: Decimal | None) -> Markup:
    """Progress bar: done, planned, time gone and target on one scale; empty where there is nothing to draw. The same figures
    stand beside it."""
    s = item.standing
    if s is None or s.value is None or s.target <= 0:
        return Markup("")
    done, planned = s.value / s.target, None if s.planned is None else s.planned / s.target
    label = f"完成目标的{done:.0%}" + (f"，计划应达{planned:.0%}" if planned is not None else "")
    fill = CSS_CLASSES[item.light.state] if item.light.state in {"late", "seriously_late"} else ""
    due = Markup('<svg class="due" x="{x}" y="50%" overflow="visible"><path class="due" d="M-4 11 L0 6 L4 11 Z"/></svg>').format(
        x=_x(planned)) if planned is not None else Markup("")
    time = Markup('<line class="time" x1="{x}" x2="{x}" y1="0" y2="100%"/>').format(x=_x(time_share)) if time_share is not None else ""
    return Markup('<svg class="bullet" role="img" aria-label="{label}"><rect class="track" width="{goal}" height="10" y="50%"/>'
                  '<rect class="fill {fill}" width="{done}" height="10" y="50%"/>'
                  '{time}<line class="goal" x1="{goal}" x2="{goal}" y1="0" y2="100%"/>{due}</svg>').format(
        label=label, goal=_x(Decimal(1)), done=_x(done), fill=fill, due=due, time=time)


def _x(share: Decimal) -> str:
    return f"{max(Decimal(0), min(share, SCALE)) / SCALE * 100:.2f}%"
