"""What tasks the group: instruments and their paragraphs, and what answers them.

Here belong resolutions, decisions of other bodies, their drafts and the reports on them. What answers a
paragraph (a decision, an activity, a meeting) points here from its own room and is collected by a register.
"""
