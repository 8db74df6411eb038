"""The style sheet: one file for the reader, one for each part in sheets/.

There is no build: the sheets are put together when first asked for, comments and indents left out, under an
address that changes with what is in it, so that browsers may keep it for good.
"""

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from onevoice.look.contrast import is_colour

FOLDER: Final = Path(__file__).resolve().parent / "sheets"
LAYERS: Final = ("tokens", "base", "frame", "texts", "tables", "forms", "parts", "pages", "print")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@lru_cache(maxsize=1)
def sheet() -> str:
    """All sheets, the layers named in the first line."""
    lines = [f"@layer {', '.join(LAYERS)};"]
    for path in sorted(FOLDER.glob("*.css")):
        lines += _COMMENT.sub("", path.read_text(encoding="utf-8")).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip()) + "\n"


@lru_cache(maxsize=1)
def version() -> str:
    """Changes whenever a sheet does."""
    return hashlib.sha256(sheet().encode()).hexdigest()[:12]


def colours(on_paper: str, on_dark: str) -> str:
    """The small sheet of a group's two colours; ValueError when they are no colours."""
    if not (is_colour(on_paper) and is_colour(on_dark)):
        raise ValueError(f"{on_paper}, {on_dark}")
    return f"@layer tokens {{ :root {{ --group: {on_paper}; --group-on-dark: {on_dark}; }} }}\n"
