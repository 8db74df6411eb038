"""A newcomer comes in by a letter; an impatient hand acts once."""

import re
from typing import Any

from journeys.house import CO_CHAIR, GROUP, MEMBER, PASSWORD, TITLE, door
from journeys.readers import Reader

NEWCOMER = "newcomer@example.org"


def test_a_newcomer_follows_the_letter_to_an_account(reader: Any) -> None:
    focal_point: Reader = reader(scripts=False).is_signed_in_as(MEMBER).opens(f"/{GROUP}/desk")
    focal_point.follows("The group and its people")
    focal_point.follows("Appoint a person for my organisation")
    focal_point.chooses("As", "Contributor")
    focal_point.types("Full name", "Noura Newcomer")
    focal_point.types("E-mail address", NEWCOMER)
    focal_point.chooses("Language of the letter", "العربية")
    focal_point.presses("Appoint a person for my organisation")
    assert focal_point.reads("The person is appointed.")

    newcomer: Reader = reader("ar", width=360, scripts=False)
    newcomer.opens(path_in_letter(NEWCOMER))
    newcomer.types("Your name", "نورة")
    newcomer.types("Password", PASSWORD)
    newcomer.types("The same password again", PASSWORD)
    newcomer.presses("Make the account")
    newcomer.opens(f"/{GROUP}/desk")
    assert newcomer.page.get_by_role("banner").inner_text().count("OSCE") == 1
    assert newcomer.page.complaints == []


def path_in_letter(address: str) -> str:
    """The link in the one letter to an address, without the host that only the world outside knows."""
    from onevoice.notices.models import Letter

    found = re.search(r"http://testserver(/\S+)", Letter.objects.get(address=address).body)
    assert found, "the letter has no link"
    return found[1]


def test_a_button_pressed_twice_acts_once(reader: Any) -> None:
    from onevoice.enact.models import Performed

    before = Performed.objects.filter(act="meetings.call_for_objections").count()
    chair: Reader = reader().is_signed_in_as(CO_CHAIR).opens(f"/{GROUP}/desk")
    chair.follows(TITLE)
    chair.follows("Call for objections")
    place = chair.page.get_by_role("button", name="Call for objections").bounding_box()
    door.clear()
    try:
        for _ in range(2):
            # The first sending is under way when the second begins, and its page not yet there.
            with chair.page.expect_request("**/do/call-for-objections/**"):
                chair.page.mouse.click(place["x"] + 9, place["y"] + 9)
    finally:
        door.set()
    chair.page.wait_for_url("**/receipts/**")
    sent = [one for one in chair.page.asked if "/do/call-for-objections/" in one]
    assert len(sent) == 3  # the form was opened once and sent twice
    assert chair.reads("Keep the receipt: with it anybody can check the act without us.") or chair.reads(
        "This was done already, once"
    )
    assert Performed.objects.filter(act="meetings.call_for_objections").count() == before + 1
