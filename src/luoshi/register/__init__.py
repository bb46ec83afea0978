"""Facts「台账」: rows, official series, deliverables; checked, typed, and dated twice (when it happened, when it was recorded)."""
