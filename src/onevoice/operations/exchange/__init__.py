"""One YAML file is one group's whole record: read strictly, previewed, loaded at once, given back by export.

What belongs here: the format (`format`, made of `kinds`), its reading with line numbers (`nodes`, `reading`),
what is new or changed (`stored`, `changes`), the step that writes (`loading`, `writer`) and the way out (`export`,
`schema`).
docs/record-file.md explains the format to those who write such files.
"""
