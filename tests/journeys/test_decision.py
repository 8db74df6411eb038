"""A decision in the room, from the desk to the record, by what the pages show and nothing else.

Each journey runs in a few of the ways to read: each two of script, width and language come together in one of them.
"""

from pathlib import Path
from typing import Any

import pytest

from journeys.house import CO_CHAIR, GROUP, MEMBER, PASSWORD, PROPOSER, SECRETARIAT, TITLE, with_password
from journeys.readers import Reader
from today import YEAR

WAYS = [("en", 1280, True), ("en", 360, False), ("ar", 360, True), ("ar", 1280, False)]
MOST_PAGES = 8  # from the desk to the adopted decision
DECISION = f"ICAT-D/W/{YEAR}/2"


def ways(*chosen: tuple[str, int, bool]) -> Any:
    """One run for each way to read."""
    names = [
        f"{language}-{width}-{'with' if scripts else 'without'} JavaScript"
        for language, width, scripts in chosen
    ]
    return pytest.mark.parametrize(("language", "width", "scripts"), chosen, ids=names)


@ways(*WAYS)
def test_a_co_chair_takes_a_decision_in_the_room(
    reader: Any, language: str, width: int, scripts: bool, tmp_path: Path
) -> None:
    address = with_password(CO_CHAIR)
    chair: Reader = reader(language, width=width, scripts=scripts).opens(f"/{GROUP}/")
    chair.signs_in(address, PASSWORD)
    assert chair.path == f"/{GROUP}/desk"
    del chair.seen[:-1]

    chair.follows(TITLE)
    number = adopted(chair)
    assert len(chair.seen) <= MOST_PAGES, chair.seen
    chair.page.go_back(wait_until="domcontentloaded")
    receipt = chair.keeps("Keep the receipt as a file", tmp_path)
    chair.follows(TITLE)
    place = head(chair).size - 1
    chair.follows("Entry %(number)s of the record", number=place)
    assert (chair.path, number in chair.text) == (f"/{GROUP}/record/entries/{place}", True)
    assert chair.page.complaints == []
    is_carried(reader(language, width=width, scripts=scripts), number, place)
    is_verified(chair.house, receipt)


def adopted(chair: Reader) -> str:
    """From the page of the proposal to that of the decision; its number."""
    chair.follows("Call for objections")
    chair.presses("Call for objections")
    assert chair.reads("Keep the receipt: with it anybody can check the act without us.")
    chair.follows("Declare adopted")
    chair.presses("Declare adopted")
    assert chair.reads("The text is adopted.")
    number = str(chair.page.locator("dd bdi", has_text="ICAT-D").inner_text())
    chair.follows(TITLE)
    assert (TITLE in chair.heading, number in chair.text) == (True, True)
    return number


def head(chair: Reader) -> Any:
    """The newest signed head of the record."""
    from onevoice.record.stored import head

    return head(GROUP)


def is_carried(public: Reader, number: str, place: int) -> None:
    """Whoever is not signed in finds the decision in the register, the feed, the event and the record."""
    public.opens(f"/{GROUP}/")
    public.follows("Decisions", within="banner")
    assert number in public.text
    feed = public.context.request.get(public.house + public.link("Atom").get_attribute("href")).text()
    assert (TITLE in feed, number in feed) == (True, True)
    public.follows(TITLE)
    public.follows("Working-level meeting")
    assert (public.reads("Decisions taken here"), number in public.text) == (True, True)
    public.follows("Verify the record", within="contentinfo")
    public.follows(str(place))
    assert number in public.text
    public.follows_what_says(TITLE)
    assert TITLE in public.heading
    assert public.page.complaints == []


def is_verified(house: str, receipt: Path) -> None:
    """`onevoice verify` accepts the file that was kept, and the whole log."""
    from onevoice.record.verify import main

    log = f"{house}/{GROUP}/record"
    assert main([str(receipt), "--vkey", f"{log}/vkey"]) == 0
    assert main([log, "--vkey", f"{log}/vkey"]) == 0


