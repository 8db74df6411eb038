"""Groups and who is what in them.

Here belong groups, their bodies, membership, offices, appointments and published counts, each dated, and
`standing.py`, the only way to ask who is what as of an instant. Who exists at all belongs to `parties`.
"""
