"""A record file is read strictly: all that is wrong is told, each with its line and its field, and nothing else happens."""
# ruff: noqa: E501 - files and answers stand on one line each

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from onevoice.operations.exchange import reading
from onevoice.operations.exchange.reading import BadFile, read

HEAD = "format: onevoice-record/1\ngroup: {id: g, acronym: G, names: {en: The group}, zone: Europe/Vienna}\n"
BODY = "bodies:\n- {id: b, names: {en: All}}\n"
IOM = "- {id: iom, kind: un, names: [{names: {en: IOM}}]}\n"
UNODC = "organisations:\n- {id: unodc, kind: un, names: [{names: {en: UNODC}}]}\n"


def faults(text: str | bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(BadFile) as bad:
        read(text if isinstance(text, bytes) else text.encode())
    return [(each.line, each.path, each.says) for each in bad.value.faults]


def test_a_small_file_is_read() -> None:
    record = read((HEAD + UNODC + BODY + "gaps:\n- {en: The rest}\n").encode())
    assert (record.group.id, list(record.sections["organisations"]), record.gaps) == (
        "g",
        ["unodc"],
        ({"en": "The rest"},),
    )


@pytest.mark.parametrize(
    ("text", "line", "path", "says"),
    [
        ("organisation: []\n", 3, "organisation", "there is no such section"),
        ("persons:\n- {id: a, name: A, age: 3}\n", 4, "persons[a].age", "there is no field 'age' here"),
        ("persons:\n- {id: a}\n", 4, "persons[a].name", "this field is missing"),
        ("persons:\n- {id: a, name: yes}\n", 4, "persons[a].name", "yes is not text; to mean the text, put it in quotes"),
        ("persons:\n- {id: a, name: null}\n", 4, "persons[a].name", "null is not text; to mean the text, put it in quotes"),
        ("persons:\n- {id: a, name: 12}\n", 4, "persons[a].name", "12 is not text; to mean the text, put it in quotes"),
        ("persons:\n- {id: a, name: [A]}\n", 4, "persons[a].name", "text is expected here, not a list or a set of fields"),
        ("persons:\n- {id: a, name: ''}\n", 4, "persons[a].name", "the text is empty; leave the field out instead"),
        ('persons:\n- {id: a, name: "a\\0b"}\n', 4, "persons[a].name", "the text holds the character U+0000, which cannot be kept"),
        ('persons:\n- {id: a, name: "a\\x1bb"}\n', 4, "persons[a].name", "the text holds the character U+001B, which cannot be kept"),
        (f"persons:\n- {{id: a, name: {'x' * 201}}}\n", 4, "persons[a].name", "the text has 201 characters; at most 200 are kept here"),
        ("persons:\n- {id: a, name: A, role_only: 1}\n", 4, "persons[a].role_only", "'1' is neither true nor false"),
        ("persons:\n- {id: Änne, name: A}\n", 4, "persons[Änne].id", "'Änne' is no id: small letters a to z, digits, and single hyphens between them"),
        ("persons:\n- {id: a, name: A}\n- {id: a, name: B}\n", 5, "persons[1].id", "'a' stands in line 4 already"),
        ("persons: {id: a}\n", 3, "persons", "a list is expected here"),
        ("persons:\n- a\n", 4, "persons[0]", "a set of fields is expected here"),
        ("counts:\n- {id: a, when: 2018-13, count: 1, counted: {en: members}}\n", 4, "counts[a].when", "'2018-13' is no date: write 2006, 2006-09 or 2006-09-14"),
        ("counts:\n- {id: a, when: 2018-02-30, count: 1, counted: {en: members}}\n", 4, "counts[a].when", "'2018-02-30' is no date: write 2006, 2006-09 or 2006-09-14"),
        ("counts:\n- {id: a, when: '2018', count: -1, counted: {en: members}}\n", 4, "counts[a].count", "'-1' is no whole number"),
        ("counts:\n- {id: a, when: '2018', count: 3000000000, counted: {en: members}}\n", 4, "counts[a].count", "3000000000 is over 2000000000"),
        ("counts:\n- {id: a, when: '2018', count: 1, counted: {de: Mitglieder}}\n", 4, "counts[a].counted.de", "'de' is none of the languages en, fr, es, ar, ru, zh"),
        ("counts:\n- {id: a, when: '2018', count: 1, counted: {en: {text: x, basis: guess}}}\n", 4, "counts[a].counted.en", "'guess' is none of: label, cldr, draft"),
        ("counts:\n- {id: a, when: '2018', count: 1, counted: {en: x}, sources: [{address: 'javascript:x', confidence: full}]}\n", 4, "counts[a].sources[0].address", "'javascript:x' is no web address: it begins with https:// or http://, without spaces"),
        ("counts:\n- {id: a, when: '2018', count: 1, counted: {en: x}, sources: [{address: 'https://x', confidence: seen}]}\n", 4, "counts[a].sources[0].confidence", "'seen' is none of: full, opening, secondary, symbol, unstated, made"),
        (UNODC + "persons:\n- {id: a, name: A}\nappointments:\n- {id: x, person: b, organisation: unodc, capacity: official}\n", 8, "appointments[x].person", "'b' is no id of persons"),
        (UNODC + BODY + "memberships:\n- {id: m, body: b, organisation: unodc, kind: guest}\n", 8, "memberships[m].kind", "'guest' is none of: member, observer, partner"),
        (UNODC + BODY + "offices:\n- {id: o, body: b, kind: chair, organisation: unodc, since: '2018-02-01', chosen: '2018-03'}\n", 8, "offices[o].chosen", "it begins in 2018-02-01, before it was chosen in 2018-03"),
        (UNODC + BODY + "memberships:\n- {id: m, body: b, organisation: unodc, kind: member, since: '2018', until: '2017'}\n", 8, "memberships[m].until", "it ends in 2017, before it begins in 2018"),
        (UNODC + BODY + "memberships:\n- {id: m, body: b, organisation: unodc, kind: member, since: '2018', basis: attested}\n", 8, "memberships[m].basis", "an attested fact says at which time, in since and until"),
        (UNODC + BODY + "memberships:\n- {id: m, body: b, organisation: unodc, kind: member, since: '2018', until: '2020'}\n- {id: n, body: b, organisation: unodc, kind: observer, since: '2016', until: '2018'}\n", 9, "memberships[n].until", "the same membership holds at the same time in 'm' (line 8)"),
        (UNODC + IOM + BODY + "offices:\n- {id: o, body: b, kind: chair, organisation: unodc, since: '2017', until: '2020'}\n- {id: p, body: b, kind: chair, organisation: iom, since: 2018-05-02, until: 2019-02}\n", 10, "offices[p].since", "the same office with one holder at a time holds at the same time in 'o' for 'unodc' (line 9)"),
        (UNODC + BODY + "memberships:\n- {id: m, body: b, organisation: unodc, kind: member, since: '2018'}\n- {id: n, body: b, organisation: unodc, kind: observer, since: 2018-05, until: '2019'}\n", 9, "memberships[n].since", "the same membership holds at the same time in 'm' (line 8)"),
        ("persons:\n- {id: a, name: A}\nappointments:\n- {id: x, person: a, state: atlantis, capacity: delegate}\n", 6, "appointments[x].state", "'atlantis' is no id of states"),
        ("persons:\n- {id: a, name: A}\nappointments:\n- {id: x, person: a, capacity: delegate}\n", 6, "appointments[x].organisation", "an appointment is for an organisation or for a State, one of them"),
        ("bodies:\n- {id: a, names: {en: A}, parent: b}\n- {id: b, names: {en: B}, parent: a}\n", 4, "bodies[a].parent", "it leads back to itself"),
        ("bodies:\n- {id: a, names: {en: A}, quorum: 3/2}\n", 4, "bodies[a].quorum", "a quorum is at most the whole"),
        (BODY + "decisions:\n- {id: x, body: b, title: {en: X}, adopted: '2018', number: D/1}\n- {id: y, body: b, title: {en: Y}, adopted: '2018', number: D/1}\n", 7, "decisions[y].number", "'D/1' is the number of 'x' already"),
        ("claims:\n- {about: group, point: size, claims: [{says: {en: x}, address: 'https://x', confidence: full}]}\n", 4, "claims[0].claims", "one claim is preferred, not 0"),
        ("claims:\n- {about: meetings/x, point: size, claims: [{says: {en: x}, address: 'https://x', confidence: full, preferred: true}]}\n", 4, "claims[meetings/x size].about", "'meetings/x' is not in the file"),
        ("meetings:\n- {id: m, kind: meeting, title: {en: M}, when: 2018-05-02, participations: [{part: chair}]}\n", 4, "meetings[m].participations[0]", "one of organisation, state and other took part"),
        ("meetings:\n- {id: m, kind: meeting, title: {en: M}, when: 2018-05-02, starts: 2018-05-02T10:00}\n", 4, "meetings[m].starts", "'2018-05-02T10:00' is no time with an offset, as 2018-06-14T10:00:00Z"),
        ("gaps: [x]\n", 3, "gaps[0]", "a text in languages is expected here, as {en: …}"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, path: str, says: str) -> None:
    assert (line, path, says) in faults(HEAD + text)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("persons: &p\n- {id: a, name: A}\n", 3, "anchors and aliases (& and *) are not read: write the value out"),
        ("persons:\n- {id: a, name: *p}\n", 4, "anchors and aliases (& and *) are not read: write the value out"),
        ("persons:\n- !!python/object/apply:os.system [ls]\n", 4, "the tag tag:yaml.org,2002:python/object/apply:os.system is not read: write plain values"),
        ("persons:\n- {id: a, id: b, name: A}\n", 4, "the field 'id' stands here twice"),
        ("persons: []\npersons: []\n", 4, "the field 'persons' stands here twice"),
        ("persons:\n- {id: a, name: A\n", 5, "this is not YAML: did not find expected ',' or '}'"),
        ("---\nformat: x\n", 3, "the file holds a second document; one file is one group"),
        ("persons: " + "[" * 40 + "]" * 40 + "\n", 3, "fields stand in fields more than 16 deep"),
    ],
)  # fmt: skip
def test_yaml_that_is_more_than_values_is_refused(text: str, line: int, says: str) -> None:
    assert (line, "", says) in faults(HEAD + text)


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    bomb = "a: &a [x]\n" + "".join(
        f"b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'}, {'*a, ' * 9}x]\n" for n in range(9)
    )
    started = time.monotonic()
    assert faults(bomb)[-1][2] == "anchors and aliases (& and *) are not read: write the value out"
    assert time.monotonic() - started < 1


def test_nesting_without_end_is_refused() -> None:
    assert faults(HEAD + "gaps: " + "[" * 100_000)[0][2].startswith(
        ("fields stand in fields", "this is not YAML")
    )


def test_another_format_is_refused() -> None:
    assert faults(HEAD.replace("record/1", "record/2")) == [
        (1, "format", "this version reads onevoice-record/1")
    ]
    assert (1, "group", "the first field is format: onevoice-record/1") in faults(HEAD.split("\n", 1)[1])
    assert faults("") == [(1, "", "a group's record is expected here")]


def test_bytes_that_are_no_text_are_refused() -> None:
    assert faults(HEAD.encode() + b"persons:\n- {id: a, name: \xff}\n") == [
        (4, "", "the file is not in UTF-8 here")
    ]


def test_a_file_over_the_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 10)
    assert faults(HEAD) == [(1, "", f"the file has {len(HEAD)} bytes; at most 10 are read")]


