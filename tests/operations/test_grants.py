"""What each login may do is decided by the database, from what the rooms declare."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection, connections, transaction

from onevoice.operations import grants, logins


def insert_only_tables() -> list[str]:
    return sorted(table for room in settings.ROOMS for table in grants.declared(room, "INSERT_ONLY"))


@pytest.mark.django_db
def test_the_application_is_the_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (logins.APPLICATION,)


@pytest.mark.django_db
def test_the_applications_login_is_safe() -> None:
    assert grants.application_login_is_safe(connection) == []


def test_the_owners_login_would_be_refused(owner_connection: object) -> None:
    found = grants.application_login_is_safe(connections["owner"])
    assert f"the login {logins.OWNER} owns the database" in found
    assert f"the login {logins.OWNER} acts for {logins.OWNER}, which owns tables" in found


def test_grants_twice_change_nothing(fresh_database: str) -> None:
    assert grants.apply() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_application_never_changes_what_may_only_be_added_to(statement: str) -> None:
    assert insert_only_tables()
    for table in insert_only_tables():
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement.format(connection.ops.quote_name(table)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mallory (id int)",
        "ALTER TABLE django_migrations ADD COLUMN mallory int",
        "DELETE FROM django_migrations",
        "GRANT onevoice_owner TO onevoice_app",
        "SET ROLE onevoice_owner",
        "SET SESSION AUTHORIZATION onevoice",
        "SET session_replication_role = replica",
        "ALTER ROLE onevoice_app SUPERUSER",
    ],
)
def test_the_application_cannot_raise_itself(statement: str) -> None:
    refused = "permission denied|must be owner|Only roles with|cannot"
    with pytest.raises(ProgrammingError, match=refused), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_privilege_too_many_is_told_and_taken_back(fresh_database: str) -> None:
    table = next(m._meta.db_table for m in apps.get_models() if m._meta.db_table in insert_only_tables())
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'GRANT UPDATE ON "{table}" TO {logins.APPLICATION}')
    assert grants.application_login_is_safe(connection) == [
        f"the login {logins.APPLICATION} may UPDATE {table}"
    ]
    assert grants.apply() == 1
    assert grants.application_login_is_safe(connection) == []


def test_the_sequencer_places_and_does_no_more(sequencer_connection: object) -> None:
    _, held = grants.actual(connections["owner"])
    kinds = {kind for (who, _), privileges in held.items() if who == logins.SEQUENCER for kind in privileges}
    assert kinds <= {"SELECT", "INSERT"}
