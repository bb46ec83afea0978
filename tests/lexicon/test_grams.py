"""Tokens of the search."""

from __future__ import annotations

import pytest

from luoshi.lexicon.grams import grams_of


@pytest.mark.parametrize(("text", "grams"), [
    ("高能级平台", ("高能", "能级", "级平", "平台")),
    ("平台", ("平台",)),
    ("G60科创走廊", ("g60", "科创", "创走", "走廊")),
    ("ＧＲ２０１９，2.75%", ("gr2019", "2.75")),
    ("市", ("市",)),
    ("平台平台", ("平台", "台平")),
    ("——。", ()),
])
def test_text_becomes_pairs_of_characters_and_whole_words(text: str, grams: tuple[str, ...]) -> None:
    assert grams_of(text) == grams
