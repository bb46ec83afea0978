"""Facts → numbers: every kind of calculation, each result with its `Because`."""
