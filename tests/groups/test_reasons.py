"""Why a fact no longer stands: a kind where the act says it, the person's own words where somebody gave some."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from onevoice.claims import wording
from onevoice.claims.models import Reason, Supersession
from onevoice.claims.wording import reason
from onevoice.enact.perform import Done
from onevoice.groups.acts.organisations import RenameOrganisation
from onevoice.groups.acts.people import EndAppointment, HandOverFocalPoint
from onevoice.groups.models import Appointment

SUCCESSOR = {"full_name": "Ada Lovelace", "address": "ada@example.org", "language": "en"}


def last() -> tuple[str, str]:
    gone = Supersession.objects.latest("pk")
    return gone.why, gone.kind


@pytest.mark.parametrize(("why", "kept"), [("", ("", "handed_over")), ("She retires.", ("She retires.", ""))])
def test_a_hand_over_keeps_the_persons_words_or_its_kind(icat: Any, why: str, kept: tuple[str, str]) -> None:
    assert isinstance(icat.unicef.does(HandOverFocalPoint, icat.group, why=why, **SUCCESSOR), Done)
    assert last() == kept


def test_an_end_and_a_new_name_keep_their_kind(icat: Any) -> None:
    colleague = icat.sends(icat.unicef.organisation, "Alternate", "alternate")
    row = Appointment.objects.get(person=colleague.person, standing=True)
    assert isinstance(icat.unicef.does(EndAppointment, icat.group, appointment=str(row.pk)), Done)
    assert last() == ("", "ended")


def test_every_kind_has_its_sentence_and_no_act_keeps_a_sentence_of_its_own() -> None:
    assert set(wording.REASONS) == set(Reason)


def test_rows_of_before_there_were_kinds_read_as_ever() -> None:
    assert [reason(why) for why in ("handed over", "ended", "renamed", "import of icat.yaml", "A letter.", "")] == [
        "Handed over", "Ended", "Renamed", "Import of icat.yaml", "A letter.", "",
    ]  # fmt: skip
    assert (reason("", "handed_over"), reason("ended", "of_a_later_version")) == ("Handed over", "ended")


def test_what_a_machine_wrote_is_said_in_the_language_of_the_reader(monkeypatch: Any) -> None:
    from django.utils.translation import gettext_lazy as _

    monkeypatch.setitem(wording.REASONS, Reason.ENDED, _("Cancelled"))  # a word that has its translations
    with override("fr"):
        assert reason("", "ended") == reason("ended") != "Cancelled"


def test_the_page_of_a_renamed_organisation_says_so(icat: Any) -> None:
    given = {"organisation": "ilo", "name": "World Labour Organization", "since": "2024-03-01"}
    assert isinstance(icat.unodc.does(RenameOrganisation, icat.group, **given), Done)
    assert last() == ("", "renamed")
    page = icat.unodc.signs_in(Client()).get("/icat/members/ilo")
    assert '<q class="small" dir="auto">Renamed</q>' in page.text
    assert "Renamed" not in Client().get("/icat/members/ilo").text  # why is for the group
