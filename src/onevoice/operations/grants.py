"""What each login may do with each table, from what the rooms declare; applied by the owner after migrating.

A room's models.py may hold tuples of models:
    INSERT_ONLY        the application reads and adds rows, never changes or removes one
    DELETABLE          the same, but rows may be removed (openings of the record, when a person is erased)
    SEQUENCER_INSERTS  only the sequencer adds rows, the application reads
    SEQUENCER_READS    the sequencer reads these too (of its own room it reads every INSERT_ONLY table)
Every other table is ordinary. The database forbids the rest, whatever the program does.
"""

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from onevoice.operations import logins

Privileges = dict[tuple[str, str], frozenset[str]]
ORDINARY = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
ADDED_TO = frozenset({"SELECT", "INSERT"})
READ = frozenset({"SELECT"})


def login(alias: str, default: str) -> str:
    """The login that this installation uses for an alias; production may name its own."""
    database = settings.DATABASES.get(alias)
    return str(database["USER"]) if database else default


def declared(room: str, name: str) -> list[str]:
    """The tables of a room's declaration; many-to-many tables follow the model that has them."""
    module = apps.get_app_config(room).models_module
    models: Iterable[type[Model]] = getattr(module, name, ())
    tables = []
    for model in models:
        tables.append(model._meta.db_table)
        between = [field.remote_field.through for field in model._meta.local_many_to_many]
        tables += [each._meta.db_table for each in between if each is not None and each._meta.auto_created]
    return tables


def wanted(tables: Iterable[str]) -> Privileges:
    """What each login should hold on each of the tables; a login that is not named holds nothing."""
    application = login("default", logins.APPLICATION)
    sequencer = login("sequencer", logins.SEQUENCER)
    held: Privileges = {(application, table): ORDINARY for table in tables}
    held[application, "django_migrations"] = READ
    for room in settings.ROOMS:
        only, deletable, placed = (
            declared(room, n) for n in ("INSERT_ONLY", "DELETABLE", "SEQUENCER_INSERTS")
        )
        held |= {(application, table): ADDED_TO for table in only}
        held |= {(application, table): ADDED_TO | {"DELETE"} for table in deletable}
        held |= {(application, table): READ for table in placed}
        held |= {(sequencer, table): READ for table in declared(room, "SEQUENCER_READS")}
        if placed:
            held |= {(sequencer, table): READ for table in only}
            held |= {(sequencer, table): ADDED_TO for table in placed}
    return held


def actual(connection: BaseDatabaseWrapper) -> tuple[list[str], Privileges]:
    """The tables of the schema, and what anybody but their owner holds on them now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute("""
            SELECT CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(given.grantee) END,
                   relname, array_agg(given.privilege_type::text)
            FROM pg_class, aclexplode(relacl) AS given
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND given.grantee <> relowner
            GROUP BY 1, 2""")
        return tables, {(who, table): frozenset(kinds) for who, table, kinds in cursor.fetchall()}


def differences(connection: BaseDatabaseWrapper) -> list[str]:
    """The statements that would make the privileges what they should be; none when they are."""
    quote = connection.ops.quote_name
    tables, now = actual(connection)
    should = {key: kinds for key, kinds in wanted(tables).items() if key[1] in tables}
    statements = []
    for who, table in sorted(now.keys() | should.keys()):
        held, due = now.get((who, table), frozenset()), should.get((who, table), frozenset())
        name = who if who == "PUBLIC" else quote(who)
        if extra := held - due:
            statements.append(f"REVOKE {', '.join(sorted(extra))} ON {quote(table)} FROM {name}")
        if missing := due - held:
            statements.append(f"GRANT {', '.join(sorted(missing))} ON {quote(table)} TO {name}")
    return statements


def apply(alias: str = "owner") -> int:
    """Set every privilege, as the owner; returns how many statements it took. Running it again takes none."""
    connection = connections[alias]
    quote = connection.ops.quote_name
    application, sequencer = login("default", logins.APPLICATION), login("sequencer", logins.SEQUENCER)
    statements = differences(connection)
    with connection.cursor() as cursor:
        # A table that a killed migration made and no grant has reached yet can be read, not written.
        cursor.execute("SELECT 1 FROM pg_default_acl")
        if cursor.fetchone() is None:
            statements.append(
                f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {quote(application)}"
            )
        cursor.execute(
            "SELECT count(*) FROM pg_sequence WHERE NOT has_sequence_privilege(%s, seqrelid, 'USAGE')",
            [application],
        )
        if cursor.fetchone()[0]:
            statements.append(
                f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quote(application)}"
            )
        for who in (application, sequencer):
            cursor.execute("SELECT has_schema_privilege(%s, 'public', 'USAGE')", [who])
            if not cursor.fetchone()[0]:
                statements.append(f"GRANT USAGE ON SCHEMA public TO {quote(who)}")
        for statement in statements:
            cursor.execute(statement)
    return len(statements)


def application_login_is_safe(connection: BaseDatabaseWrapper) -> list[str]:
    """Why the application's login could rewrite what must stay; an empty list is safe. Runs as that login."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls
            FROM pg_roles WHERE rolname = current_user""")
        name, *attributes = cursor.fetchone()
        words = (
            "a superuser",
            "able to make roles",
            "able to make databases",
            "able to replicate",
            "above row security",
        )
        found = [f"the login {name} is {word}" for word, held in zip(words, attributes, strict=True) if held]
        if attributes[0]:
            return found
        cursor.execute("""
            SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND pg_has_role(current_user, relowner, 'MEMBER')""")
        found += [f"the login {name} acts for {owner}, which owns tables" for (owner,) in cursor.fetchall()]
        cursor.execute("SELECT has_schema_privilege('public', 'CREATE'), pg_get_userbyid(datdba) "
                       "FROM pg_database WHERE datname = current_database()")  # fmt: skip
        may_create, owner = cursor.fetchone()
        if may_create:
            found.append(f"the login {name} may make tables in schema public")
        if owner == name:
            found.append(f"the login {name} owns the database")
    return (
        found + [f"the login {name} {excess}" for excess in excesses(connection, name)] + cascades(connection)
    )


def excesses(connection: BaseDatabaseWrapper, name: str) -> list[str]:
    """Privileges that the login holds, itself or through a role, beyond what the rooms declare."""
    tables, _ = actual(connection)
    should: Mapping[tuple[str, str], frozenset[str]] = wanted(tables)
    found = []
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT tablename, kind FROM pg_tables,
                 unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS kind
            WHERE schemaname = 'public'
              AND has_table_privilege(current_user, format('public.%I', tablename), kind)""")
        for table, kind in cursor.fetchall():
            if kind not in should.get((name, table), frozenset()):
                found.append(f"may {kind} {table}")
    return found


def cascades(connection: BaseDatabaseWrapper) -> list[str]:
    """Foreign keys through which deleting an ordinary row would change a row that may only be added."""
    kept = {
        table
        for room in settings.ROOMS
        for n in ("INSERT_ONLY", "SEQUENCER_INSERTS")
        for table in declared(room, n)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE confdeltype IN ('c', 'n', 'd')"
        )
        return [
            f"{table} is changed by the constraint {key}" for table, key in cursor.fetchall() if table in kept
        ]
