"""Where a fact comes from, and what became of it.

Here belong sources, claims (who says so, with which confidence, preferred or not), the shape of every
dated fact (period, dates as written, stated or attested), and supersession: a correction is a new fact
that supersedes the old one with who, when and why. Nothing here knows what the facts are about.
"""
