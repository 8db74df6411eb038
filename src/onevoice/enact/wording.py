"""The sentences of the door, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from onevoice.files.kinds import Use
from onevoice.languages.lists import alternatives
from onevoice.languages.sizes import size_in_words

not_for_you = _(
    "This act is for {who}. Nothing has changed. You can read the page, or act for another organisation."
)
not_signed_in = _("Sign in to act for your organisation. Nothing has changed.")
no_standing = _("You have no appointment in this group today, so you cannot act here. Nothing has changed.")
appointment_ended = _(
    "The appointment under which this form was opened has ended or is not yours. Nothing has changed, and what you "
    "typed is kept. Choose for whom you act, then send it again."
)
say_for_whom = _(
    "You act for several organisations in this group. Nothing has changed. Say for whom: give the number of the "
    "appointment in the call."
)
token_of_before = _(
    "You have signed in anew since this form was opened, or it was open for too long. Nothing has changed, and what "
    "you typed is kept: send it again."
)
number_used = _("This form was already used by somebody else. Nothing has changed. Open the form again.")
too_long = _(
    "This text has {size} characters; the limit is {limit}. The first {kept} are kept: shorten it, then send again."
)
too_much = _(
    "What was sent has {size} bytes; the limit is {limit}. Nothing has changed. The first {kept} characters of each "
    "text are kept: shorten them, then send again."
)
nul = _(
    "This text holds a character that no text can hold (NUL or half a character). Remove it, then send again."
)
not_a_text = _("Write this as text.")
missing = _("Fill in this field.")
not_a_choice = _("Choose one of the values offered.")
not_an_address = _("Write the whole address of the web site, as https://www.example.org.")
not_a_partial_date = _("Write the date as far as it is known: 2006, 2006-09 or 2006-09-14.")
not_a_date = _("Write the date as 2026-12-31.")
not_this_year = _("Write a year from 1900 to 2199.")
not_a_time = _("Write the time as 14:30.")
no_such_time = _(
    "This time does not exist in {zone} on that day: clocks are put forward. Choose another time."
)
not_a_number = _("Write a whole number.")
missing_file = _("Choose a file.")
choose_again = _("Choose the file again: it was not kept, and browsers do not choose it a second time by themselves.")
_kinds_taken = _("{kinds}; at most {limit}.")
no_second_factor = _(
    "Your organisation holds an office, so you act with a second factor. Nothing has changed. Set one up in your "
    "profile, then send this again."
)
not_a_number_once = _(
    "The one-time number of a call is a text of 1 to 64 letters, digits or signs. Nothing has changed."
)
stands_now = _("Now: “{words}”.")
empty_now = _("Now this is empty.")
moved = _(
    "Others acted on this after the number that the call names as seen. Nothing was done. Read what has changed, then "
    "send it again if it still holds."
)
incomplete = _("Nothing has been recorded yet. Each field that must be mended is named with its sentence.")
not_json = _("The call holds no readable JSON object. Nothing has changed.")


def either(names: Iterable[str | Promise]) -> str:
    """'the secretariat or a co-chair', as a list of alternatives in the reader's language."""
    return alternatives([str(name) for name in names], get_language() or "en")


too_large_for_record = _(
    "What the record would keep of this has {size} bytes; the limit is {limit}. Nothing has changed, and what you "
    "typed is kept. Shorten it, then send it again."
)


def _taken(use: Use) -> str:
    return str(_kinds_taken).format(kinds=use.named(), limit=size_in_words(use.limit, get_language() or "en"))


kinds_taken = lazy(_taken, str)
# Entries that no person's act made.
ACTS = {
    "record.change_key": _("The log's key changed"),
    "operations.import_record": _("Loaded from a record file"),
    "groups.found_group": _("Group made"),
    "decisions.close_procedure": _("The clock ended"),
    "decisions.note_outage": _("Service not reachable"),
}

# Links by mail

link_over = _("This link is over. Sign in to see what you can do now. Nothing was done.")
link_revoked = _("This link holds no more, since the appointment for which it was made has ended. Nothing was done.")
link_signs_in = _("For this act the body's rules, or the office of your organisation, ask that you sign in first.")
too_many_links = _("Links were opened too often from here. Wait a minute, and try again. Nothing was lost.")
