"""What is kept is made once, however many ask at the same time; and is dropped when there is no room."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock

import pytest

from luoshi.store.kept import Kept

MANY = 16


def all_at_once(ask: Callable[[], str]) -> list[str | BaseException]:
    """What each of many threads got that start together."""
    start = Barrier(MANY)

    def one(_number: int) -> str | BaseException:
        start.wait()
        try:
            return ask()
        except ValueError as error:
            return error
    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


def test_many_who_ask_at_once_get_what_one_of_them_made() -> None:
    kept, made, slow = Kept[str](8), list[int](), Event()

    def make() -> str:
        made.append(1)
        slow.wait(0.05)     # long enough for the others to arrive
        return "told"
    assert all_at_once(lambda: kept.get(("list", 1), make)) == ["told"] * MANY
    assert made == [1]
    assert not kept._turns


def test_an_error_goes_to_who_met_it_and_the_next_one_tries_again() -> None:
    kept, tries, lock = Kept[str](8), list[int](), Lock()

    def make() -> str:
        with lock:
            tries.append(1)
            if len(tries) <= 2:
                raise ValueError("not yet")
        return "told"
    found = all_at_once(lambda: kept.get(("list", 1), make))
    assert sorted(str(each) for each in found) == ["not yet"] * 2 + ["told"] * (MANY - 2)
    assert len(tries) == 3
    assert not kept._turns


def test_different_keys_do_not_wait_for_each_other() -> None:
    kept, inside = Kept[str](8), Barrier(2, timeout=5)

    def make() -> str:
        inside.wait()       # breaks unless both are being made at the same time
        return "told"
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda key: kept.get((key,), make), "ab")) == ["told", "told"]


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    kept = Kept[str](10, len)
    for key in ("a", "b"):
        kept.keep((key,), key * 4)
    assert kept.look(("a",)) == "aaaa"
    kept.keep(("c",), "cccc")
    assert [kept.look((key,)) for key in "abc"] == ["aaaa", None, "cccc"]
    assert kept.weight == 8


def test_what_is_heavier_than_all_the_room_is_made_each_time() -> None:
    kept = Kept[str](3, len)
    assert kept.get(("a",), lambda: "aaaa") == "aaaa"
    assert kept.look(("a",)) is None
    assert kept.weight == 0


@pytest.mark.parametrize("keep_a", [True, False])
def test_it_forgets_all_but_what_shall_stay(keep_a: bool) -> None:
    kept = Kept[str](10, len)
    for key in ("a", "b"):
        kept.keep((key,), key)
    kept.forget(unless=lambda key: keep_a and key == ("a",))
    assert kept.look(("a",)) == ("a" if keep_a else None)
    assert kept.look(("b",)) is None
    assert kept.weight == int(keep_a)
