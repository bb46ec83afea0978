"""A comparison of two versions of a list as one self-contained page, no script. In: `PlanDiff`. Out: HTML text."""

from __future__ import annotations

from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from luoshi import __version__
from luoshi.plan.diff import PlanDiff
from luoshi.publish.diff_rows import asked_rows, sections_of
from luoshi.publish.diff_words import opening, summary, unit_words


def diff_page(diff: PlanDiff) -> str:
    """The whole page: what asks for a reason first, then task by task, the old list on the left."""
    environment = Environment(loader=PackageLoader("luoshi.publish"), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("diff.html.j2").render(
        diff=diff, opening=opening(diff), summary=summary(diff), asked=asked_rows(diff), sections=[s for s in sections_of(diff) if s.rows],
        same=sum(change.hows == ("same",) for change in diff.changes), units=[unit_words(change) for change in diff.units], css=_css(),
        version=__version__)


def _css() -> Markup:
    folder = resources.files("luoshi.publish") / "styles"
    return Markup("".join((folder / name).read_text("utf-8") for name in ("tokens.css", "luoshi.css")))  # our own files, no input
