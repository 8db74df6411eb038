"""What a file is called: cleaned for every system that it may be saved on, with the ending of its kind."""

from __future__ import annotations

from onevoice.languages.bidi import clean_line

from .kinds import Kind

LONGEST = 100  # characters before the ending
_FORBIDDEN = dict.fromkeys(map(ord, '<>:"/\\|?*%#'), " ")
_SAME = {".jpeg": ".jpg", ".text": ".txt"}


def clean_name(given: str, kind: Kind) -> str:
    """'Résumé: final.DOCX' as 'Résumé final.docx'; an ending of another kind stays, before the true one."""
    name = clean_line(given.translate(_FORBIDDEN)).strip(". ")
    stem, dot, ending = name.rpartition(".")
    ending = _SAME.get(f".{ending.lower()}", f".{ending.lower()}")
    stem = stem if dot and ending == kind.ending else name
    return f"{stem.strip('. ')[:LONGEST].strip() or 'file'}{kind.ending}"
