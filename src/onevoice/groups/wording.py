"""The sentences of groups, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

bad_colour = _("Write the colour as # and six digits or letters a to f, as #0b4f71.")
faint = _("This colour is too faint to read: its contrast is {ratio} to 1, and 4.5 to 1 is needed. Choose a stronger one.")
bad_pattern = _("Write the pattern with {number}, and {year} where numbers begin anew each year, as D/{year}/{number}.")
