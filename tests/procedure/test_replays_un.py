"""Replays of silence in the United Nations (domain record, sections 2.3 and 3.3)."""

from __future__ import annotations

from procedure.replaying import Holds, Replay, changed, text

SIX = ("Australia", "Canada", "India", "New Zealand", "United Kingdom", "United States")
STATES = (*SIX, "Bolivia", "China", "Fiji", "Kenya", "Russian Federation", "Spain")
ALL_SIX = ["en", "fr", "es", "ar", "ru", "zh"]
ASSUMED = {
    "objection.amendment_counts": False,  # assumed in this test
    "objection.joint": "on the word of one",  # assumed in this test: the letter of one State spoke for six
}


def assembly(**assumed: object) -> Replay:
    named = {where.replace("__", "."): value for where, value in assumed.items()}
    return Replay("unga", STATES, zone="America/New_York", assumed=ASSUMED | named)


def circulated(case: Replay, at: str, until: str, draft: str = "draft") -> Replay:
    """By the President's letter, the General Committee having been consulted."""
    return case.starts(at, until=until, text=text(draft), languages=ALL_SIX, consulted=True)


def test_general_assembly_adopts_when_nobody_objects() -> None:
    case = circulated(assembly(), "2020-04-13T10:00", "2020-04-16T10:00")
    assert case.at("2020-04-16T09:59:59.999999") == Holds("running")
    assert case.at("2020-04-16T10:00") == Holds("adopted", "2020-04-16T10:00")
    case.happens("letter", "announced", "2020-04-16T18:00", by="chair")
    case.happens("plenary", "met", "2020-09-01T10:00")
    assert case.at("2020-09-02T00:00") == Holds("adopted", "2020-04-16T10:00")
    assert (case.outcome("2020-09-02T00:00").verb, case.outcome("2020-04-20T00:00").met) == ("adopted", None)


def test_general_assembly_is_defeated_by_one_objection() -> None:
    case = circulated(assembly(), "2020-04-13T10:00", "2020-04-16T10:00")
    case.happens("objection", "objected", "2020-04-16T09:59:59.999999", member="Fiji")
    case.happens("late", "objected", "2020-04-16T10:00", member="Spain")
    assert case.at("2020-04-16T10:00") == Holds(
        "not adopted", standing={"objection": "Fiji"}, but={"late": "late"}
    )


def test_general_assembly_needs_seventy_two_hours_six_languages_and_its_committee() -> None:
    case = assembly()
    given = {"by": "chair", "kind": "decision", "text": text("draft"), "until": "2020-04-16T10:00"}
    case.happens("short", "started", "2020-04-13T10:00:01", **given, languages=ALL_SIX, consulted=True)
    case.happens("five", "started", "2020-04-13T09:00", **given, languages=ALL_SIX[:5], consulted=True)
    case.happens("alone", "started", "2020-04-13T09:00", **given, languages=ALL_SIX)
    assert case.at("2020-04-17T00:00") == Holds(
        "not started",
        but={
            "short": "without effect: too short",
            "five": "without effect: languages",
            "alone": "without effect: consultation",
        },
    )


def test_un75_declaration() -> None:
    """Broken on 24 June by one State for six, on a phrase; reworded on the 25th; consensus on 7 July 2020."""
    first = circulated(
        assembly(), "2020-06-17T12:00", "2020-06-24T18:00", "rev1"
    )  # hours assumed in this test
    first.happens(
        "phrase", "objected", "2020-06-24T17:00", member="United Kingdom",
        for_=[one for one in SIX if one != "United Kingdom"], paragraphs=["13"], text="rev1",
    )  # fmt: skip
    assert first.at("2020-06-24T18:00") == Holds("not adopted", standing={"phrase": " ".join(SIX)})

    # The rewording, under a silence of its own; another single concern was met with words of the Paris Agreement.
    second = circulated(
        assembly(revision__restart="short", revision__length={"hours": 72}),  # assumed in this test
        "2020-06-25T12:00", "2020-07-03T18:00", "rev2",
    )  # fmt: skip
    second.happens("climate", "objected", "2020-07-02T12:00", member="Bolivia", paragraphs=["8"], text="rev2")
    second.happens(
        "paris", "revised", "2020-07-03T12:00", by="chair", text=text("rev3"), until="2020-07-07T12:00"
    )
    assert second.at("2020-07-07T11:59:59.999999") == Holds("running", answered="climate")
    assert second.at("2020-07-07T12:00") == Holds("adopted", "2020-07-07T12:00", answered="climate")


