"""How any act is performed and shown: the only door through which a person changes anything.

Here belong the declaration of acts, the one transaction that performs them, their form, receipt, API call
and reference. Subjects, organisations and persons are opaque here: the rooms above register what they are.
"""
