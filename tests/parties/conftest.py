"""The world of these tests, and people with passwords in it."""

from typing import Any

import pytest

PASSWORD = "a long walk by the river"


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
def committed(fresh_icat: Any) -> Any:
    """The world and its password in a database of its own: what follows a commit happens as it does in service."""
    return fresh_icat, give_passwords(fresh_icat)


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
