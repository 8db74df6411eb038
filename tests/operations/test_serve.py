"""Production starts with safe settings only, and says which are not."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import psycopg
import pytest

from onevoice.operations import logins
from onevoice.operations.cluster import Cluster

from .terminal import environment, free_port, run

SAFE = {
    "SECRET_KEY": "qW8-eR7_tZ6uI5oP4aS3dF2gH1jK0lM9nB8vC7xY6-pO5iU4zT3rE2wQ1",
    "ALLOWED_HOSTS": "onevoice.example.org",
    "TLS_PROXY_HEADER": "X-Forwarded-Proto",
    "EMAIL_FROM": "onevoice@example.org",
}


def url(database: str, login: str = logins.APPLICATION) -> str:
    return Cluster(Path(os.environ["ONEVOICE_TEST_FOLDER"])).url(login, database)


def refused(database: str, **changed: str) -> list[str]:
    """What serve says; each reason on a line of its own."""
    given = {"DATABASE_URL": url(database), **SAFE, **changed}
    code, said = run(
        "serve", "--port", free_port(), **{name: value for name, value in given.items() if value}
    )
    assert code == 1, said
    assert "Traceback" not in said
    lines = said[said.index("onevoice: ") + len("onevoice: ") :].splitlines()
    return [line.strip() for line in lines if not line.endswith("reasons:")]


@pytest.mark.parametrize(
    ("changed", "first_words"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY: not set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY: too short or too simple"),
        ({"SECRET_KEY": "a" * 80}, "SECRET_KEY: too short or too simple"),
        (
            {"SECRET_KEY": "", "SECRET_KEY_FILE": "/nowhere/key"},
            "SECRET_KEY_FILE: /nowhere/key cannot be read",
        ),
        ({"ALLOWED_HOSTS": "", "PUBLIC_ADDRESS": "https://a.example"}, "ALLOWED_HOSTS: empty"),
        (
            {"ALLOWED_HOSTS": "*", "PUBLIC_ADDRESS": "https://a.example"},
            "ALLOWED_HOSTS: '*' accepts any name",
        ),
        ({"DEBUG": "1"}, "DEBUG: shows the inside"),
        ({"TLS_PROXY_HEADER": ""}, "TLS_PROXY_HEADER: not set"),
        ({"TLS_CERTIFICATE": "/nowhere/cert"}, "TLS_CERTIFICATE and TLS_KEY: one is given without the other"),
        ({"PUBLIC_ADDRESS": "http://onevoice.example.org"}, "PUBLIC_ADDRESS: must begin with https://"),
        ({"PUBLIC_ADDRESS": "onevoice"}, "PUBLIC_ADDRESS: 'onevoice' is not an address"),
        ({"EMAIL_FROM": ""}, "EMAIL_FROM: not set"),
        ({"EMAIL_PORT": "smtp"}, "EMAIL_PORT: 'smtp' is not a whole number from 1 to 65535"),
        ({"EMAIL_TLS": "yes"}, "EMAIL_TLS: 'yes' is not one of starttls, implicit, none"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL: 'LOUD' is not one of"),
    ],
)
def test_an_unsafe_or_wrong_setting_is_refused_by_name(
    fresh_database: str, changed: dict[str, str], first_words: str
) -> None:
    assert any(line.startswith(first_words) for line in refused(fresh_database, **changed))


def test_all_that_is_unsafe_is_told_at_once(fresh_database: str) -> None:
    unsafe = url(fresh_database, logins.SUPERUSER)
    said = refused(
        fresh_database, SECRET_KEY="short", ALLOWED_HOSTS="*", TLS_PROXY_HEADER="", DATABASE_URL=unsafe
    )
    names = {line.partition(":")[0] for line in said}
    assert {"SECRET_KEY", "ALLOWED_HOSTS", "TLS_PROXY_HEADER", "DATABASE_URL"} <= names


def test_a_superusers_login_is_refused(fresh_database: str) -> None:
    assert refused(fresh_database, DATABASE_URL=url(fresh_database, logins.SUPERUSER)) == [
        "DATABASE_URL: the login onevoice is a superuser; give the application's own login."
    ]


def test_the_owners_login_is_refused(fresh_database: str) -> None:
    assert refused(fresh_database, DATABASE_URL=url(fresh_database, logins.OWNER)) == [
        "DATABASE_URL: the login onevoice_owner owns tables; give the application's own login, which owns none."
    ]


def test_a_login_that_may_change_the_record_is_refused(fresh_database: str) -> None:
    from .test_grants import insert_only_tables

    table = insert_only_tables()[0]
    with psycopg.connect(url(fresh_database, logins.OWNER)) as owner:
        owner.execute(f'GRANT DELETE ON "{table}" TO {logins.APPLICATION}')  # type: ignore[call-overload]
    assert refused(fresh_database) == [f"DATABASE_URL: the login onevoice_app may DELETE {table}."]


def test_missing_migrations_are_told(fresh_database: str) -> None:
    with psycopg.connect(url(fresh_database, logins.OWNER)) as owner:
        owner.execute("DELETE FROM django_migrations WHERE app = 'procrastinate' AND name LIKE '0041%'")
    assert refused(fresh_database) == [
        "The database lacks 1 migrations of this version: run ./onevoice migrate."
    ]


def test_no_setting_of_production_switches_the_demonstration_on(fresh_database: str) -> None:
    asked = {"MODE": "demo", "ONEVOICE_MODE": "demo", "DEMONSTRATION": "1", "DEMO": "1"}
    code = "from onevoice.operations import prepare, mode; prepare.django(mode.Mode.SERVE)\n"
    code += "from django.conf import settings; print(settings.MODE, settings.DEMONSTRATION)"
    given = environment(**SAFE, **asked, DATABASE_URL=url(fresh_database))
    done = subprocess.run([sys.executable, "-c", code], env=given, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("serve False\n", 0), done.stderr


def test_safe_settings_serve_and_end_when_told(fresh_database: str, tmp_path: Path) -> None:
    port = free_port()
    given = environment(**SAFE, DATABASE_URL=url(fresh_database), DATA_FOLDER=str(tmp_path))
    command = [sys.executable, "-m", "onevoice.operations", "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, env=given, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stderr
    said = []
    for line in process.stderr:
        said.append(line)
        if line.startswith("OneVoice serves on"):
            break
    try:
        assert process.poll() is None, said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as response:
            assert response.status == 200
        asked = urllib.request.Request(
            f"http://127.0.0.1:{port}/nowhere",
            headers={"Host": "onevoice.example.org", "X-Forwarded-Proto": "https"},
        )
        with pytest.raises(urllib.error.HTTPError) as answer:
            urllib.request.urlopen(asked)
        headers = answer.value.headers
        answer.value.close()
        assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
        assert "unsafe" not in headers["Content-Security-Policy"]
    finally:
        process.terminate()
        process.communicate(timeout=20)
    assert process.returncode == 0


def test_a_clock_that_can_be_moved_on_is_refused(fresh_database: str) -> None:
    from onevoice.operations.demonstration import clock

    clock.install()
    assert refused(fresh_database) == [
        "DATABASE_URL: the clock of this database can be moved on, as a demonstration's: give one of its own."
    ]
