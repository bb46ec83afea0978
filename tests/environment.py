"""What a person's own shell would hand to a command: nothing of what tests run on, but for compiled queries, which may be shared."""

from __future__ import annotations

import os


def of_a_person() -> dict[str, str]:
    """A copy of the environment without the settings of the tests."""
    return {name: value for name, value in os.environ.items() if name == "LUOSHI_CACHE" or not name.startswith(("LUOSHI_", "DJANGO_"))}
