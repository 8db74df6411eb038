"""A large group as a record file, for measurements: ICAT's record with thousands of invented rows added to it.

The pages that are measured are then the same pages, in a group that is a thousand times larger.
"""

import re
from collections.abc import Iterable
from pathlib import Path

SLUG = "large"
SMALL = Path(__file__).parent / "demonstration" / "icat.yaml"


def record_file(organisations: int, meetings: int, decisions: int, person: str) -> str:
    """The file. `person`, a role of the demonstration, gets an appointment, so that the desk can be measured."""
    added: dict[str, Iterable[str]] = {
        "organisations": (
            f"- {{id: large-{n}, kind: intergovernmental, names: [{{names: {{en: Large organisation {n}}}, "
            f"acronyms: {{en: LO-{n}}}}}]}}"
            for n in range(organisations)
        ),
        "persons": [f"- {{id: {person}, name: A role, role_only: true}}"],
        "appointments": [
            f"- {{id: {person}, person: {person}, capacity: focal_point, organisation: large-0, "
            "in_group: true, since: '2020-01-01'}"
        ],
        "memberships": (
            f"- {{id: large-{n}, body: members, organisation: large-{n}, kind: member, since: '2020-01-01'}}"
            for n in range(organisations)
        ),
        "meetings": (
            f"- {{id: large-{n}, kind: meeting, title: {{en: Meeting {n}}}, when: '{_day(n)}', body: members, "
            f"zone: Europe/Vienna, place: {{en: Vienna}}}}"
            for n in range(meetings)
        ),
        "decisions": (
            f"- {{id: large-{n}, body: members, title: {{en: Decision {n}}}, adopted: '{_day(n % meetings)}', "
            f"meeting: large-{n % meetings}, how: consensus}}"
            for n in range(decisions)
        ),
    }
    text = SMALL.read_text().replace("\n  id: icat\n", f"\n  id: {SLUG}\n", 1)
    for section, rows in added.items():
        text = re.sub(rf"(?m)^{section}:\n", f"{section}:\n" + "\n".join(rows) + "\n", text, count=1)
    return text


def _day(number: int) -> str:
    """One after the other, from 2000 on, 28 days a month."""
    months, day = divmod(number % (26 * 12 * 28), 28)
    return f"{2000 + months // 12}-{months % 12 + 1:02}-{day + 1:02}"
