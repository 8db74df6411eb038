"""The world of these tests, with a meeting of Principals in which decisions can be taken."""

from typing import Any

import pytest


@pytest.fixture
def room(icat: Any) -> Any:
    """A meeting of Principals with a quorum."""
    from meetings.rooms import QUORUM, Room

    made = Room(icat)
    made.present(*QUORUM)
    return made


@pytest.fixture
def adopted(room: Any) -> Any:
    """A public decision, taken in the room."""
    proposal = room.proposes().result
    room.calls(proposal)
    return room.adopts(proposal).result
