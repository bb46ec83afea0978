"""Worked cases of time limits and ladders: what happened, and the day or the step that the published rule then gives.

Out: `ClockCase`, `LadderCase`, parts of clocks.yaml and ladders.yaml. They are run by supervision/preset_cases.py.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from luoshi.pack.strict import Strict, Title

LightWord = Literal["normal", "late", "seriously_late", "done", "no_data", "not_judged"]


class ClockCase(Strict):
    """「时限样例」 Started on a day, perhaps paused, extended or stopped: the last day, and the state where it was stopped; or that it is refused."""

    start: date
    promised: int | None = Field(None, gt=0, description="承诺几天，比规定的短")
    pause: date | None = None
    because: str = Field("", description="暂停的事由")
    resume: date | None = None
    ask: date | None = Field(None, description="哪天提出延期")
    until: date | None = Field(None, description="延到哪天")
    stop: date | None = None
    due: date | None = Field(None, description="应当算出的最后一天")
    state: Literal["kept", "broken"] | None = Field(None, description="按期或超期，写了 stop 才有")
    refused: bool = Field(False, description="这样改不合规定，应当不收")
    why: Title

    @model_validator(mode="after")
    def _says_what_comes_out(self) -> Self:
        if self.refused == (self.due is not None):
            raise ValueError("due 和 refused 写一样：算得出哪一天，或者应当不收")
        if (self.pause is None) != (not self.because) or (self.resume is not None and self.pause is None):
            raise ValueError("pause 要写明事由 because；有 resume 就要有 pause")
        if (self.state is None) != (self.stop is None):
            raise ValueError("写了 stop 才写 state")
        return self


class TakenCase(Strict):
    """「样例已走台阶」 A step that was taken before: which, when, by when it had to be answered, and whether it was."""

    rung: str
    on: date
    answer_by: date | None = None
    answered: date | None = None


class LadderCase(Strict):
    """「阶梯样例」 How a matter stands on a day, and which step the ladder proposes then; none where `proposes` is left out."""

    today: date
    due: date | None = None
    raised: date | None = None
    done: date | None = None
    weight: Literal["ordinary", "important", "special"] = "ordinary"
    lights: tuple[LightWord, ...] = Field((), description="逐月的灯，最后一个是今天的")
    missed: int = Field(0, ge=0, description="累计几次没有按期完成")
    taken: tuple[TakenCase, ...] = ()
    proposes: str | None = Field(None, description="应当建议的台阶；不写就是不建议")
    why: Title
