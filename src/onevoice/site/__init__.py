"""The public pages on which several words meet: groups, home, about, the record; accessibility, privacy, sitemap.

No models, no acts. A page about one word (members, an event, an output) stands with that word's room.
"""
