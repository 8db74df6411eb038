"""The world of these tests, and people with passwords in it."""

from typing import Any

import pytest

PASSWORD = "a long walk by the river"


@pytest.fixture
def icat(db: None) -> Any:
    """ICAT and its neighbour; imported here, since Django is not ready when this file is read."""
    from world import the_icat_world

    return the_icat_world()


@pytest.fixture
def password(icat: Any) -> str:
    """Everybody of the world who acts gets this password."""
    return give_passwords(icat)


def give_passwords(icat: Any) -> str:
    for delegation in icat.delegations.values():
        if delegation.person is not None:
            account = delegation.account
            account.set_password(PASSWORD)
            account.save()
    return PASSWORD


@pytest.fixture
def committed(fresh_database: str) -> Any:
    """The world and its password in a database of its own: what follows a commit happens as it does in service."""
    from world import the_icat_world

    made = the_icat_world()
    return made, give_passwords(made)


@pytest.fixture
def demonstration(settings: Any, icat: Any) -> Any:
    """What the entry of `demo` makes true."""
    settings.DEMONSTRATION = True
    settings.AUTHENTICATION_BACKENDS = [
        *settings.AUTHENTICATION_BACKENDS,
        "onevoice.parties.accounts.demonstration.OneClick",
    ]
    settings.ROOT_URLCONF = "parties.demonstration_house"
    icat.group.demonstration = True
    icat.group.save()
    return icat
