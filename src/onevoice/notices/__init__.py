"""What the house writes to people: the outbox, and the worker that sends from it.

Here belong letters (rendered in the reader's language when they are queued, inside the act's transaction), their
delivery, and the page on which the demonstration's letters are read. Persons and groups are opaque here: the
rooms above make a `Recipient` of them.
"""
