"""One verb per file, the only writers: permission, transaction, change, journal entry, in that order."""
