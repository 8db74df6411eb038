"""The rooms of the house that are there: every folder of the package that a floor was given."""

from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]

# From the top. A room imports from the floors below it only; rooms of one floor do not import each other.
FLOORS = (
    ("operations",),
    ("desk", "site", "search", "api"),
    ("briefings",),
    ("strategies",),
    ("programme", "outputs", "expertise"),
    ("meetings",),
    ("texts",),
    ("decisions",),
    ("mandates",),
    ("groups",),
    ("parties",),
    ("enact",),
    ("look", "notices"),
    ("claims", "files"),
    ("record",),
    ("languages",),
    ("procedure", "drafting"),
)
PURE = ("languages", "procedure", "drafting")


def rooms() -> list[str]:
    """Rooms that are Django applications, from the top floor down, so that upper templates win."""
    return [room for floor in FLOORS for room in floor if room != "operations" and is_application(room)]


def is_application(room: str) -> bool:
    """A package with something that Django must find."""
    signs = ("apps.py", "models.py", "templates", "templatetags", "static", "locale", "urls.py")
    folder = HOUSE / room
    return (folder / "__init__.py").exists() and any((folder / sign).exists() for sign in signs)


def has(room: str, name: str, word: str = "") -> bool:
    """Whether the room holds the module, and the word in it; nothing is imported."""
    file = HOUSE / room / f"{name}.py"
    folder = HOUSE / room / name / "__init__.py"
    return any(path.exists() and word in path.read_text() for path in (file, folder))
