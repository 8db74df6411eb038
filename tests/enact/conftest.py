"""The world of these tests, rolled back after each, or committed in a database of its own."""

from typing import Any

import pytest


@pytest.fixture
def scene(db: None) -> Any:
    """ICAT with a meeting of Principals in session and a proposal on the table; rolled back."""
    from enact.scenes import Scene

    return Scene()


@pytest.fixture
def committed(fresh_database: str) -> Any:
    """The same, committed: threads and all three logins see it."""
    from enact.scenes import Scene

    return Scene()
