"""The world of these tests."""

from typing import Any

import pytest


@pytest.fixture
def icat(db: None) -> Any:
    """ICAT and its neighbour; imported here, since Django is not ready when this file is read."""
    from world import the_icat_world

    return the_icat_world()
