"""What rules, states and reasons are in words: said once, in English, for the command line and for pages.

Pages translate them (`decisions/rules_words.py`); nothing here knows a language.
"""
