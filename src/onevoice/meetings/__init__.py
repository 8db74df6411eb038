"""Meetings, briefings and other events, past and to come.

Here belong the agenda, who took part, what was said (interventions), and taking a decision in the room.
The text and the outcome of what is decided belong to `decisions`; this room points there.
"""
