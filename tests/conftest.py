"""The database of a test run: one embedded cluster, migrated once, copied for each worker.

db                 the application's login, rolled back after the test (pytest-django's mark works as usual)
fresh_database     a copy of its own, for tests that commit: all three logins, dropped afterwards
owner_connection   the owner's login on the fresh copy; sequencer_connection the sequencer's
served             the address of a web server over the fresh copy
chromium           the browser, started once
"""

import fcntl
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from onevoice.operations import logins
from onevoice.operations.cluster import Cluster
from onevoice.operations.mode import Mode, choose

PURE = [("tests", room) for room in ("languages", "procedure", "drafting")]

choose(Mode.TEST)
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
if not _WORKER:  # workers are told by the process that starts them
    os.environ["ONEVOICE_TEST_FOLDER"] = tempfile.mkdtemp(prefix="onevoice-tests-")
FOLDER = Path(os.environ["ONEVOICE_TEST_FOLDER"])
FOLDER.chmod(0o755)
cluster = Cluster(FOLDER, careless=True)
os.environ |= {
    "DATABASE_URL": cluster.url(logins.APPLICATION),
    "OWNER_DATABASE_URL": cluster.url(logins.OWNER),
    "SEQUENCER_DATABASE_URL": cluster.url(logins.SEQUENCER),
    "SECRET_KEY": "of the tests, and of nothing else; long enough for every library",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "PUBLIC_ADDRESS": "http://testserver",
    "DATA_FOLDER": str(FOLDER / "files-of" / (_WORKER or "main")),
}
for _name in ("SECRET_KEY_FILE", "DEBUG"):
    os.environ.pop(_name, None)


def pytest_configure(config: pytest.Config) -> None:
    """With several workers the cluster is the starting process's child, since a worker may end before others."""
    if all(Path(argument.partition("::")[0]).parts[:2] in PURE for argument in config.args):
        return  # these rooms must stand without Django
    import django

    if not _WORKER:  # in a fresh clone too, what is said in six languages is tested in six
        from onevoice.languages.catalogue import compile_catalogues

        compile_catalogues()
    os.environ["DJANGO_SETTINGS_MODULE"] = "onevoice.operations.settings"
    django.setup()
    del os.environ["DJANGO_SETTINGS_MODULE"]  # a worker must choose its mode before its settings are read
    if not _WORKER and config.getoption("numprocesses", None):
        cluster.start()


def pytest_unconfigure() -> None:
    if not _WORKER:
        cluster.stop()
        shutil.rmtree(FOLDER, ignore_errors=True)


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time: the template must have no connection while it is copied."""
    with (FOLDER / "template.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _migrate_template() -> None:
    from django.core.management import call_command
    from django.db import connections

    from onevoice.operations import grants

    done = FOLDER / "migrated"
    if done.exists():
        return
    for alias in connections:
        connections[alias].close()
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    grants.apply()
    for alias in connections:
        connections[alias].close()
    done.touch()


def _statement(*statements: str) -> None:
    with psycopg.connect(cluster.url(logins.SUPERUSER, "postgres"), autocommit=True) as superuser:
        for statement in statements:
            superuser.execute(statement)  # type: ignore[call-overload]


def _copy_template(name: str) -> None:
    with _alone():
        _migrate_template()
        _statement(
            f'CREATE DATABASE "{name}" TEMPLATE {logins.DATABASE} STRATEGY file_copy OWNER {logins.OWNER}'
        )


def _point_connections(name: str) -> None:
    from django.db import connections

    for alias in connections:
        connections[alias].close()
        connections.settings[alias]["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """This worker's database, in place of Django's own making of test databases."""
    if cluster.process is None and not _WORKER:
        cluster.start()
    name = f"test_{_WORKER or 'main'}"
    with django_db_blocker.unblock():
        _copy_template(name)
        _point_connections(name)
    yield
    with django_db_blocker.unblock():
        _point_connections(name)


_numbers = itertools.count(1)


@pytest.fixture
def fresh_database(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[str]:
    """A copy of the template of this test's own; what it commits is seen by all three logins and by threads."""
    from django.db import connections

    if {"db", "transactional_db"} & set(request.fixturenames):
        pytest.fail("fresh_database stands alone: take away `db` and the mark django_db.")
    before = connections.settings["default"]["NAME"]
    name = f"{before}_{next(_numbers)}"
    with django_db_blocker.unblock():
        _copy_template(name)
        _point_connections(name)
        yield name
        _point_connections(before)
    _statement(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def transactional_db() -> None:
    """Django would empty tables after the test, which the application's login may not."""
    pytest.fail("Take the fixture fresh_database: the application's login may not empty tables.")


@pytest.fixture
def owner_connection(fresh_database: str) -> Any:
    """The owner's login on the fresh copy."""
    from django.db import connections

    return connections["owner"]


@pytest.fixture
def sequencer_connection(fresh_database: str) -> Any:
    """The sequencer's login on the fresh copy."""
    from django.db import connections

    return connections["sequencer"]


@pytest.fixture
def served(fresh_database: str) -> Iterator[str]:
    """The address of a web server in this process over the fresh copy, for browsers and several clients."""
    from serving import serving

    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests of this worker."""
    from browser import chromium_started

    with chromium_started() as browser:
        yield browser


@pytest.fixture
def icat(db: None) -> Any:
    """ICAT and its neighbour; imported here, since Django is not ready when this file is read."""
    from world import the_icat_world

    return the_icat_world()


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """A page leaves its language behind in the thread that made it; a test begins in English, whatever ran before."""
    from django.apps import apps

    if apps.ready:  # the pure rooms are tested without Django
        from django.utils import translation

        translation.activate("en")
