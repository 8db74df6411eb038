"""A form sent again after the right to it has ended still shows the receipt of the first sending."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from onevoice.groups.acts.people import HandOverFocalPoint
from world import World

pytestmark = pytest.mark.django_db


def test_whoever_handed_over_and_sends_again_gets_the_first_receipt(icat: World, client: Client) -> None:
    icat.osce.signs_in(client)
    address = f"/icat/do/{HandOverFocalPoint.slug}/{icat.group.pk}"
    appointment = icat.osce.appointment.pk
    form: dict[str, Any] = {
        "once": "one-and-the-same", "seen": "0", "as": str(appointment),
        "full_name": "Nina New", "address": "nina@example.org", "language": "en", "why": "Rotation",
    }  # fmt: skip
    first = client.post(address, form)
    assert first.status_code == 303
    again = client.post(address, form)
    assert (again.status_code, again["Location"]) == (303, first["Location"] + "?again=1")
    assert client.get(again["Location"]).status_code == 200
