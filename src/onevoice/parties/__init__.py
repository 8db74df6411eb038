"""Who there is: organisations, States, persons and their accounts.

Here belong names (dated, in six languages), codes, successions of organisations, and the account with which
a person signs in. What they are to a group (member, officer, focal point) belongs to `groups`.
"""