AGENDA = "Adoption of the agenda\nA statement for the day against trafficking\nOther matters"
TEXT = "We will publish what we have learnt.\n\nWe will meet again in a month."
PRESENT = ("UNODC", "IOM", "OSCE", "ILO", "UNHCR", "OHCHR", "UNICEF", "UNFPA", "UNAIDS", "UN Women", "ICMPD", "CBSS",
           "OAS", "INTERPOL", "OSRSG-VAC")  # fmt: skip


def on_the_spot() -> dict[str, str]:
    """What is typed of a meeting that has begun already."""
    from onevoice.enact.perform import database_clock
    from onevoice.groups.models import Group
    from onevoice.operations.demonstration.live import in_session

    now = database_clock().astimezone(Group.objects.get(slug=GROUP).tz)
    begins, ends = in_session(now)
    return {"Date": f"{now:%Y-%m-%d}", "Begins at": f"{begins:%H:%M}", "Ends at": f"{ends:%H:%M}"}


@ways(WAYS[1], WAYS[2])
def test_a_meeting_is_convened_and_its_text_adopted(
    reader: Any, language: str, width: int, scripts: bool, tmp_path: Path
) -> None:
    secretariat, proposer, chair = (
        reader(language, width=width, scripts=scripts).is_signed_in_as(role)
        for role in (SECRETARIAT, PROPOSER, CO_CHAIR)
    )
    secretariat.opens(f"/{GROUP}/desk")
    secretariat.follows("Convene a meeting: %(body)s", body="", at=1)  # of the working level
    for label, typed in {
        "Title": "Meeting about the statement", **on_the_spot(), "Agenda": AGENDA,
    }.items():  # fmt: skip
        secretariat.types(label, typed)
    secretariat.ticks("Announce the meeting on the public site")
    secretariat.presses("Convene a meeting")
    secretariat.follows("Record who is present")
    secretariat.ticks(*PRESENT)
    secretariat.presses("Record who is present")

    proposer.opens(f"/{GROUP}/desk").follows("Meeting about the statement")
    proposer.follows("Propose a text", at=1)
    proposer.types("Title", TITLE)
    proposer.types("Text", TEXT)
    proposer.ticks("Publish the decision when it is adopted")
    proposer.presses("Propose a text")
    assert proposer.reads("The text is proposed.")

    chair.opens(f"/{GROUP}/desk").follows("Meeting about the statement")
    chair.follows("ICAT-P")
    number = adopted(chair)
    assert (number, "We will meet again in a month." in chair.text) == (DECISION, True)
    assert [one.page.complaints for one in (secretariat, proposer, chair)] == [[], [], []]


@ways(WAYS[0], WAYS[2])
def test_an_objection_stops_the_adoption(reader: Any, language: str, width: int, scripts: bool) -> None:
    chair, member = (
        reader(language, width=width, scripts=scripts).is_signed_in_as(role) for role in (CO_CHAIR, MEMBER)
    )
    chair.opens(f"/{GROUP}/desk").follows(TITLE)
    chair.follows("Call for objections")
    chair.presses("Call for objections")
    chair.follows("Declare adopted")

    member.opens(f"/{GROUP}/desk").follows(TITLE)
    member.follows("Object")
    member.presses("Object")
    assert member.reads("Error:") or member.page.title().startswith(member.says("Error:"))
    member.types("What your organisation cannot accept, and why", "Paragraph 2 exceeds our mandate.")
    member.presses("Object")
    assert member.reads("Your objection stands. The text cannot be adopted by consensus while it does.")

    chair.presses("Declare adopted")
    assert chair.reads("This has changed since you opened the form")
    chair.presses("Declare adopted")
    assert chair.reads("This was not done")
    chair.follows(TITLE)
    assert (chair.link("Declare adopted").count(), "Paragraph 2 exceeds our mandate." in chair.text) == (
        0,
        True,
    )
    chair.follows("Declare not adopted")
    chair.presses("Declare not adopted")
    assert chair.reads("The text is not adopted.")
    chair.follows("Decisions", within="banner")
    assert DECISION not in chair.text
