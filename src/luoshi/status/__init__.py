"""Number + target + date → where we stand, with a sentence that says why."""
