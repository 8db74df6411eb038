"""The logins of one database: owner (migrations only), application (owns nothing), sequencer (places entries)."""

import json
import os
import secrets
from pathlib import Path

import psycopg
from psycopg import sql

from onevoice.operations.environment import Stop

SUPERUSER, OWNER, APPLICATION, SEQUENCER = (
    "onevoice",
    "onevoice_owner",
    "onevoice_app",
    "onevoice_sequencer",
)
DATABASE = "onevoice"
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")


def passwords(file: Path) -> dict[str, str]:
    """Each login's password, from a file that only its owner reads; made at the first start."""
    if file.exists():
        try:
            return {str(login): str(word) for login, word in json.loads(file.read_text()).items()}
        except ValueError as error:
            raise Stop(
                f"The file {file} holds the database's passwords and cannot be read: restore it."
            ) from error
    made = {login: secrets.token_urlsafe(24) for login in (SUPERUSER, OWNER, APPLICATION, SEQUENCER)}
    new = file.with_suffix(".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as out:
        json.dump(made, out)
        out.flush()
        os.fsync(out.fileno())
    new.rename(file)
    return made


def bootstrap(superuser: psycopg.Connection, words: dict[str, str], database: str = DATABASE) -> None:
    """Make the three logins and the database where they are missing. Autocommit, on any database of the cluster."""
    there = {row[0] for row in superuser.execute("SELECT rolname FROM pg_roles")}
    for login in (OWNER, APPLICATION, SEQUENCER):
        if login not in there:
            superuser.execute(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} NOSUPERUSER NOCREATEDB NOCREATEROLE").format(
                    sql.Identifier(login), sql.Literal(words[login])
                )
            )
    if not superuser.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        name = sql.Identifier(database)
        superuser.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, sql.Identifier(OWNER)))
        superuser.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        superuser.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}, {}").format(
                name, sql.Identifier(APPLICATION), sql.Identifier(SEQUENCER)
            )
        )


def extend(superuser: psycopg.Connection) -> None:
    """The extensions that the models rely on, in schema public of the database connected to."""
    there = {row[0] for row in superuser.execute("SELECT extname FROM pg_extension")}
    for name in EXTENSIONS:
        if name not in there:
            superuser.execute(
                sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public").format(sql.Identifier(name))
            )
