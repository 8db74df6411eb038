"""The acts offered on a subject: what brings it forward first, what stops others last."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from enact.scenes import Scene, done
from onevoice.enact.after import acts_on
from onevoice.enact.perform import database_clock
from onevoice.meetings.acts.room import Object

pytestmark = pytest.mark.django_db


def offered(scene: Scene, who: Any, subject: Any) -> list[str]:
    return [link.act.slug for link in acts_on(subject, who.actor, now=database_clock())]


def test_a_chair_is_offered_the_next_step_before_any_other(scene: Scene) -> None:
    scene.convened("Another meeting of Principals")  # so that the proposal can be moved to it
    offers = offered(scene, scene.icat.osce, scene.proposal)
    assert (offers[:2], offers[-1]) == (["call-for-objections", "move-proposal"], "record-objection")
    assert offered(scene, scene.icat.osce, scene.called())[:2] == ["declare-adopted", "move-proposal"]


def test_who_is_present_is_offered_first_and_calling_off_last(scene: Scene) -> None:
    offers = offered(scene, scene.icat.unodc, scene.meeting)
    assert (offers[0], offers[-1]) == ("record-participation", "cancel-meeting")


def test_who_has_objected_is_not_offered_to_object_again(scene: Scene) -> None:
    assert "object" in offered(scene, scene.icat.ilo, scene.proposal)
    done(scene.icat.ilo.does(Object, scene.proposal, reason="Too long."))
    assert "object" not in offered(scene, scene.icat.ilo, scene.proposal)
    assert "object" in offered(scene, scene.icat.unicef, scene.proposal)


def test_while_an_objection_stands_nobody_is_told_that_there_is_nothing_to_do(scene: Scene) -> None:
    def says(path: str) -> tuple[bool, bool]:
        text = scene.icat.osce.signs_in(Client()).get(path).text
        return "you have nothing to do" in text, "While it does, the text cannot be adopted by consensus" in text

    pages = ("/icat/desk", scene.proposal.get_absolute_url())
    assert [says(page) for page in pages] == [(True, False), (True, False)]
    done(scene.icat.ilo.does(Object, scene.proposal, reason="Too long."))
    assert [says(page) for page in pages] == [(False, True), (False, True)]
