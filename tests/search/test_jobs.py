"""The index follows what is done."""

from world import World


def passages(group: str = "icat") -> dict[tuple[str, str, str], str]:
    from onevoice.search.models import Passage

    rows = Passage.objects.filter(group__slug=group)
    return {(row.subject, row.language, row.visibility): row.digest for row in rows}


def test_indexing_again_writes_nothing(icat: World) -> None:
    from onevoice.search.jobs import reindex

    assert reindex("icat") == len(passages())
    assert reindex("icat") == 0


def test_what_is_gone_is_taken_out_and_what_changed_is_written(icat: World) -> None:
    from onevoice.outputs.models import Output, OutputVersion
    from onevoice.search.jobs import reindex

    reindex("icat")
    Output.objects.filter(slug="statement").update(title={"en": "Another title", "fr": "Un autre titre"})
    OutputVersion.objects.filter(output__slug="toolkit").delete()
    Output.objects.filter(slug="toolkit").delete()
    before = passages()
    assert reindex("icat") > 0
    assert {key[0] for key in before.keys() - passages().keys()} == {"outputs.output:icat/toolkit"}
    written = {key for key, digest in passages().items() if before.get(key) != digest}
    assert {key[0] for key in written} == {"outputs.output:icat/statement"}
    assert ("outputs.output:icat/statement", "fr", "public") in written


def test_the_first_time_everything_is_indexed(icat: World) -> None:
    from onevoice.search.jobs import follow

    follow()
    assert passages()
    assert passages("neighbour")
    assert follow() == 0


def test_an_act_is_followed_without_a_hook_in_it(icat: World) -> None:
    from onevoice.decisions.models import Decision
    from onevoice.search.jobs import follow

    made = Decision.objects.create(
        group=icat.group, body=icat.members, slug="d-1", title={"en": "Zebra"}, adopted_written="2024",
        visibility="public",
    )  # fmt: skip
    follow()
    assert ("decisions.decision:icat/d-1", "en", "public") in passages()
    Decision.objects.filter(pk=made.pk).update(visibility="group")
    performed("decisions.unpublish_decision", "decisions.decision:icat/d-1")
    assert follow() == 1
    assert ("decisions.decision:icat/d-1", "en", "public") not in passages()
    assert ("decisions.decision:icat/d-1", "en", "group") in passages()
    assert follow() == 0


def test_an_act_that_commits_after_a_later_one_is_still_followed(icat: World) -> None:
    from onevoice.enact.models import Performed
    from onevoice.search.jobs import follow

    follow()
    first = performed("a", "decisions.decision:icat/d-1")
    kept = Performed.objects.filter(pk=first.pk).values().get()
    performed("b", "decisions.decision:icat/d-2")
    from onevoice.search.models import Followed

    mark = Followed.objects.get()
    Followed.objects.update(seen=[kept["id"] + 1])  # the later one was seen while the first was still open
    assert (follow(), mark.performed < kept["id"]) == (1, True)


def test_what_is_said_about_a_house_reads_its_organisations_anew(icat: World) -> None:
    from onevoice.search.jobs import reindex, reindex_subjects

    reindex("icat")
    zebra = icat.organisation("zebra", name="Zebra Organisation")
    icat.member(zebra)
    assert reindex_subjects(icat.group, {"groups.membership:1"}) == 1
    assert ("parties.organisation:zebra", "en", "public") in passages()


def test_who_was_recorded_in_the_room_and_the_agenda_are_for_the_group(icat: World) -> None:
    from onevoice.meetings.models import AgendaItem, Meeting, Participation
    from onevoice.search.jobs import reindex
    from onevoice.search.models import Passage

    meeting = Meeting.objects.create(
        group=icat.group, slug="m-1", kind="meeting", title={"en": "A meeting"}, when_written="2024",
        zone="Europe/Vienna", visibility="public",
    )  # fmt: skip
    AgendaItem.objects.create(meeting=meeting, number="1", title={"en": "Zebra of the agenda"})
    Participation.objects.create(
        meeting=meeting, part="present", other={"en": "Zebra present"}, recorded_by=icat.unodc.person
    )
    reindex("icat")
    rows = {row.visibility: str(row.vector) for row in Passage.objects.filter(subject="meetings.meeting:icat/m-1")}
    assert {name: "zebra" in vector for name, vector in rows.items()} == {"public": False, "group": True}


def performed(act: str, subject: str):  # noqa: ANN201
    from uuid import uuid4

    from onevoice.enact.models import Performed
    from onevoice.enact.perform import database_clock

    now = database_clock()
    return Performed.objects.create(
        key=uuid4().hex, once=uuid4().hex, act=act, group="icat", subject=subject, result="", received_at=now,
        performed_at=now,
    )  # fmt: skip


def test_a_mandates_paragraph_is_found_by_its_words_until_it_is_withdrawn(icat: World) -> None:
    from onevoice.mandates.acts.paragraphs import CorrectParagraph, EnterParagraph, WithdrawParagraph
    from onevoice.search.jobs import follow
    from onevoice.search.models import Passage

    follow()
    mandate = icat.group.instruments.get(slug="ga-72-195")

    def parts() -> list[list[str]]:
        passage = Passage.objects.get(subject="mandates.instrument:icat/ga-72-195", language="en")
        return [part for part in passage.parts if part[0] == "p7"]

    made = icat.unodc.does(EnterParagraph, mandate, number="7", text_en="Requests zebras.").result
    follow()
    assert parts() == [["p7", "Requests zebras."]]
    icat.unodc.does(CorrectParagraph, made, number="7", text_en="Requests horses.", why="A slip.")
    follow()
    assert parts() == [["p7", "Requests horses."]]
    icat.unodc.does(WithdrawParagraph, made, why="A slip.")
    follow()
    assert parts() == []
