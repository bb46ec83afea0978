"""YAML → Pack, and what is wrong with it. Owns the specification of every kind and preset; upper rooms implement them."""
