"""A web server in this process, for browsers and several clients at once."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def serving(around: Callable[[Any], Any] = lambda application: application) -> Iterator[str]:
    """Its address. `around` wraps the application, to do at once what other processes do in service."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.db import connections

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadedWSGIServer):
        def close_request(self, request: Any) -> None:
            connections.close_all()
            super().close_request(request)

    server = Server(("127.0.0.1", 0), Quiet)
    server.daemon_threads = False
    server.set_app(around(WSGIHandler()))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
