"""The world of these tests."""

from typing import Any

import pytest


@pytest.fixture
def icat(db: None) -> Any:
    """ICAT and its neighbour; imported here, since Django is not ready when this file is read."""
    from world import the_icat_world

    return the_icat_world()


@pytest.fixture
def briefing(icat: Any) -> Any:
    """The briefing of 14 June 2018, which reported on London."""
    from meetings import past

    return past.briefing(icat, past.london(icat))
