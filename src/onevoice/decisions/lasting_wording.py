"""The sentences of what becomes of a decision, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .models import FollowUpState, ReviewFound

# Follow-up

FOLLOW_UP = {
    FollowUpState.NOT_STARTED: _("Not started"),
    FollowUpState.ONGOING: _("Ongoing"),
    FollowUpState.COMPLETED: _("Completed"),
    FollowUpState.DISCONTINUED: _("Discontinued"),
}
FOLLOW_UP_MARKS = {
    FollowUpState.NOT_STARTED: "waiting",
    FollowUpState.ONGOING: "running",
    FollowUpState.COMPLETED: "done",
    FollowUpState.DISCONTINUED: "stopped",
}
one_owner = _("Name an organisation or an office, one of them. What you typed is kept.")
closed_already = _("This follow-up is closed. Nothing has changed: add another where more is to be done.")
owed_follow_up = _("A follow-up of decision {number}. Say how far it is, or that it is completed.")
owed_overdue = _("Overdue: a follow-up of decision {number}. Say how far it is, or that it is completed.")
say_how_far = _("See the follow-up")
_numbered = _("follow-up {number}")
all_closed = pgettext_lazy("the follow-up of a decision", "All closed")
how_many_open = _("{open} of {all} open")
how_many_overdue = _("{open} of {all} open, {overdue} overdue")


def about(facts: Mapping[str, Any]) -> str:
    """Which follow-up an act was on, by the facts that it left; nothing of any other act."""
    return str(_numbered).format(number=facts["follow_up"]) if "follow_up" in facts else ""


# Review

FOUND = {
    ReviewFound.CONFIRMED: _("Confirmed as it is"),
    ReviewFound.TO_BE_REVISED: _("To be revised"),
}
owed_review = _("This decision is due for review. Enter what the review finds, or another date.")
see_decision = _("See the decision")

# Another in its place

superseded_already = _("Another decision has taken the place of this one already. Nothing has changed.")
not_superseded = _("No decision has taken the place of this one. Nothing has changed.")
in_a_circle = _("That decision gave way to this one. Choose another. What you typed is kept.")

STANDING = {
    "in force": _("In force"),
    "superseded": _("Superseded"),
    "awaited": _("Not in force yet"),
}
STANDING_MARKS = {"in force": "done", "superseded": "stopped", "awaited": "waiting"}

# After the outcome

announced_already = _("The outcome was announced already. Nothing has changed.")
met_already = _("That the next meeting was held is entered already. Nothing has changed.")
no_reopening = _("The body's rules do not say who may ask to take a matter up again. Nothing has changed.")
not_yours_to_reopen = _("The body's rules give it to others to take a matter up again. Nothing has changed.")
new_information_first = _(
    "The body's rules ask for new information to take a matter up again. Say what is new, and send it again."
)
letter_announced = _("The outcome of a procedure is announced.")
letter_met = _("The next meeting was held, and the outcome was before it.")
letter_reopened = _(
    "It is asked that a matter is taken up again. What was decided holds until another decision."
)
letter_follow_up = _("Your organisation has something to do after a decision.")
letter_superseded = _("Another decision has taken the place of one of the body's.")

# Calendars

calendar_ends = _("The calendar {place} ends on {day}. Clocks of working days cannot run beyond that day.")
enter_another = _("Enter another calendar")
ask_the_secretariat = _("See the rules and offices of the group")
calendar_has_ended = _(
    "The calendar {place} has no whole list of holidays for today. Clocks of working days cannot run."
)
holiday_in_use = _(
    "A clock that runs was counted by days off that this calendar does not have: {days}. Nothing was adopted: keep "
    "them until it is over."
)
