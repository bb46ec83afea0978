"""Read-only JSON for programs."""
