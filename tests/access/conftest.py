"""The house of the matrix: a database of its own, built once for all rows that a worker runs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


def _databases(config: pytest.Config) -> Any:
    """The functions of tests/conftest.py, which copies databases."""
    wanted = str(Path(__file__).parents[1] / "conftest.py")
    plugins = config.pluginmanager.get_plugins()
    return next(plugin for plugin in plugins if getattr(plugin, "__file__", None) == wanted)


@pytest.fixture(scope="module")
def house(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """Everything committed, the record placed, everybody signed in."""
    from django.db import connections
    from django.test import override_settings

    databases = _databases(request.config)
    before = connections.settings["default"]["NAME"]
    name = f"{before}_house"
    with django_db_blocker.unblock():
        databases._copy_template(name)
        databases._point_connections(name)
        from access import house as building

        built = building.build()
        building.number_entries(built)
        with override_settings(DEBUG_PROPAGATE_EXCEPTIONS=True):
            yield built
        databases._point_connections(before)
    databases._statement(f'DROP DATABASE "{name}" WITH (FORCE)')
