"""The page: one file, no script, everything escaped, every figure a link."""

from __future__ import annotations

from dataclasses import replace

from lxml import html

from luoshi.publish.board_html import board_page
from tests.publish.story import board, story


def page() -> str:
    return board_page(board(), story().plan, story().document, story().findings, example=True)


def test_it_needs_nothing_from_outside_and_runs_nothing() -> None:
    tree = html.fromstring(page())
    assert not tree.xpath("//script | //link | //img | //iframe | //*[@src] | //*[@style] | //*[starts-with(name(@*), 'on')]")
    assert not [h for h in tree.xpath("//@href") if not h.startswith("#")]
    assert "url(" not in page()


def test_every_link_leads_somewhere() -> None:
    tree = html.fromstring(page())
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {h.removeprefix("#") for h in tree.xpath("//@href")} <= set(ids)


def test_every_figure_links_to_its_explanation() -> None:
    tree = html.fromstring(page())
    linked = set(tree.xpath("//a[contains(@class, 'val')]/@href"))
    assert len(linked) == len(story().items)


def test_a_light_is_a_word_too() -> None:
    lights = html.fromstring(page()).xpath("//*[contains(concat(' ', @class, ' '), ' light ')]")
    assert lights
    assert all(light.text_content().strip() for light in lights)


def test_text_from_the_document_is_escaped() -> None:
    bad = replace(board(), title='<script>alert("示例")</script>')
    assert "<script" not in board_page(bad, story().plan, story().document, ())


def test_it_says_that_rows_are_invented() -> None:
    assert "虚构" in page()
    assert "虚构" not in board_page(board(), story().plan, story().document, (), example=False)
