"""What a body is asked to decide, and what it decided.

Here belong proposals with their frozen text, objections, withdrawals, decisions, their numbers and the
register. Where and when a meeting took a decision is for `meetings`, which points here.
"""
