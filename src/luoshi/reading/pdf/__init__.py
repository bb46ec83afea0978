"""PDF with a text layer → paragraphs and tables. In: bytes. Out: `Contents`: read `read.py` first, then the files in its order."""
