"""Verbs after which a thing is there, or is not."""

import pytest

from luoshi.lexicon.verb import DRAFTED, EVENT, FINISHED, OPENED


@pytest.mark.parametrize("clause", ["城东泵站正式运行", "跨江大桥建成通车", "开工建设二期工程", "平台全面上线"])
def test_something_is_opened(clause: str) -> None:
    assert OPENED.search(clause)


@pytest.mark.parametrize("clause", ["提升线上线下服务", "提高项目开工率", "优化建成区环境"])
def test_a_noun_that_looks_like_opening_is_left_alone(clause: str) -> None:
    assert not OPENED.search(clause)


def test_something_is_drafted_finished_or_held() -> None:
    assert DRAFTED.search("制定低碳园区管理办法")
    assert FINISHED.search("完成二期项目初步设计")
    assert EVENT.search("举办首届陶瓷博览会")
    assert not FINISHED.search("通报任务完成情况")
