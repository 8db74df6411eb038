"""What the group publishes: issue briefs, statements, calls, toolkits, reports, in language versions.

Recommendations inside an output, and the library around them, will stand here too.
"""
