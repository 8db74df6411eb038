"""What the environment gives the settings: each value read by its name, every wrong one told at once."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

problems: list[str] = []


def text(name: str, default: str = "") -> str:
    """A line of text."""
    return os.environ.get(name, default).strip()


def secret(name: str) -> str:
    """A secret from the variable, or from the file that NAME_FILE names."""
    file = text(f"{name}_FILE")
    if not file:
        return text(name)
    try:
        return Path(file).read_text().strip()
    except OSError as error:
        problems.append(f"{name}_FILE: {file} cannot be read ({error.strerror}).")
        return ""


def words(name: str) -> list[str]:
    """Values parted by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def number(name: str, default: int, least: int = 0, most: int = 2**31) -> int:
    """A whole number within its limits."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        problems.append(f"{name}: {value!r} is not a whole number from {least} to {most}.")
        return default
    return int(value)


def one_of(name: str, default: str, *choices: str) -> str:
    """One of a few words."""
    value = text(name, default)
    if value not in choices:
        problems.append(f"{name}: {value!r} is not one of {', '.join(choices)}.")
        return default
    return value


def address(name: str, default: str) -> str:
    """A web address without a path, such as https://onevoice.example.org."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query):
        problems.append(f"{name}: {value!r} is not an address like https://onevoice.example.org.")
    return value


def database(name: str) -> dict[str, object] | None:
    """A database for Django, from a postgresql:// address; None when the name is not set."""
    value = text(name)
    if not value:
        return None
    try:
        parts = conninfo_to_dict(value)
    except psycopg.ProgrammingError:
        parts = {}
    if not parts.get("dbname") or not parts.get("user"):
        problems.append(f"{name}: not an address like postgresql://login:password@host:5432/onevoice.")
        return None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user"),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": {"connect_timeout": 5, **parts},
    }
