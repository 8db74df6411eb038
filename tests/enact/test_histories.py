"""Whatever is done, by whomever, in whatever order: what the rules say of a proposal stays true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enact.scenes import AGENDA, done
from onevoice.decisions.acts.proposals import WithdrawProposal
from onevoice.decisions.acts.register import PublishDecision, UnpublishDecision
from onevoice.decisions.models import Decision, Objection, Proposal
from onevoice.enact.act import Act, Refusal
from onevoice.enact.models import Performed
from onevoice.enact.perform import Done, Incomplete, Sending, Stale, last_seen, perform
from onevoice.meetings.acts import convening, room
from onevoice.record.models import Entry
from today import YEAR

ROLES = ("unicef", "ilo", "osce", "un-women", "unodc", "watching", "mallory")
DAY = {"day": "2049-01-14", "begins": "15:00", "ends": "17:00"}
ACTS: dict[type[Act], list[dict[str, Any]]] = {
    room.ProposeText: [{"title": "Plan", "text": "Words.", "public": "on"}, {"title": "Plan", "text": "Words."}],
    room.CallForObjections: [{}],
    room.Object: [{"reason": "No."}],
    room.RecordObjection: [{"organisation": slug, "reason": "Said from the floor."} for slug in ("ilo", "unodc")],
    room.DeclareAdopted: [{}],
    room.DeclareNotAdopted: [{}],
    WithdrawProposal: [{"why": "Later."}],
    convening.RecordParticipation: [{"present": ["unodc", "osce", "unicef", "ilo"]}, {"present": ["unicef"]}],
    convening.PostponeMeeting: [DAY],
    convening.CancelMeeting: [{}],
    PublishDecision: [{}],
    UnpublishDecision: [{"why": "Too early."}],
}
# The acts that bring a proposal forward come more often, so that histories get somewhere.
LIKELY = [room.ProposeText, room.CallForObjections, room.DeclareAdopted, room.Object] * 3


@dataclass(frozen=True)
class Step:
    """Somebody tries an act on the first, second … thing of its kind, perhaps with a form opened long before."""

    who: str
    act: type[Act]
    inputs: dict[str, Any]
    which: int
    stale: bool

    def __repr__(self) -> str:
        return f"{self.who} {self.act.__name__}({self.inputs}) on {self.which}{' stale' if self.stale else ''}"


@st.composite
def steps(draw: Any) -> Step:
    act = draw(st.sampled_from([*LIKELY, *ACTS]))
    who = draw(st.sampled_from([*["osce"] * 4, *ROLES]))
    inputs = draw(st.sampled_from(ACTS[act]))
    stale = draw(st.sampled_from([False, False, False, True]))
    return Step(who, act, inputs, draw(st.integers(0, 3)), stale)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The world, once for all histories; each of them is taken back."""
    from world import in_session, the_icat_world

    with django_db_blocker.unblock(), transaction.atomic():
        icat = the_icat_world()
        watching = icat.organisation("watching", "regional", "Watching")
        icat.member(watching, "2020", body=icat.bodies["principals"], kind="observer")
        icat.sends(watching)
        icat.meeting = done(
            icat.osce.does(
                convening.ConveneMeeting, icat.bodies["principals"],
                title="Meeting", zone="Europe/Vienna", agenda=AGENDA, **DAY,
            )
        ).result  # fmt: skip
        in_session(icat.meeting)
        present = {"present": ["unodc", "osce", "unicef", "ilo"]}
        done(icat.osce.does(convening.RecordParticipation, icat.meeting, **present))
        yield icat
        transaction.set_rollback(True)


def subject(step: Step, icat: Any) -> Any:
    """The thing that a step is tried on; None where there is none of its kind yet."""
    kind = step.act.subject_model()
    if kind.__name__ == "Meeting":
        return icat.meeting
    if kind.__name__ == "AgendaItem":
        return icat.meeting.agenda.get(number="2")
    rows = list(kind._default_manager.filter(group=icat.group).order_by("pk"))
    return rows[step.which % len(rows)] if rows else None


