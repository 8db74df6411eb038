"""Folders for the tests of commands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .terminal import folder_for_everybody


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder of this test's own, which every user can reach."""
    with folder_for_everybody() as made:
        yield made
