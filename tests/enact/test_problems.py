"""A program that calls is answered with a problem in its language, whatever went wrong; never with a page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from enact.scenes import Scene
from onevoice.decisions.models import Objection
from onevoice.meetings.acts.room import Object

JSON = "application/json"


def problem_of(answer: Any) -> dict[str, Any]:
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    found = answer.json()
    assert (found["type"], found["status"]) == ("about:blank", answer.status_code)
    assert found["title"] and found["kind"]
    return found


def address(scene: Scene) -> str:
    return f"/api/icat/do/object/{scene.proposal.pk}"


@pytest.mark.parametrize("path", ["/api/", "/api/nothing", "/api/icat/do/object/0", "/api/icat/do/nothing/1"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_there_is_a_problem(scene: Scene, path: str, method: str) -> None:
    client = scene.icat.ilo.signs_in(Client())
    answer = getattr(client, method)(path, content_type=JSON)
    if answer.status_code != 405:
        found = problem_of(answer)
        assert (found["status"], found["kind"]) == (404, "not_found")
        assert found["detail"] == (
            "There is nothing at this address, or nothing that you may see. Nothing has changed."
        )


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_another_method_is_a_problem_that_says_which_is_taken(scene: Scene, method: str) -> None:
    answer = getattr(scene.icat.ilo.signs_in(Client()), method)(address(scene))
    assert (problem_of(answer)["status"], answer.headers["Allow"]) == (405, "POST")


def test_a_call_without_its_token_is_a_problem_and_does_nothing(scene: Scene) -> None:
    client = scene.icat.ilo.signs_in(Client(enforce_csrf_checks=True))
    answer = client.post(address(scene), {"inputs": {"reason": "No."}}, content_type=JSON)
    assert (problem_of(answer)["status"], answer.json()["kind"]) == (403, "no_token")
    assert Objection.objects.count() == 0


def test_whoever_is_not_signed_in_gets_a_problem(scene: Scene) -> None:
    found = problem_of(Client().post(address(scene), {}, content_type=JSON))
    assert (found["status"], found["kind"]) == (401, "not_signed_in")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", "x"])
def test_what_is_neither_json_nor_a_form_is_a_problem(scene: Scene, kind: str) -> None:
    client = scene.icat.ilo.signs_in(Client())
    answer = client.generic("POST", address(scene), b'{"inputs": {"reason": "No."}}', content_type=kind)
    assert problem_of(answer)["status"] == 415
    assert Objection.objects.count() == 0


def test_bad_json_is_a_problem(scene: Scene) -> None:
    client = scene.icat.ilo.signs_in(Client())
    answer = client.generic("POST", address(scene), b"{", content_type=JSON)
    assert (problem_of(answer)["status"], answer.json()["kind"]) == (400, "not_json")


def test_a_call_with_too_much_in_it_is_told_its_size_and_the_limit(scene: Scene) -> None:
    client = scene.icat.ilo.signs_in(Client())
    answer = client.generic("POST", address(scene), b'"' + b"x" * 5_999_998 + b'"', content_type=JSON)
    assert (problem_of(answer)["status"], answer.json()["detail"]) == (
        413, "What was sent has 6,000,000 bytes; the limit is 5,000,000. Nothing has changed. Send less at a time.",
    )  # fmt: skip


def test_a_refusal_and_what_must_be_mended_are_problems_too(scene: Scene) -> None:
    incomplete = problem_of(scene.calls(scene.icat.ilo, Object, scene.proposal, inputs={}))
    assert (incomplete["status"], list(incomplete["fields"])) == (422, ["reason"])
    anothers = {"as": scene.icat.ilo.appointment.pk}
    refused = problem_of(
        scene.calls(scene.icat.unodc, Object, scene.proposal, inputs={"reason": "No."}, **anothers)
    )
    assert (refused["status"], refused["kind"]) == (403, "ended")


def test_a_database_that_is_away_is_a_problem(scene: Scene, monkeypatch: Any) -> None:
    def away(*_: Any) -> None:
        raise OperationalError("the connection is closed")

    client = scene.icat.ilo.signs_in(Client())
    monkeypatch.setattr("onevoice.enact.pages.call_of", away)
    monkeypatch.setattr("onevoice.operations.away.connections", type("None_", (), {"all": lambda **_: []}))
    answer = client.post(address(scene), {}, content_type=JSON)
    assert (problem_of(answer)["status"], answer.headers["Retry-After"]) == (503, "5")


def test_a_fault_of_ours_is_a_problem(scene: Scene, monkeypatch: Any) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    client = scene.icat.ilo.signs_in(Client(raise_request_exception=False))
    monkeypatch.setattr("onevoice.enact.pages.call_of", broken)
    assert problem_of(client.post(address(scene), {}, content_type=JSON))["status"] == 500


@pytest.mark.parametrize(
    ("asked", "language"),
    [("fr", "fr"), ("fr-CA, en;q=0.5", "fr"), ("de, ar;q=0.8", "ar"), ("zh-CN", "zh-Hans"), ("zh-hant", "zh-Hans"),
     ("de", "en"), ("", "en"), ("*", "en"), ("\x00;;q=9", "en"), ("fr;q=0", "en")],
)  # fmt: skip
def test_a_problem_is_in_the_language_that_is_asked_for(scene: Scene, asked: str, language: str) -> None:
    answer = Client().get("/api/nothing", headers={"accept-language": asked})
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_sentence_of_a_rule_is_in_the_language_that_is_asked_for(scene: Scene) -> None:
    client = scene.icat.ilo.signs_in(Client())
    given = {"data": {"inputs": {"reason": ""}}, "content_type": JSON}
    french, english = (
        client.post(address(scene), headers={"accept-language": a}, **given) for a in ("fr", "en")
    )
    said = [answer.json()["fields"]["reason"][0]["message"] for answer in (french, english)]
    assert said[1] == "Fill in this field." and said[0] != said[1]


def test_a_page_keeps_the_language_of_its_address(scene: Scene) -> None:
    assert (
        Client().get("/icat/members", headers={"accept-language": "fr"}).headers["Content-Language"] == "en"
    )