def take(step: Step, icat: Any, number: int, opened: dict[Any, int]) -> Any:
    thing = subject(step, icat)
    who = icat.neighbour.mallory if step.who == "mallory" else icat.delegations[step.who]
    if thing is None or not step.act.on(who.viewer).filter(pk=thing.pk).exists():
        return None
    # A stale form was opened when the thing was first met.
    key = (thing._meta.label, thing.pk)
    seen = opened.setdefault(key, last_seen(thing)) if step.stale else None
    return perform(step.act, thing, Sending(step.inputs, f"history {number}", seen), actor=who.actor)


def explained(proposal: Proposal) -> str:
    """The state, from the rows that acts left, never from the column."""
    if Decision.objects.filter(proposal=proposal).exists():
        return "adopted"
    if hasattr(proposal, "withdrawal"):
        return "withdrawn"
    key = f"decisions.proposal:{proposal.group.slug}/{proposal.slug}"
    if Performed.objects.filter(subject=key, act="meetings.declare_not_adopted").exists():
        return "not_adopted"
    return "called" if proposal.calls.exists() else "tabled"


def check(icat: Any) -> None:
    proposals = list(Proposal.objects.filter(group=icat.group).select_related("group"))
    for proposal in proposals:
        adopted = Decision.objects.filter(proposal=proposal).count()
        objections = proposal.objections.count()
        assert adopted <= 1, f"{proposal} was decided twice"
        assert not (adopted and objections), f"{proposal} was adopted although an objection stands"
        assert not (adopted and hasattr(proposal, "withdrawal")), f"{proposal} was adopted and withdrawn"
        said = explained(proposal)
        assert proposal.state == said, f"{proposal} is {proposal.state}, its rows say {said}"
        assert not (proposal.state == "not_adopted" and not objections), f"{proposal} failed without an objection"
        assert proposal.calls.count() <= 1, f"{proposal} was called twice"
    for kind, pattern in ((Proposal, f"P/{YEAR}/{{}}"), (Decision, f"{YEAR}/{{}}")):
        numbers = set(kind.objects.filter(group=icat.group).values_list("number", flat=True))
        assert numbers == {pattern.format(number) for number in range(1, len(numbers) + 1)}, f"a gap in {numbers}"
    decisions = Decision.objects.filter(group=icat.group)
    assert decisions.filter(taken_at=None).count() == 0, "a decision was taken in no meeting"
    members = {"unicef", "ilo", "osce", "un-women", "unodc", "icmpd"}
    assert set(Objection.objects.values_list("organisation__slug", flat=True)) <= members, "a non-member objects"


@given(st.lists(steps(), min_size=4, max_size=16))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_history_breaks_the_rules(world: Any, history: list[Step]) -> None:
    with transaction.atomic():
        done_before, entries = Performed.objects.count(), Entry.objects.count()
        opened: dict[Any, int] = {}
        happened = 0
        for number, step in enumerate(history):
            answer = take(step, world, number, opened)
            assert answer is None or isinstance(answer, Done | Refusal | Stale | Incomplete), (step, answer)
            if isinstance(answer, Refusal):
                assert str(answer).endswith(".") and "{" not in str(answer), step
            happened += isinstance(answer, Done)
            if isinstance(answer, Done):
                check(world)
        check(world)
        assert Performed.objects.count() - done_before == happened, "what is refused leaves no trace"
        assert Entry.objects.count() - entries == happened, "each act has its entry"
        transaction.set_rollback(True)


def test_a_history_can_get_somewhere(world: Any) -> None:
    """Else the histories would show nothing: proposals are adopted, refused and withdrawn by these very steps."""
    with transaction.atomic():
        path = [
            Step("unicef", room.ProposeText, ACTS[room.ProposeText][0], 0, False),
            Step("ilo", room.ProposeText, ACTS[room.ProposeText][0], 0, False),
            Step("osce", room.CallForObjections, {}, 0, False),
            Step("osce", room.DeclareAdopted, {}, 0, False),
            Step("ilo", room.Object, {"reason": "No."}, 1, False),
            Step("osce", room.DeclareNotAdopted, {}, 1, False),
        ]
        opened: dict[Any, int] = {}
        answers = [take(step, world, number, opened) for number, step in enumerate(path)]
        assert all(isinstance(answer, Done) for answer in answers), answers
        check(world)
        transaction.set_rollback(True)
