"""`python -m luoshi`: the same as `luoshi`."""

from luoshi.cli.main import main

main()
