"""A web server's process: it ends when its starter does, and answers nothing before it is ready."""

import os
import signal

from django.core.handlers.wsgi import WSGIHandler

from onevoice.operations import processes


def application_of() -> WSGIHandler:
    """Django, set up for this process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "onevoice.operations.settings"
    processes.die_with(os.getppid(), signal.SIGKILL)  # its server was killed: let go of the port at once
    import django

    django.setup(set_prefix=False)
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  (a page that cannot be loaded is told at the start, not to a reader)
    return WSGIHandler()
