"""Work beside the request, so that a page can show progress and can be left. In: what to do. Out: a thread, started once all is committed."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from django.db import close_old_connections, connection, transaction


def run_beside(work: Callable[[], None], name: str) -> None:
    """In a thread of its own, with a connection of its own, closed at the end."""
    transaction.on_commit(lambda: Thread(target=_run, args=(work,), name=name, daemon=True).start())


def _run(work: Callable[[], None]) -> None:
    close_old_connections()
    try:
        work()
    finally:
        connection.close()
