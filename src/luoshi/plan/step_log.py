"""Every answer and edit in the order in which they were made, to be taken back and made again. In: steps. Out: `StepLog`, and its JSON form.

A step that was taken back stays until another step is made in its stead; the journal keeps that one too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from luoshi.plan.edit import Edit, touched
from luoshi.plan.edit_json import edit_from_json, edit_to_json
from luoshi.plan.plan import plain
from luoshi.plan.walk import digest_of


@dataclass(frozen=True, slots=True)
class Step:
    """「一步修改」 by, at: who made it and when, for people; words: what it did. edit, or answers: (key of the question, before, after)."""

    by: str
    at: str
    words: str
    edit: Edit | None = None
    answers: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StepLog:
    """「修改步骤」 done: how many of the steps are in force; the others were taken back."""

    steps: tuple[Step, ...] = ()
    done: int = 0

    @property
    def mark(self) -> str:
        """Changes with every step made or taken back: what a form was made from."""
        last = self.last
        return f"{self.done}-{digest_of(last.by, last.at, last.words)}" if last else "0"

    @property
    def last(self) -> Step | None:
        """What would be taken back now."""
        return self.steps[self.done - 1] if self.done else None

    @property
    def next(self) -> Step | None:
        """What would be made again now."""
        return self.steps[self.done] if self.done < len(self.steps) else None

    def edits(self) -> tuple[Edit, ...]:
        """Those in force."""
        return tuple(step.edit for step in self.steps[:self.done] if step.edit)

    def with_step(self, step: Step) -> StepLog:
        """One step more; what was taken back before it is gone."""
        return StepLog((*self.steps[:self.done], step), self.done + 1)

    def back(self) -> StepLog:
        """One step less in force."""
        return replace(self, done=max(0, self.done - 1))

    def forward(self) -> StepLog:
        """One step more in force."""
        return replace(self, done=min(len(self.steps), self.done + 1))

    def last_on(self, id: str) -> Step | None:
        """The latest step in force that touched this noun."""
        return next((s for s in reversed(self.steps[:self.done]) if s.edit and id in touched(s.edit)), None)

    def last_answer(self, key: str) -> Step | None:
        """The latest step in force that answered this question."""
        return next((s for s in reversed(self.steps[:self.done]) if key in {k for k, _, _ in s.answers}), None)


def answered(answers: dict[str, str], step: Step, back: bool = False) -> dict[str, str]:
    """The answers after the step, or before it. An empty answer is none."""
    changed = answers | {key: before if back else after for key, before, after in step.answers}
    return {key: answer for key, answer in changed.items() if answer}


def log_to_json(log: StepLog) -> dict[str, Any]:
    """All steps, and how many are in force."""
    steps = [{"by": s.by, "at": s.at, "words": s.words, "edit": edit_to_json(s.edit) if s.edit else None, "answers": plain(s.answers)}
             for s in log.steps]
    return {"done": log.done, "steps": steps}


def log_from_json(tree: dict[str, Any]) -> StepLog:
    """The log that was written; of nothing, an empty one."""
    return StepLog(tuple(_step(s) for s in tree.get("steps", ())), tree.get("done", 0))


def _step(s: dict[str, Any]) -> Step:
    edit = edit_from_json(s["edit"]) if s["edit"] else None
    return Step(s["by"], s["at"], s["words"], edit, tuple((key, before, after) for key, before, after in s["answers"]))
