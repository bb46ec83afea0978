"""The nouns a plan is made of, and nothing else: a confirmed plan is these, frozen."""
