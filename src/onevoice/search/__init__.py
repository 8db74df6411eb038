"""Search: what of a group can be found by its words, in six languages, for who may see it.

What belongs here: the passages (one of each subject and language), what rooms give to be found (`sources`), the
jobs that keep the index (`jobs`), asking it (`finding`, `marking`) and the page. Stemming is the database's,
the forms of words are those of `languages.normal`.
"""
