"""Whether this process can serve: the database answers, and every migration of this version is applied."""

from collections.abc import Callable

from django.db import Error, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

_migrated = False


class HealthMiddleware:
    """Answers /healthz before anything asks for the host's name: proxies ask by address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return health(request) if request.path == "/healthz" else self.get_response(request)


@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """200 'ready', else 503 with what is missing; for proxies and for the starting command."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not is_migrated():
            return HttpResponse("migrations are missing\n", status=503, content_type="text/plain")
    except Error:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


def is_migrated() -> bool:
    """Asked of the database until it is so, then remembered: a process never sees its version unmigrated."""
    global _migrated
    _migrated = _migrated or not missing_migrations("default")
    return _migrated


def missing_migrations(alias: str) -> int:
    """How many of this version's migrations the database lacks."""
    executor = MigrationExecutor(connections[alias])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
