"""The page a person lands on: what the organisation owes, by when, and what changed. No models, no acts.

What is owed comes from each room's `owed.py` through the register in `enact/owed.py`.
"""
