"""A record file as large as groups get, always the same: 1,000 organisations, 10,000 meetings, 100,000 decisions."""

from __future__ import annotations

from collections.abc import Iterator

KINDS = ("un", "intergovernmental", "regional", "partner")
WORDS = (
    "coordination",
    "prevention",
    "protection",
    "prosecution",
    "partnership",
    "data",
    "procurement",
    "children",
)


def large(
    organisations: int = 1000, meetings: int = 10_000, decisions: int = 100_000, group: str = "large"
) -> bytes:
    """The file; 24 MB as it stands by default."""
    return "\n".join(_lines(organisations, meetings, decisions, group)).encode()


def _lines(organisations: int, meetings: int, decisions: int, group: str) -> Iterator[str]:
    yield "format: onevoice-record/1"
    yield f"group: {{id: {group}, acronym: Large, names: {{en: A large group}}, zone: Europe/Vienna, languages: [en]}}"
    yield "organisations:"
    for n in range(organisations):
        yield (
            f"- {{id: {group}-o{n}, kind: {KINDS[n % 4]}, invented: true, "
            f"names: [{{names: {{en: Organisation {n}, fr: {{text: Organisation {n}, basis: draft}}}}, "
            f"acronyms: {{en: O{n}}}}}]}}"
        )
    yield "bodies:"
    yield "- {id: members, names: {en: All members}, decision_pattern: 'D/{year}/{number}'}"
    yield "memberships:"
    for n in range(organisations):
        yield f"- {{id: o{n}, body: members, organisation: {group}-o{n}, kind: member, since: '{1990 + n % 30}'}}"
    yield "mandates:"
    for n in range(20):
        yield f"- {{id: resolution-{n}, symbol: A/RES/{50 + n}/1, organ: {{en: General Assembly}}, order: {n}}}"
    yield "meetings:"
    for n in range(meetings):
        day, word = _day(n), WORDS[n % 8]
        yield (
            f"- {{id: {day}-meeting-{n}, kind: meeting, body: members, "
            f"title: {{en: Meeting {n} on {word}}}, when: '{day}', "
            f"place: {{en: Vienna}}, participations: [{{part: chair, organisation: {group}-o{n % organisations}}}, "
            f"{{part: present, organisation: {group}-o{(n + 7) % organisations}}}], "
            f"sources: [{{address: 'https://example.org/meetings/{n}', confidence: full}}]}}"
        )
    yield "decisions:"
    for n in range(decisions):
        at = n % meetings
        day, word = _day(at), WORDS[n % 8]
        yield (
            f"- {{id: d-{n}, body: members, number: D/{day[:4]}/{n}, "
            f"title: {{en: Decision {n} on {word}}}, adopted: '{day}', "
            f"meeting: {day}-meeting-{at}, how: consensus, answers: [resolution-{n % 20}], "
            f"sources: [{{address: 'https://example.org/meetings/{at}', confidence: full}}]}}"
        )


def _day(n: int) -> str:
    return f"{1990 + n % 30}-{1 + n // 30 % 12:02}-{1 + n // 360 % 28:02}"


if __name__ == "__main__":
    import sys

    sys.stdout.buffer.write(large())
