"""What took long to make stays in memory. In: a key that names everything the thing depends on, how to make it. Out: the thing.

Each process keeps its own. When many ask for the same at once, one makes it and the others wait for that one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
Key = tuple[Hashable, ...]


@dataclass(slots=True)
class _Turn:
    """Who makes the thing of one key now; how many stand in line, the maker among them."""

    lock: Lock = field(default_factory=Lock)
    standing: int = 0


class Kept(Generic[Thing]):
    """「留存」 Things by key. What was asked for longest ago goes first, once all weigh more than room; without weigh, each weighs 1."""

    def __init__(self, room: int, weigh: Callable[[Thing], int] = lambda _thing: 1) -> None:
        self.room, self.weight = room, 0
        self._weigh = weigh
        self._things: OrderedDict[Key, tuple[Thing, int]] = OrderedDict()
        self._turns: dict[Key, _Turn] = {}
        self._lock = Lock()

    def get(self, key: Key, make: Callable[[], Thing]) -> Thing:
        """What is kept; else what make returns, made once. An error is the asker's own: who waited tries again."""
        found = self.look(key)
        if found is None:
            with self.turn(key):
                found = self.look(key)      # another may have made it meanwhile
                if found is None:
                    found = self.keep(key, make())
        return found

    def look(self, key: Key) -> Thing | None:
        """What is kept under the key."""
        with self._lock:
            if key not in self._things:
                return None
            self._things.move_to_end(key)
            return self._things[key][0]

    def keep(self, key: Key, thing: Thing) -> Thing:
        """Puts it in, and what there is no room for any more out."""
        weight = self._weigh(thing)
        with self._lock:
            self._drop(key)
            self._things[key] = thing, weight
            self.weight += weight
            while self.weight > self.room:
                self._drop(next(iter(self._things)))
        return thing

    def forget(self, unless: Callable[[Key], bool] = lambda _key: False) -> None:
        """Everything, but what the caller wants to stay."""
        with self._lock:
            for key in [key for key in self._things if not unless(key)]:
                self._drop(key)

    @contextmanager
    def turn(self, key: Key) -> Iterator[None]:
        """Only one thread at a time is inside for a key."""
        with self._lock:
            turn = self._turns.setdefault(key, _Turn())
            turn.standing += 1
        try:
            with turn.lock:
                yield
        finally:
            with self._lock:
                turn.standing -= 1
                if not turn.standing:
                    del self._turns[key]

    def _drop(self, key: Key) -> None:
        _thing, weight = self._things.pop(key, (None, 0))
        self.weight -= weight
