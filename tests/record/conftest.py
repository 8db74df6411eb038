"""Fixtures of the record's tests. Django is not set up when this is read: models are imported inside."""

from pathlib import Path
from typing import Any

import pytest

from record.go import go_checks

__all__ = ["go_checks"]


@pytest.fixture
def keys_folder(settings: Any, tmp_path: Path) -> Path:
    """A folder of private keys for this test alone."""
    settings.KEYS_FOLDER = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.fixture
def opened(fresh_database: str, keys_folder: Path) -> str:
    """A group whose log is open and empty."""
    from onevoice.record.append import open_log
    from record.database import GROUP, ORIGIN

    open_log(GROUP, ORIGIN)
    return GROUP
