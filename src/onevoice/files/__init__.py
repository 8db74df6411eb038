"""Stored uploads: what a file is, judged by its content; its bytes under their hash; who may see it.

Here belong the kinds that are taken, the step that keeps an upload, and the page that serves it. Groups and
persons are opaque here: the rooms above say to whom a file belongs, and link to it from what it is part of.
"""
