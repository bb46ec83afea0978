"""The shared world, for every test of pages."""

from tests.web.world import busy_world, world

__all__ = ["busy_world", "world"]
