"""The words that every page shares."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SECTIONS: Final[dict[str, Promise]] = {
    "desk": _("Desk"),
    "home": _("Home"),
    "members": _("Members"),
    "events": _("Events"),
    "decisions": _("Decisions"),
    "outputs": _("Outputs"),
    "mandates": _("Mandates"),
    "about": _("About"),
    "search": _("Search"),
}
CAPACITIES: Final[dict[str, Promise]] = {
    "principal": _("principal"),
    "focal_point": _("focal point"),
    "alternate": _("alternate focal point"),
    "contributor": _("contributor"),
    "delegate": _("delegate"),
    "official": _("official"),
}
IN_LANGUAGE: Final[dict[str, Promise]] = {
    "en": _("in English"),
    "fr": _("in French"),
    "es": _("in Spanish"),
    "ar": _("in Arabic"),
    "ru": _("in Russian"),
    "zh": _("in Chinese"),
}
BASES: Final[dict[str, Promise]] = {
    "label": _("name from a label list"),
    "cldr": _("name from Unicode’s list"),
    "draft": _("draft translation"),
}
# What a field lacks, in place of Django's words.
FIELDS: Final[dict[str, Promise]] = {
    "required": _("Fill in this field."),
    "invalid_choice": _("Choose one of the values offered."),
    "invalid_list": _("Choose from the values offered."),
}
demonstration: Final = _("Demonstration.")
demonstration_means: Final = _(
    "Nothing here was said or decided by the organisations named. Persons, positions and texts are invented "
    "to show how it works."
)
moved_on: Final = _(
    "The clock of this demonstration was moved on: it shows {shown}, while it is {outside} outside."
)
notice: Final = _("Notice")
sign_in: Final = _("Sign in")
sign_out: Final = _("Sign out")
accessibility: Final = _("Accessibility")
privacy: Final = _("Privacy")
record: Final = _("Verify the record")
any_value: Final = _("All")
empty_list: Final = _("There is nothing here yet.")
yes: Final = _("yes")
no: Final = _("no")
unknown_value: Final = _("“{value}” is not one of the values of “{label}”, so it was left out of this view.")
unclean: Final = _(
    "This text holds a character that no text can hold (NUL or half a character). Remove it, then send again."
)
unknown_order: Final = _("This list cannot be sorted by “{value}”, so it stands in its usual order.")
unknown_page: Final = _("This list has no page “{value}”, so another page of it is shown.")
unknown_format: Final = _("This list gives no file of the kind “{value}”. It gives CSV and XLSX: see its links.")
not_a_day: Final = _("Write the date as 2026-12-31.")

# For each status of an answer: what happened, then what to do next.
ERRORS: Final[dict[int, tuple[Promise, Promise]]] = {
    400: (
        _("This request could not be read"),
        _("Nothing has changed. Go back, load the page again and send it once more."),
    ),
    403: (
        _("This page is not open to you"),
        _("Sign in, or act for the organisation that may open it. Nothing has changed."),
    ),
    404: (
        _("There is no page at this address"),
        _("The address may be mistyped, or the page may not be open to you. Begin from the home page."),
    ),
    405: (
        _("This address only shows a page"),
        _("Nothing has changed. Open the page and use the form that is on it."),
    ),
    413: (
        _("What was sent is too large"),
        _("Nothing has changed. Go back: what you typed is still there. Send less at a time."),
    ),
    429: (
        _("Too many tries"),
        _("For safety this is closed for a few minutes. Then try again. Nothing has changed."),
    ),
    500: (
        _("Something went wrong on our side"),
        _("What you sent may not have been recorded: look at your desk, then send it again."),
    ),
    503: (
        _("OneVoice is away for a moment"),
        _("The database does not answer. Nothing was lost. Load this page again in a few seconds."),
    ),
}
# For 405 where a page was asked for and something is only sent.
no_page: Final = (
    _("This address shows no page"),
    _("It only takes what a button sends, so nothing has changed. Begin from the home page."),
)
# The same for a program that calls: no page, so nothing to go back to.
CALLS: Final[dict[int, Promise]] = {
    400: _("This call could not be read. Nothing has changed. Mend it, then send it again."),
    403: _("This call is not open to you. Nothing has changed. Sign in, or act for the organisation that may."),
    404: _("There is nothing at this address, or nothing that you may see. Nothing has changed."),
    405: _("This address does not take this method. Nothing has changed. The header Allow says which it takes."),
    413: _("This call holds more than can be read at once. Nothing has changed. Send less at a time."),
    415: _(
        "A call is sent as JSON (application/json) or, with files, as a form (multipart/form-data). Nothing has "
        "changed."
    ),
    503: _("The database does not answer. Nothing was lost. Send the call again in a few seconds."),
}
too_much: Final = _("What was sent has {size} bytes; the limit is {limit}. Nothing has changed. Send less at a time.")
call_without_token: Final = _(
    "The call does not carry the token of your session. Nothing has changed. Send it in the header X-CSRFToken."
)
stale_form: Final = (
    _("This form could not be accepted"),
    _(
        "It was open for too long, or your browser keeps no cookies. Nothing has changed. "
        "Go back, load the page again and send it once more."
    ),
)
