"""「督查督办」 The working loop: who owes what and when, slips, time limits, ladders, blockers, changes of targets.

In: presets of packs, nouns, days. Out: where a matter stands and what may be done next. No database, no clock.
"""
