"""One-click identities exist under `demo` and nowhere else, whatever the environment says."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as served
from django.test import Client

from onevoice.groups.acts.people import HandOverFocalPoint
from onevoice.notices.models import Letter

SOURCE = Path(__file__).parents[2] / "src"
ENVIRONMENT = {
    "DATABASE_URL": "postgresql://onevoice_app:secret@127.0.0.1:1/onevoice",
    "SECRET_KEY": "of a test, long enough and of many letters: abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "onevoice.example.org",
    "EMAIL_FROM": "onevoice@example.org",
    "TLS_PROXY_HEADER": "X-Forwarded-Proto",
    "DJANGO_SETTINGS_MODULE": "onevoice.operations.settings",
    "PYTHONPATH": str(SOURCE),
    **dict.fromkeys(("DEMONSTRATION", "DEMO", "MODE", "ONEVOICE_MODE", "ONEVOICE_DEMONSTRATION"), "demo"),
}
ASK = """
import os, django
django.setup()
from django.conf import settings
from django.urls import Resolver404, resolve
for path in ("/demonstration", "/demonstration/as/1", "/demonstration/mail"):
    try:
        print(resolve(path).url_name)
    except Resolver404:
        print("none")
print(settings.DEMONSTRATION, len(settings.AUTHENTICATION_BACKENDS))
"""


def asked(*before: str, **more: str) -> list[str]:
    program = "\n".join([*before, ASK])
    environment = {"PATH": os.environ["PATH"], **ENVIRONMENT, **more}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.split("\n")[:-1]


def test_serve_has_no_one_click_identities_whatever_is_set(tmp_path: Path) -> None:
    answers = asked(DATA_FOLDER=str(tmp_path))
    assert answers[-1] == "False 1"
    assert not {"demonstration", "demonstration-sign-in", "demonstration-mail"} & set(answers)


def test_the_entry_of_demo_has_them(tmp_path: Path) -> None:
    before = "from onevoice.operations.mode import Mode, choose; choose(Mode.DEMO)"
    assert asked(before, DATA_FOLDER=str(tmp_path)) == [
        "demonstration",
        "demonstration-sign-in",
        "demonstration-mail",
        "True 2",
    ]


def test_elsewhere_the_pages_answer_nothing_even_if_they_had_addresses(
    icat: Any, settings: Any, client: Client
) -> None:
    settings.ROOT_URLCONF = "parties.demonstration_house"
    icat.unicef.signs_in(client)
    for path in ("/demonstration", "/demonstration/mail"):
        assert client.get(path).status_code == 404
    assert client.post(f"/demonstration/as/{icat.osce.account.pk}").status_code == 404


def test_one_click_signs_in_as_a_role_with_its_office(demonstration: Any, client: Client) -> None:
    page = client.get("/demonstration")
    assert [role.organisation for role in page.context["others"]][:3] == ["ICMPD", "ILO", "UNICEF"]
    assert "OSCE" in [role.organisation for role in page.context["leading"]]
    assert "Focal point, OSCE" in page.text and "Co-chair" in page.text
    answer = client.post(f"/demonstration/as/{demonstration.osce.account.pk}")
    assert (answer.status_code, answer["Location"]) == (303, "/icat/desk")
    assert client.get(f"/icat/do/appoint/{demonstration.group.pk}").status_code == 200


def test_one_click_does_not_sign_in_as_a_human_being(demonstration: Any, client: Client) -> None:
    person = demonstration.unicef.person
    person.role_only = False
    person.save()
    assert client.post(f"/demonstration/as/{demonstration.unicef.account.pk}").status_code == 404
    assert demonstration.unicef.person.name not in client.get("/demonstration").text


def test_a_session_of_the_demonstration_is_none_under_serve(
    demonstration: Any, settings: Any, client: Client
) -> None:
    client.post(f"/demonstration/as/{demonstration.unicef.account.pk}")
    assert client.get("/accounts/profile").status_code == 200
    settings.DEMONSTRATION = False
    assert client.get("/accounts/profile").status_code == 302
    settings.DEMONSTRATION = True
    settings.AUTHENTICATION_BACKENDS = settings.AUTHENTICATION_BACKENDS[:1]
    assert client.get("/accounts/profile").status_code == 302


def test_the_mail_of_the_demonstration_is_read_there_and_its_links_lead_on(
    demonstration: Any, client: Client
) -> None:
    icat = demonstration
    icat.unicef.does(
        HandOverFocalPoint, icat.group, full_name="Ada", address="ada@example.org", language="en"
    )
    client.post(f"/demonstration/as/{icat.osce.account.pk}")
    assert "ada@example.org" in client.get("/demonstration/mail").text
    assert "You act for UNICEF in ICAT" in client.get("/demonstration/mail?to=ada@example.org").text
    letter = client.get(f"/demonstration/mail/{Letter.objects.get().pk}")
    for page in (client.get("/demonstration/mail"), letter):
        assert '<div class="demonstration">' in page.text
    path = letter.text.split('<a href="/accounts/invitation/')[1].split('"')[0]
    assert Client().get(f"/accounts/invitation/{path}").status_code == 200


def test_letters_of_a_demonstration_begin_with_what_they_are_not(demonstration: Any) -> None:
    icat = demonstration
    icat.unicef.does(
        HandOverFocalPoint, icat.group, full_name="Ada", address="ada@example.org", language="en"
    )
    assert Letter.objects.get().body.startswith(
        "This is a demonstration: nothing in this letter was said or decided by the organisations named.\n\n"
    )


def test_the_tests_themselves_are_no_demonstration() -> None:
    assert served.DEMONSTRATION is False


@pytest.mark.parametrize("language", ["", "/ar"])
def test_the_pages_of_the_demonstration_are_in_our_look(
    demonstration: Any, client: Client, language: str
) -> None:
    client.post(f"/demonstration/as/{demonstration.unicef.account.pk}")
    for path in ("/demonstration", "/demonstration/mail"):
        page = client.get(language + path)
        assert (page.status_code, '<div class="masthead">' in page.text) == (200, True)


@pytest.mark.parametrize(("prefix", "said"), [("", "This address shows no page"), ("/ar", 'dir="rtl"')])
def test_an_address_that_only_takes_what_a_button_sends_says_so_in_a_page(
    demonstration: Any, client: Client, prefix: str, said: str
) -> None:
    for path in ("/demonstration/as/1", "/demonstration/move-on/1"):
        page = client.get(f"{prefix}{path}")
        assert (page.status_code, page.headers["Allow"]) == (405, "POST"), path
        assert said in page.text and f'href="{prefix}/"' in page.text, path


def test_sending_to_a_page_that_takes_nothing_says_so_in_a_page(demonstration: Any, client: Client) -> None:
    page = client.post("/demonstration")
    assert (page.status_code, "This address only shows a page" in page.text) == (405, True)
