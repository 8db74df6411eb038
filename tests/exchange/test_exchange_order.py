"""What an import adds stands in its order and is found by its words, as what an act adds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.mark.django_db
def test_imported_rows_are_ordered_and_found_and_stay_so_when_changed() -> None:
    from onevoice import operations
    from onevoice.decisions.models import Decision
    from onevoice.enact.perform import database_clock
    from onevoice.look.derived import derive_anew, deriving, holding
    from onevoice.meetings.models import Meeting
    from onevoice.operations.exchange.loading import load
    from onevoice.parties.reference import load_states

    file = Path(operations.__file__).parent / "demonstration" / "icat.yaml"
    load_states()

    def import_(text: str) -> Any:
        return load(text.encode(), file.name, by="importer", at=database_clock())

    import_(file.read_text())
    assert {model.__name__: derive_anew(model) for model in deriving()} == {
        "Meeting": 0,
        "Decision": 0,
        "Proposal": 0,
    }
    assert not Decision.objects.filter(title_key_zh=b"").exists()
    briefing = Meeting.objects.get(slug="2018-06-14-briefing-to-member-states")
    assert holding(Meeting.objects.all(), "vienn", "place_words").filter(pk=briefing.pk).exists()
    title = briefing.title["en"]
    import_(file.read_text().replace(title, "Zebra among briefings"))
    assert [one.pk for one in holding(Meeting.objects.all(), "zebra")] == [briefing.pk]
    assert {derive_anew(model) for model in deriving()} == {0}
