"""The one Django app with tables: models, who may see and do what, every read. Writing is for `actions` only."""
