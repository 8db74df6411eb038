"""The database of a test run: one embedded cluster, migrated once, copied for each worker.

db                 the application's login, rolled back after the test (pytest-django's mark works as usual)
icat, scene        a world of WORLDS: each stands committed in a database of the worker's own, built once; the test
                   gets its objects anew, and what it does is rolled back
fresh_database     a copy of its own, for tests that commit: all three logins, dropped afterwards
fresh_icat,        the same with a world in it: its objects
fresh_scene
owner_connection   the owner's login on the fresh copy; sequencer_connection the sequencer's
served             the address of a web server over the fresh copy
chromium           the browser, started once
"""

import fcntl
import gc
import itertools
import os
import pickle
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

# What makes a world, by the name of the fixture that gives it; imported when first asked for, since Django is not
# ready when this file is read.
WORLDS = {"icat": "world.the_icat_world", "scene": "enact.scenes.Scene"}
PURE = [("tests", room) for room in ("languages", "procedure", "drafting")]

choose(Mode.TEST)
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
if not _WORKER:  # workers are told by the process that starts them
    os.environ["ONEVOICE_TEST_FOLDER"] = tempfile.mkdtemp(prefix="onevoice-tests-")
FOLDER = Path(os.environ["ONEVOICE_TEST_FOLDER"])
FOLDER.chmod(0o755)
_own = f"test_{_WORKER or 'main'}"  # this worker's database, and what the names of its others begin with
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


# What takes long comes first, and the thousands of short rows of the permission matrix last: with these, workers that
# take work from each other end together.
FIRST, LAST = ("journeys", "operations"), ("access",)


def _turn(item: pytest.Item) -> int:
    room = item.path.relative_to(Path(__file__).parent).parts[0]
    return FIRST.index(room) if room in FIRST else len(FIRST) + (room in LAST)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)


def pytest_collection_finish() -> None:
    """What stands now stands to the end: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


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


def _copy_template(name: str, of: str = logins.DATABASE) -> None:
    with _alone():
        _migrate_template()
        _statement(f'CREATE DATABASE "{name}" TEMPLATE "{of}" STRATEGY file_copy OWNER {logins.OWNER}')


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
    with django_db_blocker.unblock():
        _copy_template(_own)
        _point_connections(_own)
    yield
    with django_db_blocker.unblock():
        _point_connections(_own)


# --- worlds ----------------------------------------------------------------------------------------------------------
_worlds: dict[str, tuple[str, bytes]] = {}


def _keys() -> Path:
    """Where the keys of the worlds' logs are, whatever a test makes of the setting."""
    return Path(os.environ["DATA_FOLDER"]).absolute() / "keys"


def _build(name: str) -> None:
    """A database in which a world stands, and the world's objects; before any setting of a test's own."""
    from django.db import connection, transaction
    from django.test import override_settings
    from django.utils.module_loading import import_string

    assert not connection.in_atomic_block, (
        "a transaction of this module is open: its tests need a world of their own"
    )
    database = f"{_own}_{name}"
    _copy_template(database)
    _point_connections(database)
    with override_settings(KEYS_FOLDER=_keys()), transaction.atomic():
        made = import_string(WORLDS[name])()
        connection.run_on_commit.clear()  # nothing follows, as nothing does in a test that is rolled back
    _point_connections(_own)
    _worlds[name] = database, pickle.dumps(made)


@pytest.fixture(scope="session")
def icat_world(django_db_setup: None, django_db_blocker: Any) -> None:
    """It is built when a test first asks for it."""
    with django_db_blocker.unblock():
        _build("icat")


@pytest.fixture(scope="session")
def scene_world(django_db_setup: None, django_db_blocker: Any) -> None:
    """It is built when a test first asks for it."""
    with django_db_blocker.unblock():
        _build("scene")


def _world_of(item: Any) -> str:
    return next((name for name in WORLDS if name in item.fixturenames), "")


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> None:
    """Before a test's transaction begins, its connections go to the database in which its world stands."""
    if fixturedef.argname != "_django_db_helper":
        return
    from django.db import connections

    if connections["default"].in_atomic_block:  # a transaction around a whole module
        return
    name = _world_of(request.node)
    with request.getfixturevalue("django_db_blocker").unblock():
        wanted = _worlds[name][0] if name else _own
        if connections.settings["default"]["NAME"] != wanted:
            _point_connections(wanted)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Whoever comes next without a world, or in another module, finds the database in which nothing is."""
    yield
    if not _worlds or (nextitem and nextitem.path == item.path and _world_of(nextitem) == _world_of(item)):
        return
    from django.db import connections

    if connections["default"].settings_dict["NAME"] in {database for database, _made in _worlds.values()}:
        _point_connections(_own)


def _objects(name: str) -> Any:
    """The objects of a world, as they were when it was built; the keys of its logs go where this test keeps its own."""
    from django.conf import settings
    from django.db import connections

    name_now = connections.settings["default"]["NAME"]
    assert name_now.startswith(f"{_own}_{name}"), "its transaction began elsewhere"
    keys = _keys()
    if keys != settings.KEYS_FOLDER:
        shutil.copytree(keys, settings.KEYS_FOLDER, dirs_exist_ok=True)
    return pickle.loads(_worlds[name][1])


@pytest.fixture
def icat(icat_world: None, db: None) -> Any:
    """ICAT and its neighbour, rolled back after the test."""
    return _objects("icat")


@pytest.fixture
def scene(scene_world: None, db: None) -> Any:
    """ICAT with a meeting of Principals in session and a proposal on the table; rolled back after the test."""
    return _objects("scene")


_numbers = itertools.count(1)


@contextmanager
def _fresh_copy(request: pytest.FixtureRequest, blocker: Any, world: str = "") -> Iterator[str]:
    from django.db import connections

    if {"db", "transactional_db"} & set(request.fixturenames):
        pytest.fail("A fresh database stands alone: take away `db` and the mark django_db.")
    before = connections.settings["default"]["NAME"]
    with blocker.unblock():
        of = _worlds[world][0] if world else logins.DATABASE
        name = f"{_own}_{world}_{next(_numbers)}"
        _point_connections(name)  # nobody may be in what is copied
        _copy_template(name, of)
        yield name
        _point_connections(before)
    _statement(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def fresh_database(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[str]:
    """A copy of the template of this test's own; what it commits is seen by all three logins and by threads."""
    world = next((name for name in WORLDS if f"fresh_{name}" in request.fixturenames), "")
    with _fresh_copy(request, django_db_blocker, world) as name:
        yield name


@pytest.fixture
def fresh_icat(icat_world: None, fresh_database: str) -> Any:
    """ICAT and its neighbour, committed in a database of this test's own."""
    return _objects("icat")


@pytest.fixture
def fresh_scene(scene_world: None, fresh_database: str) -> Any:
    """The scene, committed in a database of this test's own."""
    return _objects("scene")


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


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """A page leaves its language behind in the thread that made it; a test begins in English, whatever ran before."""
    from django.apps import apps

    if apps.ready:  # the pure rooms are tested without Django
        from django.utils import translation

        translation.activate("en")
