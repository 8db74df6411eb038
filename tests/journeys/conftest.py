"""The demonstration as `./onevoice demo` loads it: once for all workers, then a copy for each journey."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

TEMPLATE = "journeys"


def _databases(config: pytest.Config) -> Any:
    """The functions of tests/conftest.py, which copies databases."""
    wanted = str(Path(__file__).parents[1] / "conftest.py")
    plugins = config.pluginmanager.get_plugins()
    return next(plugin for plugin in plugins if getattr(plugin, "__file__", None) == wanted)


@pytest.fixture(scope="session")
def demonstration(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Callable[..., Any]]:
    """A function that opens a copy of the loaded demonstration under a name: `with demonstration("pages"): …`"""
    from django.db import connections
    from django.test import override_settings

    databases = _databases(request.config)
    before = connections.settings["default"]["NAME"]

    @contextmanager
    def copied(name: str) -> Iterator[str]:
        was, name = connections.settings["default"]["NAME"], f"{before}_{name}"
        with django_db_blocker.unblock(), override_settings(KEYS_FOLDER=keys):
            with databases._alone():
                databases._statement(
                    f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE} STRATEGY file_copy OWNER {databases.logins.OWNER}'
                )
            databases._point_connections(name)
            yield name
            databases._point_connections(was)
        databases._statement(f'DROP DATABASE "{name}" WITH (FORCE)')

    # The keys of the logs are files: every worker signs with those of the one that loaded.
    keys = databases.FOLDER / "keys-of-journeys"
    with (databases.FOLDER / "journeys.lock").open("w") as handle, django_db_blocker.unblock():
        fcntl.flock(handle, fcntl.LOCK_EX)
        done = databases.FOLDER / "journeys.loaded"
        if not done.exists():
            databases._copy_template(TEMPLATE)
            databases._point_connections(TEMPLATE)
            with override_settings(KEYS_FOLDER=keys, DEMONSTRATION=True):
                _load()
            databases._point_connections(before)
            done.touch()
    yield copied


def _load() -> None:
    from django.conf import settings

    from onevoice.operations.demonstration import GROUPS, load
    from onevoice.record.sequencer import place_pending
    from onevoice.search.jobs import reindex

    settings.KEYS_FOLDER.mkdir(mode=0o700, exist_ok=True)
    load(lambda _: None)
    place_pending()
    for group in GROUPS:
        reindex(group)


@pytest.fixture(scope="module")
def filled(demonstration: Any) -> Iterator[Any]:
    """The house at its richest, served as `demo` serves it; read only."""
    from django.test import override_settings

    from journeys.filled import fill
    from onevoice.operations.demonstration import GROUPS
    from onevoice.record.sequencer import place_pending
    from onevoice.search.jobs import reindex
    from serving import serving

    with (
        demonstration("filled"),
        override_settings(DEMONSTRATION=True, ROOT_URLCONF="parties.demonstration_house"),
    ):
        names, cookies = fill()
        place_pending()
        for group in GROUPS:
            reindex(group)
        with serving() as address:
            yield address, names, cookies


@pytest.fixture
def fresh_database(request: pytest.FixtureRequest, demonstration: Callable[..., Any]) -> Iterator[str]:
    """A copy of the demonstration of this journey's own."""
    with demonstration("journey") as name:
        yield name


@pytest.fixture
def served(fresh_database: str) -> Iterator[str]:
    """The address of a server over the copy; what an act sets going is done before its answer leaves."""
    from journeys.house import at_once
    from serving import serving

    with serving(at_once) as address:
        yield address


@pytest.fixture
def reader(chromium: Any, served: str) -> Iterator[Callable[..., Any]]:
    """Opens a browser for one reader: `reader("ar", width=360, scripts=False)`; closed before the server ends."""
    from journeys.readers import Reader

    opened: list[Any] = []

    def opens(language: str = "en", *, width: int = 1280, scripts: bool = True) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
        context.set_default_timeout(5_000)
        opened.append(context)
        return Reader(context, served, language)

    yield opens
    for context in opened:
        context.close()