def test_at_most_a_hundred_faults_are_told() -> None:
    assert len(faults(HEAD + "persons:\n" + "".join(f"- {{id: a{n}}}\n" for n in range(500)))) == 100


def test_a_speaker_speaks_for_whom_the_appointment_names() -> None:
    text = UNODC + (
        "persons:\n- {id: a, name: A}\nappointments:\n- {id: x, person: a, organisation: unodc, capacity: official}\n"
        "meetings:\n- {id: m, kind: briefing, title: {en: M}, when: '2018', participations: [{part: chair, state: belarus, appointment: x}]}\n"
    )
    assert faults(HEAD + text) == [
        (10, "meetings[m].participations[0].appointment", "the appointment 'x' is for unodc")
    ]


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert [
        line
        for line, _, _ in faults(
            HEAD + "persons:\n- {id: a}\n- {id: b, name: no}\n- {id: c, name: C, x: 1}\n"
        )
    ] == [4, 5, 6]


@given(
    some.binary(max_size=300)
    | some.text(max_size=300).map(lambda text: (HEAD + text).encode("utf-8", "surrogatepass"))
)
@settings(max_examples=300, deadline=None)
def test_whatever_comes_is_a_record_or_a_list_of_faults(data: bytes) -> None:
    try:
        read(data)
    except BadFile as bad:
        assert bad.faults
