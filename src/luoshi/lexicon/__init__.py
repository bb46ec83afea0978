"""Words of official Chinese → values. Knows no document."""
