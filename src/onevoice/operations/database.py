"""Which database a command works on: the one that DATABASE_URL names, or the embedded one of the data folder."""

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.conninfo import conninfo_to_dict

from onevoice.operations import logins
from onevoice.operations.cluster import Cluster
from onevoice.operations.environment import Stop
from onevoice.operations.folder import DataFolder, open_folder

URLS = {
    "DATABASE_URL": logins.APPLICATION,
    "OWNER_DATABASE_URL": logins.OWNER,
    "SEQUENCER_DATABASE_URL": logins.SEQUENCER,
}


@contextmanager
def embedded(data: str | None, alone: bool = False) -> Iterator[tuple[DataFolder, Cluster]]:
    """The embedded database, started for this command and stopped after it, or the running one of another
    command; `alone` wants no other. The settings' environment points to it."""
    folder = open_folder(data)
    mine = folder.taken()
    if not mine and alone:
        raise Stop(
            f"OneVoice already runs on {folder.path} (process {folder.holder()}): "
            "stop it first, or give another folder with --data."
        )
    if not mine:
        folder.use()
        await_passwords(folder)
    cluster = Cluster(folder.path)
    try:
        if mine:
            cluster.start()
        else:
            cluster.await_start()
        point_at(cluster)
        yield folder, cluster
        if mine and not alone:
            folder.await_users()
    finally:
        if mine:
            cluster.stop()
        folder.release()


def await_passwords(folder: DataFolder) -> None:
    """The other command may be making the installation just now."""
    for _ in range(500):
        if (folder.path / "logins.json").exists() and (folder.path / "sockets").exists():
            return
        time.sleep(0.02)


def point_at(cluster: Cluster) -> None:
    """Set what the settings read, for this process and its children."""
    key = cluster.data / "secret_key"
    if not key.exists():
        key.touch(0o600)
        key.write_text(secrets.token_urlsafe(64))
    os.environ |= {name: cluster.url(login) for name, login in URLS.items()}
    os.environ |= {"SECRET_KEY_FILE": str(key), "DATA_FOLDER": str(cluster.data)}
    os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
    os.environ.setdefault("PUBLIC_ADDRESS", "http://127.0.0.1:8000")


def answers(name: str) -> list[str]:
    """What keeps the database that the variable names from answering; nothing when it does or is not set."""
    url = os.environ.get(name, "")
    if not url:
        return []
    try:
        parts = conninfo_to_dict(url)
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.ProgrammingError:
        return []  # not an address: the settings say so
    except psycopg.OperationalError as error:
        where = f"{parts.get('host') or 'this machine'}:{parts.get('port') or 5432}"
        return [f"{name}: the database {parts.get('dbname')} at {where} does not answer ({reason(error)})."]
    return []


# What the driver says, in its many ways, and what it means.
REASONS = (
    ("connection refused", "no server listens there"),
    ("no such file", "no server listens there"),
    ("name or service not known", "no machine of that name is known"),
    ("name resolution", "no machine of that name is known"),
    ("could not translate host name", "no machine of that name is known"),
    ("failed to resolve host", "no machine of that name is known"),
    ("no address associated", "no machine of that name is known"),
    ("password authentication failed", "it refuses the login or its password"),
    ("no password supplied", "it asks for a password"),
    ("pg_hba", "it admits no such login from here"),
    ("does not exist", "it has no such login or database"),
    ("too many", "it has no connection left"),
    ("connection slots", "it has no connection left"),
    ("starting up", "it is starting"),
    ("shutting down", "it is shutting down"),
    ("terminat", "it was stopped"),
    ("closed the connection", "it was stopped"),
    ("ssl", "an encrypted connection could not be made"),
    ("timeout", "it did not answer in time"),
    ("timed out", "it did not answer in time"),
    ("couldn't get a connection", "it did not answer in time"),
    ("unreachable", "no way leads to that machine"),
)


def reason(error: psycopg.OperationalError) -> str:
    """Why a database does not answer, in a few words of ours: the driver's have several lines and tabs."""
    said = str(error).lower()
    return next((ours for theirs, ours in REASONS if theirs in said), "its own log says why")


def login_faults(url: str) -> list[str]:
    """Why the application's login is unsafe, as far as the database tells without the models."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            row = connection.execute(
                "SELECT current_user, rolsuper, (SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND "
                "relnamespace = 'public'::regnamespace AND pg_has_role(current_user, relowner, 'MEMBER')) "
                "FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.Error:
        return []
    name, superuser, owned = row or ("", False, 0)
    if superuser:
        return [f"DATABASE_URL: the login {name} is a superuser; give the application's own login."]
    if owned:
        return [
            f"DATABASE_URL: the login {name} owns tables; give the application's own login, which owns none."
        ]
    return []
