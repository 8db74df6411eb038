"""The record: each group's append-only log of formal acts, which anyone may check off line.

Here belong entries, their order, their tree, its signed heads, and the proofs and receipts drawn from
them. Not what an act means (the room of the act), nor how an entry is shown (`site`). Other rooms use
`onevoice.record.log`; nothing here knows of them: groups and subjects are opaque keys.
"""
