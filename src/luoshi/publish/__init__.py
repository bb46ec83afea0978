"""Text out: what people read, for a terminal, a page or a file. No database."""
