"""Words and small pictures that several pages share."""
