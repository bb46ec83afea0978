"""Files → blocks with an address: `read_document(path)`. Knows formats, knows nothing of tasks."""
