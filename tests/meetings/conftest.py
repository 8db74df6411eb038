"""The world of these tests."""

from typing import Any

import pytest


@pytest.fixture
def briefing(icat: Any) -> Any:
    """The briefing of 14 June 2018, which reported on London."""
    from meetings import past

    return past.briefing(icat, past.london(icat))
