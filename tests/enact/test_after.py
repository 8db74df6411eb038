"""The acts offered on a subject: what brings it forward first, what stops others last."""

from __future__ import annotations

from typing import Any

import pytest

from enact.scenes import Scene
from onevoice.enact.after import acts_on
from onevoice.enact.perform import database_clock

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
