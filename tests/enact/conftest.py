"""The world of these tests, rolled back after each (`scene`), or committed in a database of its own."""

from typing import Any

import pytest


@pytest.fixture
def committed(fresh_scene: Any) -> Any:
    """The scene, committed: threads and all three logins see it."""
    return fresh_scene
