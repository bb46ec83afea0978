"""Lines and cells → Plan, one pass per file, in the order of `passes.PASSES`. Blind to packs: what it must know are arguments."""
