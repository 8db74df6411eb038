"""The words of the public pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from onevoice.look.templatetags.look import said

sealed: Final = _("Not open to the public")
LOADED: Final[Mapping[str, Promise]] = {
    "members": _("Organisations that were ever members"),
    "offices": _("Offices held"),
    "mandates": _("Resolutions, drafts and reports"),
    "events": _("Meetings and other events"),
    "decisions": _("Decisions"),
    "outputs": _("Outputs"),
}
none_found: Final = _("none found")
# What an entry is about, by the first part of its key.
SUBJECTS: Final[Mapping[str, Promise]] = {
    "groups.group": _("Group"),
    "groups.body": _("Body"),
    "groups.membership": _("Membership"),
    "groups.officeholding": _("Office"),
    "groups.appointment": _("Appointment"),
    # The same as acts read them: entered for others, or to be corrected.
    "groups.enteredmembership": _("Membership"),
    "groups.enteredappointment": _("Appointment"),
    "groups.membershiponrecord": _("Membership"),
    "groups.officeonrecord": _("Office"),
    "groups.appointmentonrecord": _("Appointment"),
    "parties.organisation": _("Organisation"),
    "mandates.instrument": _("Mandate"),
    "mandates.paragraph": _("Paragraph of a mandate"),
    "meetings.meeting": _("Event"),
    "meetings.agendaitem": _("Agenda item"),
    "decisions.proposal": _("Proposal"),
    "decisions.decision": _("Decision"),
    "outputs.output": _("Output"),
    "record.log": _("Log"),
}
_subject: Final = _("{kind}: {name}")


def subject(key: str) -> str:
    """'Decision: 2023-11-08-co-chairs-for-2024' of the key 'decisions.decision:icat/2023-…'."""
    model, name = key.split(":", 1) if ":" in key else (key, "")
    own = name.partition("/")[2] or name
    return str(_subject).format(kind=SUBJECTS[model], name=own) if model in SUBJECTS else key


def subject_shown(key: str, title: Mapping[str, Any] | None) -> SafeString:
    """The same on a page, by its title in words; without one (it may not be seen, or is gone) the kind alone."""
    kind = SUBJECTS.get(key.partition(":")[0], "")
    if not title:
        return format_html("{}", kind)
    own = format_html("<bdi>{}</bdi>", said(title, mark=False))
    return format_html(str(_subject), kind=kind, name=own) if kind else own
demonstration: Final = _("demonstration: nothing in it was said or decided by the organisations named")
