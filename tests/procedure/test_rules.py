"""Rules as files: all 38 parameters, thirteen bodies as their sources have them, and faults with their lines."""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction
from importlib.resources import files

import pytest

from onevoice.procedure import contradictions
from onevoice.procedure.clock import Length, Unit
from onevoice.procedure.loading import NoBody, known, read, shipped
from onevoice.procedure.rules import NONE, SECTIONS, UNSET, Ballot, Rules, Status, parameters
from onevoice.procedure.toml import Faulty

PROPOSALS = ("icat-principals", "icat-working-group")


def text(name: str = "icat-principals") -> str:
    return (files("onevoice.procedure") / "bodies" / f"{name}.toml").read_text(encoding="utf-8")


def test_every_parameter_is_expressed() -> None:
    assert [number for number, where in parameters().items() if not where] == []
    assert len(parameters()) == 38


def test_what_was_found_is_marked_so_and_what_is_proposed_is_no_bodys_rule() -> None:
    assert {name for name in known() if shipped(name).status is Status.PROPOSAL} == set(PROPOSALS)
    for name in PROPOSALS:
        assert contradictions.lacking(shipped(name)) == ()
        assert not unset(shipped(name)), name
    for name in set(known()) - set(PROPOSALS):
        assert shipped(name).sources and unset(shipped(name)), name


def unset(rules: Rules) -> list[str]:
    parts = [(name, getattr(rules, name)) for name in SECTIONS if getattr(rules, name) is not NONE]
    return [
        f"{name}.{one.name}"
        for name, part in parts
        for one in fields(part)
        if getattr(part, one.name) is UNSET
    ]