def test_un75_objection_counts_for_the_six_and_for_no_one_else() -> None:
    case = circulated(assembly(), "2020-06-17T12:00", "2020-06-24T18:00")
    case.happens("left", "left", "2020-06-20T12:00", member="India", how="suspended")
    case.happens("phrase", "objected", "2020-06-24T17:00", member="United Kingdom", for_=[*SIX, "Atlantis"])
    assert case.at("2020-06-24T17:30") == Holds(
        "running", standing={"phrase": "Australia Canada New Zealand United Kingdom United States"}
    )


def test_declaration_on_future_generations() -> None:
    """72 hours from 13 August 2024; broken on the 16th without public names, the paragraphs named later."""
    case = circulated(
        assembly(
            objection__paragraphs=True,  # assumed in this test
            objection__completed_within={"days": 14},  # assumed in this test
            objection__seen_by="chair",  # assumed in this test
        ),
        "2024-08-13T10:00", "2024-08-16T10:00", "rev3",
    )  # fmt: skip
    case.happens(
        "letter", "objected", "2024-08-16T09:30", member="Russian Federation", for_=["China"], text="rev3"
    )
    assert case.at("2024-08-16T10:00") == Holds(
        "not adopted", standing={"letter": "China Russian Federation"}
    )
    assert [sorted(one.owes) for one in case.outcome("2024-08-16T10:00").standing] == [["paragraphs"]]
    case.happens(
        "list", "completed", "2024-08-26T10:00", member="China", objection="letter", paragraphs=["9", "26"]
    )
    assert case.at("2024-08-27T10:00") == Holds(
        "not adopted", standing={"letter": "China Russian Federation"}
    )
    assert [(sorted(one.owes), one.paragraphs) for one in case.outcome("2024-08-27T10:00").standing] == [
        ([], ("9", "26"))
    ]


def test_ecosoc_declaration_of_2020() -> None:
    """Letter of Friday 17 July, silence to Wednesday 22 July 17:00."""
    case = circulated(
        assembly(), "2020-07-17T12:00", "2020-07-22T17:00"
    )  # hour of the letter assumed in this test
    assert case.end("2020-07-18T00:00") == "2020-07-22T17:00"
    assert case.at("2020-07-22T16:59:59.999999") == Holds("running")
    assert case.at("2020-07-22T17:00") == Holds("adopted", "2020-07-22T17:00")
    case.happens("one", "objected", "2020-07-22T16:59", member="Kenya")
    assert case.at("2020-07-22T17:00") == Holds("not adopted", standing={"one": "Kenya"})


def test_iaeg_sdgs_2015_consultation_ends_on_a_saturday_and_only_members_decide() -> None:
    """4 to 7 November 2015, 9:00 in New York: a Saturday. Observers and others may comment."""
    rules = changed(
        "unga", title="IAEG-SDGs, e-consultation of 2015",
        scope__kinds="none", start__consulted="none", start__languages="none", clock__minimum="none",
        voice__commenters=["observer", "partner"],
        clock__ends_on_day_off=True,  # assumed in this test
        objection__amendment_counts=True,  # assumed in this test
    )  # fmt: skip
    roster = [
        "Brazil",
        "Cabo Verde",
        {"member": "UNICEF", "class": "observer"},
        {"member": "NGO", "class": "partner"},
    ]
    case = Replay(rules, roster, zone="America/New_York", calendar="new-york")
    case.starts("2015-11-04T09:00", length={"days": 3})
    case.happens("comment", "objected", "2015-11-05T09:00", member="UNICEF", reasons="Indicator 4.1.1")
    case.happens("other", "amended", "2015-11-05T10:00", member="NGO", wording="all children")
    but = {"comment": "without effect: not a decider", "other": "without effect: not a decider"}
    assert case.end("2015-11-05T00:00") == "2015-11-07T09:00"
    assert case.at("2015-11-07T09:00") == Holds("adopted", "2015-11-07T09:00", but=but)
    case.happens("member", "objected", "2015-11-07T08:59:59", member="Cabo Verde")
    assert case.at("2015-11-07T09:00") == Holds("not adopted", standing={"member": "Cabo Verde"}, but=but)
