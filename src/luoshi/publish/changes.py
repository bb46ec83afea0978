"""「变化」: what differs between two days, line by line. In: the items of both days. Out: `Change`s, lights that moved first."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.lexicon.written import number
from luoshi.status.light import STATE_WORDS
from luoshi.status.stand import Item

_ORDER = tuple(STATE_WORDS)


@dataclass(frozen=True, slots=True)
class Change:
    """「变化」 was, now: the same line on both days. text: what moved, in a few words."""

    was: Item
    now: Item
    text: str

    @property
    def moved(self) -> bool:
        """Whether the light is another one."""
        return self.was.light.state != self.now.light.state


def find_changes(before: tuple[Item, ...], after: tuple[Item, ...]) -> tuple[Change, ...]:
    """Lines whose light or value differs; of the moved lights those that need a person stand first."""
    old = {item.promise.id: item for item in before}
    pairs = [(old[item.promise.id], item) for item in after if item.promise.id in old]
    changes = [Change(was, now, _words(was, now)) for was, now in pairs if was.light.state != now.light.state or was.value != now.value]
    return tuple(sorted(changes, key=lambda c: (not c.moved, _ORDER.index(c.now.light.state))))


def _words(was: Item, now: Item) -> str:
    """21→20个; 数未变（3家），应达由7家到7.5家."""
    if now.standing is None or now.value is None:
        return "数撤回了"
    unit, shown = now.standing.unit, number(now.value, now.standing.decimals)
    if was.value is None:
        return f"有数了：{shown}{unit}"
    if was.value != now.value:
        return f"{number(was.value, now.standing.decimals)}→{shown}{unit}"
    if was.standing and was.standing.planned is not None and now.standing.planned is not None and was.standing.planned != now.standing.planned:
        return f"数未变（{shown}{unit}），应达由{number(was.standing.planned, 1)}到{number(now.standing.planned, 1)}{unit}"
    return f"数未变（{shown}{unit}），时间到了"