# domain record, section 3.3: mode, basis, what blocks, its effect, what silence means, what passes over an objection
ROWS = {
    "unga": ("silence", "all", 1, "fails", "consent", "NONE"),
    "osce-silence": ("silence", "all", 1, "fails", "consent", "UNSET"),
    "osce-meeting": (
        "consensus in meeting", "all", 1, "fails", "consent", ("consensus minus one", "consensus minus two"),
    ),
    "nato": ("silence", "all", 1, "fails", "consent", "UNSET"),
    "eu-12-2": ("silence", "all", 1, "fails", "consent", "UNSET"),
    "wto": ("consensus in meeting", "present", 1, "goes to a vote", "consent", ("vote",)),
    "unfccc": ("chair judges", "UNSET", "judged", "must be addressed", "consent", "UNSET"),
    "cites-post": ("silence", "all", 1, "goes to a vote", "consent", ("vote",)),
    "imo-tacit": ("tacit acceptance", "all", Fraction(1, 3), "fails", "consent", "NONE"),
    "opcw": ("consensus in meeting", "all", 1, "defers, then a vote", "UNSET", ("vote",)),
    "iso-ballot": ("ballot", "all", "NONE", "fails", "neither", "NONE"),
    "ietf": ("chair judges", "active", "judged", "must be addressed", "neither", ("chair records dissent",)),
    "w3c": (
        "chair judges", "active", "sustained", "goes to the next level", "abstention",
        ("chair records dissent", "council"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_body_decides_as_its_sources_say(name: str) -> None:
    rules = shipped(name)
    shown = (rules.mode, rules.voice.basis, rules.blocking.threshold, rules.blocking.effect,
             rules.outcome.silence_means, rules.outcome.override)  # fmt: skip
    assert tuple(repr(one) if one in (UNSET, NONE) else one for one in shown) == ROWS[name]


def test_the_shipped_rules_are_those_of_the_thirteen_bodies_and_the_proposals() -> None:
    assert set(known()) == set(ROWS) | set(PROPOSALS)
    with pytest.raises(NoBody):
        shipped("atlantis")


def test_lengths_and_shares_are_what_the_sources_say() -> None:
    assert shipped("unga").clock.minimum == Length(72, Unit.HOURS)
    assert shipped("w3c").clock.minimum == Length(28, Unit.DAYS)
    assert shipped("opcw").blocking.deferred_by == Length(24, Unit.HOURS)
    iso = shipped("iso-ballot").ballot
    assert isinstance(iso, Ballot) and (iso.for_at_least, iso.against_at_most) == (
        Fraction(2, 3),
        Fraction(1, 4),
    )


def test_a_rule_without_a_value_that_it_needs_says_which() -> None:
    assert contradictions.lacking(shipped("eu-12-2")) == (("objection", "amendment_counts"),)
    assert ("ballot", "for_at_least") in contradictions.lacking(shipped("cites-post"))


def test_a_threshold_over_the_roster_is_told() -> None:
    rules = shipped("icat-principals")
    hard = replace(rules, blocking=replace(rules.blocking, threshold=31))
    assert [key for key, _ in contradictions.over(hard, 30)] == [("blocking", "threshold")]
    assert list(contradictions.over(rules, 30)) == []
    thirty_one = text().replace("threshold = 1", "threshold = 31")
    assert read(thirty_one, "own.toml", members=31).blocking.threshold == 31
    line = thirty_one.splitlines().index("threshold = 31") + 1
    with pytest.raises(
        Faulty, match=rf"own\.toml, line {line}: blocking.threshold asks for 31 where there are 30 members\."
    ):
        read(thirty_one, "own.toml", members=30)


@pytest.mark.parametrize(
    ("changed", "to", "says"),
    [
        ('mode = "silence"', 'mode = "shouting"', 'mode is "consensus in meeting" or "silence"'),
        ('mode = "silence"', 'mode = "ballot"', "The body decides by ballot: add [ballot]"),
        ("rounds = 2\n", "", 'revision.rounds is missing: give it, or say "unset" or "none"'),
        ("rounds = 2", "rounds = 2.5", 'revision.rounds is a whole number or "unset" or "none", not 2.5'),
        ("rounds = 2", "rounds = true", "revision.rounds is a whole number"),
        ("rounds = 2", "rounds = 2\nsquares = 3", "'squares' is not known here"),
        ("[revision]", "[revisions]", "'revisions' is not known here"),
        ('then = "meeting"', 'then = "none"', "There is no way to end after 2 new texts"),
        ("length = { hours = 24 }", "length = { days = 40 }", "revision.length (40 days) is longer"),
        ("each = { working_days = 2 }", "each = { working_days = 9 }", "extension.each (9 working days) is longer"),
        ("times = 1", 'times = "none"', "A length of extensions is given, and none may be made"),
        ("threshold = 1", "threshold = 0", "Less than one objection cannot block"),
        ("threshold = 1", 'threshold = "4/3"', "blocking.threshold is a whole number or a share"),
        ("threshold = 1", 'threshold = "1/3"', "A share blocks: say of what it is taken"),
        ('effect = "reopens named paragraphs"', 'effect = "goes to a vote"', "and there is no ballot"),
        ('effect = "reopens named paragraphs"', 'effect = "goes to the next level"', "and there is none: name it"),
        ('deciders = ["member"]', "deciders = []", "Nobody decides"),
        ('deciders = ["member"]', 'deciders = ["member", "member"]', "voice.deciders is a list of"),
        ('commenters = ["observer", "partner"]', 'commenters = ["member"]', "member decides and only comments"),
        ('levels = ["principal", "focal point"]', "levels = []", "Nobody may act for a member"),
        ("closing = 17:00:00", 'closing = "noon"', "clock.closing is a time of day such as 17:00:00"),
        ("kinds = [\"joint statement\"]", "kinds = []", "Nothing may be decided: name the kinds"),
        ('valid_from = "none"\nvalid_until = "none"', "valid_from = 2027-01-01\nvalid_until = 2026-12-31",
         "The rule holds until 2026-12-31 and only from 2027-01-01."),
        ('by = ["chair"]', "by = []", "Nobody may start a procedure"),
        ('quorum = "none"', "quorum = 0", "voice.quorum is 0, which counts nothing."),
        ("at_request_of = 1", "at_request_of = 0", "extension.at_request_of is 0, which counts nothing."),
        ("rounds = 2", "rounds = -1", "revision.rounds is -1, which counts nothing."),
        ('then = "meeting"', 'then = "next level"', "After 2 new texts it goes to the next level, and there is none"),
        ('correction = "with notice"', 'correction = "yes"', 'revision.correction is "with notice" or "restart"'),
        ("outage_over = { hours = 1 }", 'outage_over = "none"', "all three of outage_over, outage_in_last and "
         "outage_adds: "
         "give outage_over, or none of them."),
        ("outage_adds = { hours = 24 }", 'outage_adds = "unset"', "give outage_adds, or none of them."),
        ("outage_over = { hours = 1 }", "outage_over = { hours = 25 }",
         "An outage of more than 25 hours cannot lie in the "
         "last 24 hours."),
        ("outage_over = { hours = 1 }", "outage_over = { days = 1 }",
         "An outage of more than 1 day cannot lie in the last"),
        ("each = { working_days = 2 }", "each = { hours = 200 }",
         "extension.each (200 hours) is longer than the total limit "
         "(7 working days)."),
        ("minimum = { working_days = 5 }", "minimum = { weeks = 2 }",
         "clock.minimum (14 days) is longer than the total limit"),
        ("[sources]", "[sources]\nC1 = 1", "'sources' is a table of short names"),
        ('ballot = "none"', 'ballot = "unset"', "The section [ballot] is missing"),
    ],
)  # fmt: skip
def test_a_fault_in_rules_names_file_line_and_what_contradicts(changed: str, to: str, says: str) -> None:
    before = text()
    assert changed in before
    with pytest.raises(Faulty) as refused:
        read(before.replace(changed, to, 1), "own.toml")
    assert says in refused.value.says, refused.value
    line = before.replace(changed, to, 1).splitlines()[refused.value.line - 1]
    assert refused.value.file == "own.toml" and (refused.value.line == 1 or line.strip()), line


def test_an_objection_that_nothing_ends_is_refused() -> None:
    stuck = text().replace('restart = "short"', 'restart = "none"')
    stuck = stuck.replace('withdrawn_until = "expiry"', 'withdrawn_until = "none"')
    with pytest.raises(
        Faulty, match=r"own\.toml, line \d+: There is no way to end: an objection holds the text up"
    ):
        read(stuck, "own.toml")
