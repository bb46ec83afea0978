"""A step of a matter lacks something. In: nothing. Out: the refusal `StepRefused`, answered with 422; what was typed is kept."""

from __future__ import annotations


class StepRefused(Exception):
    """「办理未过」 problems: field → words that say what to do; the key `all` belongs to no field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("；".join(problems.values()))
        self.problems = problems
