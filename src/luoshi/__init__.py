"""落实: carry a decision through until it is done. A task list goes in; delivery that anybody can audit comes out."""

__version__ = "0.1.0"
