"""Languages: the six languages, partial dates, words, order, search forms and directions.

Everything here is pure (values in, value out; the standard library, Babel and ICU) save two modules at
the edge that need Django: `web` (addresses by language) and `catalogue` (translations of the interface).
"""
