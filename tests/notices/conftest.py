"""A real mail server for the tests that read back what arrived."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="module")
def mail_server() -> Iterator[Any]:
    """Postfix and Dovecot, once for a file of tests."""
    from mail_server import mail_server_started

    with mail_server_started() as server:
        yield server


@pytest.fixture
def smtp(mail_server: Any, settings: Any) -> Any:
    """Letters leave by it, from onevoice@arrives.example."""
    options = {"host": "127.0.0.1", "port": mail_server.port, "timeout": 10}
    settings.MAILERS = {"default": {"BACKEND": "onevoice.notices.smtp.Backend", "OPTIONS": options}}
    settings.DEFAULT_FROM_EMAIL = "OneVoice <onevoice@arrives.example>"
    return mail_server
