"""The command line: one command, one file. Rooms are imported inside the commands, so that `luoshi compile` starts at once."""
