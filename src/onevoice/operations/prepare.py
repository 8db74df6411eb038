"""What stands before the first page: tables, grants, translations, style sheets. Each does nothing when done."""

import io
import os
from pathlib import Path

from onevoice.operations.environment import Stop
from onevoice.operations.mode import Mode, choose
from onevoice.operations.steps import step

LOCK = 0x0E0E_01CE  # one migrating process at a time, whichever machine it is on


def django(mode: Mode) -> None:
    """Set Django up for this process; what is wrong with the settings is told by name, all at once."""
    choose(mode)
    os.environ["DJANGO_SETTINGS_MODULE"] = "onevoice.operations.settings"
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup(set_prefix=False)
    except ImproperlyConfigured as error:
        raise Stop(listed(str(error).splitlines())) from error


def listed(problems: list[str]) -> str:
    """One problem as a sentence, several as a list."""
    if len(problems) == 1:
        return problems[0]
    return "\n  ".join([f"it does not start, for {len(problems)} reasons:", *problems])


def migrate() -> None:
    """Bring tables and grants up to this version, as the owner, and the States, as the application."""
    from django.core.management import call_command
    from django.db import connections

    from onevoice.look.derived import derive_where_old
    from onevoice.operations import grants
    from onevoice.operations.health import missing_migrations
    from onevoice.parties.reference import load_states

    if "owner" not in connections:
        raise Stop("OWNER_DATABASE_URL: not set; migrations run as the login that owns the tables.")
    with step("tables, grants, States") as telling, connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            if missing := missing_migrations("owner"):
                call_command(
                    "migrate", database="owner", verbosity=0, interactive=False, stdout=io.StringIO()
                )
            changed = grants.apply()
            states = load_states()
            reordered = derive_where_old()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        done = {"migrations": missing, "grants": changed, "States": states, "rows put in order": reordered}
        told = ", ".join(f"{number} {what}" for what, number in done.items() if number)
        telling.note(told or "as they should be")


def translations() -> None:
    """Compile the interface's sentences where the source is newer."""
    from onevoice.languages.catalogue import compile_catalogues

    with step("translations"):
        compile_catalogues()


def style_sheets() -> None:
    """Gather style sheets, scripts and pictures under names that carry their hash, compressed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    stamp = settings.STATIC_ROOT / "gathered"
    state = "\n".join(
        sorted(
            f"{path} {Path(storage.path(path)).stat().st_mtime_ns}"
            for finder in get_finders()
            for path, storage in finder.list([])
        )
    )
    with step("style sheets") as telling:
        if stamp.exists() and stamp.read_text() == state:
            telling.note("as they should be")
            return
        call_command("collectstatic", verbosity=0, interactive=False, stdout=io.StringIO())
        stamp.write_text(state)
