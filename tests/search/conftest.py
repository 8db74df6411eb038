"""The world of these tests, and ICAT's public record as it comes with the demonstration, indexed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def record(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The record, loaded and indexed once for all the tests of a module, and taken back after them."""
    from django.db import transaction

    from onevoice import operations
    from onevoice.enact.perform import database_clock
    from onevoice.groups.models import Group
    from onevoice.operations.exchange.loading import load
    from onevoice.parties.reference import load_states
    from onevoice.search.jobs import reindex

    file = Path(operations.__file__).parent / "demonstration" / "icat.yaml"
    with django_db_blocker.unblock(), transaction.atomic():
        load_states()
        load(file.read_bytes(), file.name, by="importer", at=database_clock())
        reindex("icat")
        yield Group.objects.get(slug="icat")
        transaction.set_rollback(True)
