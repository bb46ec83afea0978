"""Every read, already limited to what the person may see. No query in a loop."""
