"""The sentences of notices: who is reached, who is told in another's place, what those who lead are warned of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

letter_raised = _("A notice to somebody else of your organisation did not arrive. It is for you to act now.")
owed_unreached = _("A notice has not reached every member. Write to them otherwise, or by telephone.")
see_notices = _("See who is reached")
has_acted = _("Has acted")
is_reached = _("Reached")
is_unreached = _("Not reached")
on_its_way = _("On its way")
