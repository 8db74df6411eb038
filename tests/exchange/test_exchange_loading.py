"""A record file comes in whole or not at all; a second time it changes nothing; what changed is said beside the old."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from exchange.small import SMALL
from onevoice.claims.models import Claim, Supersession
from onevoice.decisions.models import Decision, NumberSeries
from onevoice.groups.models import Appointment, Group, Membership, OfficeHolding, PublishedCount
from onevoice.groups.steps import cite
from onevoice.mandates.models import (
    AnswerTakenBack,
    InstrumentCorrection,
    InstrumentWithdrawal,
    ParagraphCorrection,
    ParagraphWithdrawal,
)
from onevoice.meetings.models import AgendaItem, Meeting, Participation
from onevoice.operations.demonstration import FOLDER
from onevoice.operations.exchange.changes import preview
from onevoice.operations.exchange.export import NoGroup, export
from onevoice.operations.exchange.loading import Loaded, load
from onevoice.operations.exchange.overlaps import allowed, sole
from onevoice.operations.exchange.reading import BadFile, read
from onevoice.parties.models import Organisation, OrganisationName, Person
from onevoice.parties.reference import load_states

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
ROOMS = ("claims", "parties", "groups", "mandates", "decisions", "meetings", "outputs")


@pytest.fixture(autouse=True)
def states(db: None) -> None:
    load_states()


def brought(text: str = SMALL, name: str = "g.yaml", at: datetime = AT) -> Loaded:
    return load(text.encode(), name, by="importer", at=at)


def everything() -> dict[str, list[Any]]:
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ROOMS
    }


def test_a_file_comes_in() -> None:
    assert (brought().rows, brought().is_new_group) == ({"new": 16, "same": 0, "changed": 0}, False)
    meeting = Meeting.objects.get(slug="2018-06-14-briefing")
    assert (meeting.zone, meeting.starts_at, meeting.group.slug) == (
        "Europe/Vienna",
        datetime(2018, 6, 14, 8, tzinfo=UTC),
        "g",
    )
    assert list(meeting.agenda.values_list("number", "parent__number")) == [("1", None), ("1.a", "1")]
    assert [(p.part, str(p.organisation or p.state)) for p in meeting.participations.all()] == [
        ("briefed", "unodc"),
        ("chair", "belarus"),
    ]
    assert meeting.participations.first().appointment.title == {"en": "Director"}
    assert Decision.objects.get().taken_at.meeting == meeting


def test_a_date_counts_in_the_zone_of_the_group() -> None:
    brought()
    period = Membership.objects.get().period
    assert (period.lower, period.upper) == (datetime(2006, 8, 31, 22, tzinfo=UTC), None)
    attested = Appointment.objects.get(record_id="ann-2018").period
    assert (attested.lower, attested.upper) == (
        datetime(2018, 6, 13, 22, tzinfo=UTC),
        datetime(2018, 6, 14, 22, tzinfo=UTC),
    )
    year = OfficeHolding.objects.get().period
    assert (year.lower, year.upper) == (
        datetime(2018, 12, 31, 23, tzinfo=UTC),
        datetime(2019, 12, 31, 23, tzinfo=UTC),
    )


def test_a_second_time_it_changes_nothing() -> None:
    brought()
    before = everything()
    again = brought()
    assert (again.rows, again.entries) == ({"new": 0, "same": 16, "changed": 0}, ())
    assert everything() == before


@pytest.mark.parametrize("slug", ["icat", "icat-demonstration"])
def test_the_packaged_files_come_back_as_they_are(slug: str) -> None:
    file = (FOLDER / f"{slug}.yaml").read_text(encoding="utf-8")
    brought(file, f"{slug}.yaml")
    assert export(slug) == file


def test_both_packaged_files_agree_on_the_organisations_they_share() -> None:
    brought((FOLDER / "icat.yaml").read_text(encoding="utf-8"))
    loaded = brought((FOLDER / "icat-demonstration.yaml").read_text(encoding="utf-8"))
    assert (loaded.rows["same"], loaded.rows["changed"]) == (15, 0)


def test_the_file_comes_back_after_a_change() -> None:
    brought()
    changed = SMALL.replace("since: 2006-09, sources", "since: 2006-10, sources").replace(
        "D/2018/7", "D/2018/8"
    )
    brought(changed)
    once = export("g")
    assert brought(once).rows == {"new": 0, "same": 16, "changed": 0}
    assert "since: 2006-10" in once and "number: D/2018/8" in once


def test_an_unknown_group_has_no_export() -> None:
    with pytest.raises(NoGroup):
        export("nobody")


# --- what changed ------------------------------------------------------------------------------


def test_a_changed_date_is_a_new_fact_that_supersedes_the_old_one() -> None:
    brought()
    old = Membership.objects.get()
    loaded = brought(SMALL.replace("since: 2006-09, sources", "since: 2006-10, sources"), "corrected.yaml")
    old.refresh_from_db()
    new = Membership.objects.get(standing=True)
    said = Supersession.objects.get()
    assert (old.standing, old.since_written, new.since_written, new.record_id) == (
        False,
        "2006-09",
        "2006-10",
        "unodc",
    )
    assert (said.fact_table, said.fact_id, said.by_fact_id, said.why, said.by, said.at) == (
        "groups_membership", old.pk, new.pk, "import of corrected.yaml", "importer", AT,
    )  # fmt: skip
    assert loaded.rows == {"new": 0, "same": 15, "changed": 1}
    assert [claim.source.address for claim in Claim.objects.filter(about=f"groups.membership:{new.pk}")] == [
        "https://a.example/"
    ]


def test_a_changed_source_leaves_the_fact_and_supersedes_the_claim() -> None:
    brought()
    brought(
        SMALL.replace(
            "since: 2006-09, sources: [{address: 'https://a.example/'",
            "since: 2006-09, sources: [{address: 'https://c.example/'",
        )
    )
    fact = Membership.objects.get()
    claims = Claim.objects.filter(about=f"groups.membership:{fact.pk}").order_by("pk")
    assert [(claim.source.address, claim.standing) for claim in claims] == [
        ("https://a.example/", False),
        ("https://c.example/", True),
    ]
    assert Supersession.objects.get().by_fact_id == claims[1].pk


def test_another_claim_becomes_the_preferred_one() -> None:
    brought()
    turned = SMALL.replace(
        "confidence: full, preferred: true}, {says: {en: eight}", "confidence: full}, {says: {en: eight}"
    )
    brought(turned.replace("confidence: secondary}]", "confidence: secondary, preferred: true}]"))
    standing = Claim.objects.filter(about="groups.group:g", point="size", standing=True).order_by("order")
    assert [(claim.says, claim.preferred) for claim in standing] == [
        ({"en": "seven"}, False),
        ({"en": "eight"}, True),
    ]


def test_a_changed_title_is_changed_in_its_place() -> None:
    brought()
    before = Meeting.objects.get().pk
    brought(SMALL.replace("title: {en: Briefing}", "title: {en: The briefing}"))
    assert [(meeting.pk, meeting.title) for meeting in Meeting.objects.all()] == [
        (before, {"en": "The briefing"})
    ]
    assert Supersession.objects.count() == 0


def test_who_took_part_is_brought_up_to_the_file_and_keeps_those_who_stay() -> None:
    brought()
    speaker = Participation.objects.get(part="briefed").pk
    brought(
        SMALL.replace("{part: chair, state: belarus}", "{part: present, organisation: iom}").replace(
            "We act.", "We acted."
        )
    )
    meeting = Meeting.objects.get()
    assert [(p.part, str(p.organisation)) for p in meeting.participations.all()] == [
        ("briefed", "unodc"),
        ("present", "iom"),
    ]
    assert meeting.participations.first().pk == speaker
    assert meeting.participations.first().interventions.get().quotation == {"en": "We acted."}


def test_an_agenda_item_keeps_its_row_as_long_as_its_number() -> None:
    brought()
    before = AgendaItem.objects.get(number="1.a").pk
    brought(SMALL.replace("{en: Welcome}}]", "{en: Words of welcome}}, {number: '2', title: {en: Closing}}]"))
    assert list(AgendaItem.objects.values_list("number", "title__en")) == [
        ("1", "Opening"),
        ("1.a", "Words of welcome"),
        ("2", "Closing"),
    ]
    assert AgendaItem.objects.get(number="1.a").pk == before
    brought(
        SMALL.replace(
            "{number: '1', title: {en: Opening}}, {number: 1.a, parent: '1', title: {en: Welcome}}",
            "{number: '3', title: {en: All}}",
        )
    )
    assert list(AgendaItem.objects.values_list("number", flat=True)) == ["3"]


def test_an_appointment_said_anew_carries_those_who_spoke_under_it() -> None:
    brought()
    brought(SMALL.replace("title: {en: Director}", "title: {en: Executive Director}"))
    appointment = Participation.objects.get(part="briefed").appointment
    assert (appointment.title, appointment.standing) == ({"en": "Executive Director"}, True)


def test_links_and_lists_follow_the_file() -> None:
    brought()
    brought(
        SMALL.replace("contributors: [unodc, iom]", "contributors: [iom]")
        .replace("answers: [two]", "answers: [one, two]").replace("meeting: 2018-06-14-briefing, ", "")
        .replace("{number: '2', text: {en: Second}}", "{number: '2', text: {en: Said anew}}")
        .replace(", {number: '4', text: {en: Third}, id: p3}", ", {number: '5', text: {en: Fifth}}")
        .replace(", answers_paragraphs: [{mandate: one, paragraph: p3}]", "")
    )  # fmt: skip
    decision = Decision.objects.get()
    assert [str(each) for each in decision.answers.order_by("slug")] == ["A/RES/1/1", "A/RES/2/1"]
    assert not hasattr(decision, "taken_at")
    paragraphs = decision.answers.get(slug="one").paragraphs.filter(standing=True)
    assert list(paragraphs.values_list("number", "anchor", "text__en")) == [
        ("1", "p1", "First"),
        ("2", "p2", "Said anew"),
        ("5", "p5", "Fifth"),
    ]


def test_what_a_file_says_of_paragraphs_otherwise_stays_as_it_was() -> None:
    brought()
    brought(
        SMALL.replace("{number: '2', text: {en: Second}}", "{number: '2 bis', text: {en: Said anew}, id: p2}")
        .replace(", {number: '4', text: {en: Third}, id: p3}", "")
        .replace(", answers_paragraphs: [{mandate: one, paragraph: p3}]", "")
        .replace(", {mandate: one, paragraph: p1}]}", "]}").replace("symbol: A/RES/1/1", "symbol: A/RES/1/1/Corr.1")
    )  # fmt: skip
    corrected, withdrawn = ParagraphCorrection.objects.get(), ParagraphWithdrawal.objects.get()
    assert (corrected.paragraph.anchor, corrected.number, corrected.text) == ("p2", "2", {"en": "Second"})
    assert (withdrawn.paragraph.anchor, withdrawn.paragraph.standing) == ("p3", False)
    taken = AnswerTakenBack.objects.order_by("answer").values_list("answer", "paragraph__anchor")
    assert list(taken) == [
        ("decisions.decision:g/d-1", "p1"),
        ("meetings.meeting:g/2018-06-14-briefing", "p3"),
    ]
    assert InstrumentCorrection.objects.get().was == {"symbol": "A/RES/1/1"}
    assert {corrected.why, withdrawn.why, corrected.by} == {"import of g.yaml", "importer"}


def test_an_answered_paragraph_stands_in_its_mandate() -> None:
    with pytest.raises(BadFile) as bad:
        brought(SMALL.replace("[{mandate: one, paragraph: p3}]", "[{mandate: one, paragraph: p7}]"))
    assert [(fault.path, fault.says) for fault in bad.value.faults] == [
        ("meetings[2018-06-14-briefing].answers_paragraphs[0].paragraph", "'p7' is no paragraph of 'one'")
    ]


def test_an_id_that_says_what_the_number_says_is_left_out() -> None:
    brought()
    told = brought(
        SMALL.replace("{number: '1', text: {en: First}}", "{number: '1', text: {en: First}, id: p1}")
    )
    assert told.rows["changed"] == 0


def test_a_changed_name_is_a_new_name_beside_the_old() -> None:
    brought()
    brought(SMALL.replace("names: {en: Office}", "names: {en: The Office}"))
    names = OrganisationName.objects.filter(organisation__slug="unodc").order_by("pk")
    assert [(name.names["en"], name.standing) for name in names] == [("Office", False), ("The Office", True)]


def test_a_changed_count_supersedes() -> None:
    brought()
    brought(SMALL.replace("count: 7", "count: 8"))
    assert list(PublishedCount.objects.order_by("pk").values_list("count", "standing")) == [
        (7, False),
        (8, True),
    ]


def test_what_is_not_in_the_file_stays() -> None:
    brought()
    brought(
        SMALL.replace(
            "- {id: iom, kind: un, names: [{names: {en: Organization}}]}",
            "- {id: iom, kind: un, names: [{names: {en: Organization}}]}\n"
            "- {id: ilo, kind: un, names: [{names: {en: Labour}}]}",
        )
    )
    brought(SMALL)
    assert Organisation.objects.filter(slug="ilo").exists()


def test_a_fact_made_by_an_act_gets_an_id_of_its_own_and_comes_back() -> None:
    from onevoice.claims.steps import replaced

    brought()
    fact = Membership.objects.get()
    made = replaced(fact, why="withdrawn", by="person", until_written="2026-01-31", record_id="")
    out = export("g")
    assert "id: unodc-members-2006-09" in out
    assert brought(out).rows["changed"] == 0
    assert Membership.objects.get(standing=True).pk == made.pk


def test_the_next_decision_gets_the_number_after_those_that_came_in() -> None:
    brought()
    assert list(NumberSeries.objects.values_list("series", "last")) == [("decisions members 2018", 7)]
    brought(SMALL.replace("D/2018/7", "D/2018/5"))
    assert list(NumberSeries.objects.values_list("series", "last")) == [("decisions members 2018", 7)]


# --- what the record gets ----------------------------------------------------------------------


def test_the_file_and_each_formal_row_have_an_entry() -> None:
    entries = brought().entries
    assert [(each.subject.partition(":")[0], each.public, each.for_) for each in entries] == [
        ("groups.group", True, ""),
        ("groups.membership", True, "unodc"),
        ("groups.officeholding", True, "iom"),
        ("groups.appointment", True, "unodc"),
        ("groups.appointment", False, "unodc"),
        ("decisions.decision", True, ""),
    ]
    assert entries[0].facts["file"] == "g.yaml" and len(entries[0].facts["sha256"]) == 64
    assert entries[1].facts == {
        "row": "memberships",
        "what": "new",
        "id": "unodc",
        "body": "members",
        "organisation": "unodc",
        "kind": "member",
        "since": "2006-09",
    }
    assert entries[5].facts["text_hash"] == Decision.objects.get().text_hash


def test_who_a_person_is_stands_behind_a_commitment() -> None:
    entries = [each for each in brought().entries if each.subject.startswith("groups.appointment")]
    assert [each.personal for each in entries] == [
        {"person": "ann", "title": {"en": "Director"}},
        {"person": "ann"},
    ]
    assert "ann" not in str([each.facts for each in entries])


def test_entries_are_recorded_in_the_groups_log() -> None:
    from onevoice.operations.imports import import_file
    from onevoice.record.models import Entry

    said = import_file(SMALL.encode(), "g.yaml", origin="example.org/g")
    assert said == "g.yaml: 16 new; 6 entries for the record of g."
    assert list(Entry.objects.values_list("act", flat=True).distinct()) == ["operations.import_record"]


# --- what does not come in ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "bad",
    [
        SMALL.replace("since: 2006-09, sources", "since: 2006-13, sources"),
        SMALL.replace("contributors: [unodc, iom]", "contributors: [undp]"),
        SMALL + "more: []\n",
        SMALL.replace("kind: member, since", "kind: membre, since"),
    ],
)
def test_a_bad_file_changes_nothing(bad: str) -> None:
    brought()
    before = everything()
    with pytest.raises(BadFile):
        brought(bad)
    assert everything() == before


def test_a_fact_that_overlaps_one_that_is_there_is_told_with_its_line() -> None:
    brought()
    more = SMALL.replace(
        "- {id: unodc, body: members, organisation: unodc", "- {id: other, body: members, organisation: unodc"
    )
    with pytest.raises(BadFile) as bad:
        brought(more)
    assert [(fault.line, fault.says) for fault in bad.value.faults] == [
        (14, "the same membership holds at the same time in 'unodc' (there already)")
    ]


TWO_CHAIRS = SMALL.replace(
    "counts:\n",
    "- {id: second, body: members, kind: chair, organisation: unodc, since: 2019-05-02}\ncounts:\n",
)
TOLD = "the same office with one holder at a time holds at the same time in"


def test_two_holders_of_one_office_are_told_with_line_field_and_both_rows(tmp_path: Path) -> None:
    file = tmp_path / "g.yaml"
    file.write_text(TWO_CHAIRS)
    table, is_good = preview(file)
    assert (table.splitlines()[0], is_good) == (
        f"     17  error    offices[second].since: {TOLD} 'chair' for 'iom' (line 16)", False,
    )  # fmt: skip
    brought()
    alone = TWO_CHAIRS.replace(
        "- {id: chair, body: members, kind: chair, organisation: iom, since: '2019', until: '2019'}\n", ""
    )
    before = everything()
    file.write_text(alone)
    table, is_good = preview(file)
    assert (table.splitlines()[0], is_good) == (
        f"     16  error    offices[second].since: {TOLD} 'chair' for 'iom' (there already)", False,
    )  # fmt: skip
    with pytest.raises(BadFile):
        brought(alone)
    assert everything() == before


@pytest.mark.parametrize("since", ["", "2018", "2018-03", "2018-03-25"])
@pytest.mark.parametrize("until", ["", "2018", "2018-03", "2018-10-28", "2019", "2020-02"])
def test_the_reader_and_the_database_agree_when_an_office_has_one_holder(since: str, until: str) -> None:
    row = replace(read(SMALL.encode()).sections["offices"]["chair"], since=since, until=until)
    lower, upper = allowed(since, until, "Europe/Vienna")
    if lower and upper and lower >= upper:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "select groups_sole('chair', 'Europe/Vienna', tstzrange(%s, %s), %s, %s)",
            [lower, upper, since, until],
        )
        (reckoned,) = cursor.fetchone()
    assert sole(row, "Europe/Vienna") == (None if reckoned is None else (reckoned.lower, reckoned.upper))


def test_a_source_that_an_act_gave_stays_when_a_file_does_not_name_it() -> None:
    brought()
    seat = Membership.objects.get(record_id="unodc", standing=True)
    name = OrganisationName.objects.get(organisation__slug="unodc")
    for fact in (seat, name):
        cite(fact, "https://minutes.example/7", by="person:ann for unodc")
    told = export("g")
    assert told.count("confidence: made") == 2
    assert brought(at=AT.replace(hour=10)).rows == {"new": 0, "same": 16, "changed": 0}
    other = SMALL.replace(
        "sources: [{address: 'https://a.example/', confidence: full}]}\noffices", "}\noffices"
    )
    brought(other.replace(", }\noffices", "}\noffices"), at=AT.replace(hour=11))
    stated = Claim.objects.filter(about=f"groups.membership:{seat.pk}", standing=True)
    assert [each.source.address for each in stated] == ["https://minutes.example/7"]
    taken = told.replace("https://minutes.example/7", "https://minutes.example/8")
    brought(taken, at=AT.replace(hour=12))
    assert "https://minutes.example/8" in export("g")


WITHDRAWN = SMALL.replace("responds_to: [one]", "withdrawn: 'Another group’s.', responds_to: [one]")


def test_a_withdrawn_mandate_goes_out_and_comes_back_with_why_and_with_what_answers_it() -> None:
    brought()
    file = export("g")
    brought(WITHDRAWN, at=AT.replace(hour=10))
    told = InstrumentWithdrawal.objects.get()
    assert (told.instrument.slug, told.instrument.standing, told.why) == ("two", False, "Another group’s.")
    assert Decision.objects.get(slug="d-1").answers.get().slug == "two"
    assert "withdrawn: Another group’s." in export("g")
    assert brought(export("g"), at=AT.replace(hour=11)).rows["changed"] == 0
    with pytest.raises(BadFile) as bad:
        brought(file)
    assert [(fault.path, fault.says) for fault in bad.value.faults] == [
        ("mandates[two].withdrawn", "that it was withdrawn is on record and is not changed by an import")
    ]


def test_a_number_that_another_decision_has_is_told_with_its_line() -> None:
    brought()
    with pytest.raises(BadFile) as bad:
        brought(SMALL.replace("- {id: d-1,", "- {id: d-2,"))
    assert [(fault.line, fault.says) for fault in bad.value.faults] == [
        (27, "'D/2018/7' is the number of 'd-1' already")
    ]


def test_an_import_does_not_undo_a_succession() -> None:
    became = SMALL.replace(
        "names: [{names: {en: Organization}}]}",
        "names: [{names: {en: Organization}}], succeeded_by: {organisation: unodc}}",
    )
    brought(became)
    assert brought(became).rows["same"] == 16
    with pytest.raises(BadFile) as bad:
        brought(SMALL)
    assert [(fault.line, fault.path) for fault in bad.value.faults] == [
        (5, "organisations[iom].succeeded_by")
    ]


def test_groups_do_not_reach_into_each_other() -> None:
    brought()
    other = SMALL.replace("{id: g, acronym: G,", "{id: h, acronym: H,")
    loaded = brought(other)
    assert loaded.rows == {
        "new": 12,
        "same": 4,
        "changed": 0,
    }  # organisations, the person and what she was elsewhere are shared
    assert (Group.objects.count(), Meeting.objects.count(), Person.objects.count()) == (2, 2, 1)
    assert export("h").replace("id: h\n  acronym: H", "id: g\n  acronym: G") == export("g")


# --- preview -----------------------------------------------------------------------------------


def test_a_preview_tells_each_row_and_writes_nothing(tmp_path: Path) -> None:
    brought()
    before = everything()
    file = tmp_path / "g.yaml"
    file.write_text(
        SMALL.replace("count: 7", "count: 8").replace(
            "- {id: ann, name: Ann}", "- {id: ann, name: Ann}\n- {id: bea, name: Bea}"
        )
    )
    table, is_good = preview(file)
    assert is_good
    lines = table.splitlines()
    assert lines[0] == "      2  same     group g"
    assert lines[4] == "      8  new      persons bea"
    assert [line for line in lines if "changed " in line] == ["     19  changed  counts first"]
    assert lines[-1] == "g.yaml: 1 new, 15 same, 1 changed."
    assert everything() == before


def test_a_preview_tells_what_is_wrong_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "g.yaml"
    file.write_text(SMALL.replace("count: 7", "count: many"))
    table, is_good = preview(file)
    assert not is_good
    assert table.splitlines() == [
        "     18  error    counts[first].count: 'many' is no whole number", "",
        "g.yaml: found wrong: 1; nothing would be loaded.",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["-", "/dev/stdin"])
def test_a_file_comes_from_another_program(
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    settings: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    import io
    import sys

    from onevoice.operations.imports import command

    settings.KEYS_FOLDER = tmp_path
    monkeypatch.setattr("onevoice.operations.imports.count_anew", lambda: None)
    for words, says in (
        ([name, "--preview"], "standard input: 16 new, 0 same, 0 changed."),
        ([name], "standard input: 16 new; 6 entries for the record of g."),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SMALL.encode())))
        assert command(words) is None
        assert says in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    from onevoice.operations.environment import Stop
    from onevoice.operations.imports import command

    with pytest.raises(Stop, match=r"cannot be read \(is a directory\): nothing was loaded\."):
        command([str(tmp_path)])
